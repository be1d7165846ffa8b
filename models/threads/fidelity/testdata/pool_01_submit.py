"""A pool does what is submitted: names of its threads, results, errors, and what cannot be cancelled any more."""
import threading
from concurrent import futures


def attempt(what, call, *args, **kwargs):
    try:
        print(what, call(*args, **kwargs))
    except Exception as exc:
        print(what, type(exc).__name__ + (": " + str(exc) if str(exc) else ""))


def me():
    return threading.current_thread().name


def fail():
    raise ValueError("boom")


attempt("no workers:", lambda: futures.ThreadPoolExecutor(-1))
with futures.ThreadPoolExecutor(1) as pool:
    attempt("name:", pool.submit(me).result)
with futures.ThreadPoolExecutor(1, thread_name_prefix="mine") as pool:
    attempt("name:", pool.submit(me).result)
    f = pool.submit(fail)
    attempt("result:", f.result)
    attempt("exception:", f.exception)
    gate, begun = threading.Event(), threading.Event()
    running = pool.submit(lambda: (begun.set(), gate.wait(5))[1])
    pending = pool.submit(me)
    begun.wait()
    attempt("cancel the running one:", running.cancel)
    attempt("result, 1 ms:", running.result, 0.001)
    attempt("cancel the pending one:", pending.cancel)
    attempt("cancel it again:", pending.cancel)
    attempt("its result:", pending.result)
    gate.set()
    attempt("result:", running.result)
    attempt("name:", pool.submit(me).result)
    print("state:", pending._state)
with futures.ThreadPoolExecutor(1) as pool:
    attempt("name:", pool.submit(me).result)
print("threads:", threading.active_count())
