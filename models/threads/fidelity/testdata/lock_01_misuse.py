"""A Lock released while free, timeouts of zero, little and less than nothing, and a flag that says not to wait."""
import threading


def attempt(what, call, *args, **kwargs):
    try:
        print(what, call(*args, **kwargs))
    except Exception as exc:
        print(what, type(exc).__name__ + (": " + str(exc) if str(exc) else ""))


lock = threading.Lock()
attempt("release a free lock:", lock.release)
attempt("acquire:", lock.acquire)
attempt("locked:", lock.locked)
attempt("try again:", lock.acquire, False)
attempt("timeout 0:", lock.acquire, timeout=0)
attempt("timeout 1 ms:", lock.acquire, timeout=0.001)
attempt("timeout -2:", lock.acquire, timeout=-2)
attempt("release:", lock.release)
attempt("release twice:", lock.release)
attempt("free, timeout 0:", lock.acquire, timeout=0)
attempt("free, timeout 1 s:", (lock.release(), lock.acquire)[1], timeout=1)
