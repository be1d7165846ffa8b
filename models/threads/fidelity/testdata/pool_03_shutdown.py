"""After shutdown nothing is accepted; what was accepted is done, unless it is cancelled."""
import threading
from concurrent import futures


def attempt(what, call, *args, **kwargs):
    try:
        print(what, call(*args, **kwargs))
    except Exception as exc:
        print(what, type(exc).__name__ + (": " + str(exc) if str(exc) else ""))


def counted(n):
    gate.wait(5)
    done.append(n)
    return n


for cancel in (False, True):
    gate, begun, done = threading.Event(), threading.Event(), []
    pool = futures.ThreadPoolExecutor(1)
    first = pool.submit(lambda: (begun.set(), counted(0))[1])
    rest = [pool.submit(counted, n) for n in (1, 2)]
    begun.wait()
    attempt("shutdown:", pool.shutdown, wait=False, cancel_futures=cancel)
    attempt("submit:", pool.submit, counted, 3)
    print("cancelled:", *(f.cancelled() for f in [first] + rest))
    gate.set()
    attempt("shutdown:", pool.shutdown)
    print("done:", *done)
    attempt("shutdown again:", pool.shutdown)
    attempt("submit:", pool.submit, counted, 3)

pool = futures.ThreadPoolExecutor(1)
attempt("a worker waits for itself:", pool.submit(pool.shutdown).result)
pool = futures.ThreadPoolExecutor(1)
attempt("an empty pool:", pool.shutdown)
