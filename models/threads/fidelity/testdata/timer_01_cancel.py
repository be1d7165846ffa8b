"""A Timer runs its function later, in a thread of its own, unless it is cancelled before."""
import threading


def attempt(what, call, *args, **kwargs):
    try:
        print(what, call(*args, **kwargs))
    except Exception as exc:
        print(what, type(exc).__name__ + (": " + str(exc) if str(exc) else ""))


ran = threading.Event()
timer = threading.Timer(0.001, ran.set)
print("name:", timer.name, "daemon:", timer.daemon)
attempt("join:", timer.join)
attempt("start:", timer.start)
attempt("ran:", ran.wait, 5)
attempt("join:", timer.join)
attempt("cancel after the end:", timer.cancel)
attempt("start again:", timer.start)

never = threading.Timer(60, lambda: print("a cancelled timer runs"))
never.start()
print("alive:", never.is_alive())
never.cancel()
never.join()
print("alive:", never.is_alive())

before = threading.Timer(60, lambda: print("a cancelled timer runs"))
before.cancel()
before.start()
before.join()

less = threading.Timer(-1, lambda: print("less than no time is no time"))
less.start()
less.join()
