"""Each thread has its own of a local, and nothing at first."""
import threading


def attempt(what, call, *args, **kwargs):
    try:
        print(what, call(*args, **kwargs))
    except Exception as exc:
        print(what, type(exc).__name__ + (": " + str(exc) if str(exc) else ""))


local = threading.local()


def other():
    attempt("in a thread:", lambda: hasattr(local, "x"))
    local.x = "the thread s"
    attempt("in a thread:", getattr, local, "x")


local.x = "main s"
t = threading.Thread(target=other)
t.start()
t.join()
attempt("in main:", getattr, local, "x")
del local.x
attempt("in main:", lambda: hasattr(local, "x"))
