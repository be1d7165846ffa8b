"""Semaphores: what may be counted, what may be released, how long one may wait."""
import threading


def attempt(what, call, *args, **kwargs):
    try:
        print(what, call(*args, **kwargs))
    except Exception as exc:
        print(what, type(exc).__name__ + (": " + str(exc) if str(exc) else ""))


for kind in (threading.Semaphore, threading.BoundedSemaphore):
    name = kind.__name__
    attempt(name + " of -1:", kind, -1)
    sem = kind(1)
    attempt(name + " acquire:", sem.acquire)
    attempt(name + " try:", sem.acquire, False)
    attempt(name + " timeout 0:", sem.acquire, timeout=0)
    attempt(name + " timeout -1:", sem.acquire, timeout=-1)
    attempt(name + " timeout 1 ms:", sem.acquire, timeout=0.001)
    attempt(name + " release 0:", sem.release, 0)
    attempt(name + " release -3:", sem.release, -3)
    attempt(name + " release 2:", sem.release, 2)
    attempt(name + " release:", sem.release)
    attempt(name + " release too many:", sem.release, 5)
    taken = 0
    while sem.acquire(False):
        taken += 1
    print(name, "had", taken)
