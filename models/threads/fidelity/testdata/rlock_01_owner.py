"""An RLock counts for its owner and refuses everybody else."""
import threading


def attempt(what, call, *args, **kwargs):
    try:
        print(what, call(*args, **kwargs))
    except Exception as exc:
        print(what, type(exc).__name__ + (": " + str(exc) if str(exc) else ""))


rlock = threading.RLock()


def other(turn):
    attempt(turn + ", another thread tries:", rlock.acquire, False)
    attempt(turn + ", it waits 1 ms:", rlock.acquire, timeout=0.001)
    attempt(turn + ", it releases:", rlock.release)
    attempt(turn + ", and again:", rlock.release)
    attempt(turn + ", and again:", rlock.release)


def in_thread(*args):
    t = threading.Thread(target=other, args=args)
    t.start()
    t.join()


attempt("release a free one:", rlock.release)
attempt("timeout -2:", rlock.acquire, timeout=-2)
attempt("acquire:", rlock.acquire)
attempt("again:", rlock.acquire)
in_thread("held twice")
attempt("release:", rlock.release)
in_thread("held once")
attempt("release:", rlock.release)
attempt("once more:", rlock.release)
in_thread("free")
