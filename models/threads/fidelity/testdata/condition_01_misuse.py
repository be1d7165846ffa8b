"""A Condition used without its lock, and waits that nobody ends."""
import threading


def attempt(what, call, *args, **kwargs):
    try:
        print(what, call(*args, **kwargs))
    except Exception as exc:
        print(what, type(exc).__name__ + (": " + str(exc) if str(exc) else ""))


for kind in ("RLock", "Lock"):
    cond = threading.Condition(getattr(threading, kind)())
    attempt(kind + " wait:", cond.wait)
    attempt(kind + " wait 0:", cond.wait, 0)
    attempt(kind + " wait_for:", cond.wait_for, lambda: False)
    attempt(kind + " wait_for what is so:", cond.wait_for, lambda: True)
    attempt(kind + " notify:", cond.notify)
    attempt(kind + " notify_all:", cond.notify_all)
    attempt(kind + " release:", cond.release)
    with cond:
        attempt(kind + " notify nobody:", cond.notify, 3)
        attempt(kind + " wait 0, held:", cond.wait, 0)
        attempt(kind + " wait -1, held:", cond.wait, -1)
        attempt(kind + " wait 1 ms, held:", cond.wait, 0.001)
        attempt(kind + " wait_for 1 ms, held:", cond.wait_for, lambda: False, 0.001)
        attempt(kind + " wait_for -1, held:", cond.wait_for, lambda: False, -1)
        attempt(kind + " held by somebody, timeout 0:", cond.acquire, timeout=0)
    attempt(kind + " timeout -2:", cond.acquire, timeout=-2)
