"""join waits until every item is reported done, and one report more is refused."""
import queue
import threading


def attempt(what, call, *args, **kwargs):
    try:
        print(what, call(*args, **kwargs))
    except Exception as exc:
        print(what, type(exc).__name__ + (": " + str(exc) if str(exc) else ""))


q, done = queue.Queue(), []


def worker():
    while True:
        item = q.get()
        if item is None:
            return q.task_done()
        done.append(item)
        q.task_done()


attempt("task_done of nothing:", q.task_done)
attempt("join of nothing:", q.join)
for n in range(5):
    q.put(n)
thread = threading.Thread(target=worker)
thread.start()
attempt("join:", q.join)
print("done:", *done)
q.put(None)
thread.join()
attempt("join:", q.join)
attempt("task_done once more:", q.task_done)
