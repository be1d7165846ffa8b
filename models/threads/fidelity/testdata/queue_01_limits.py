"""Queues that are empty or full: without waiting, with a timeout, and with one below zero."""
import queue


def attempt(what, call, *args, **kwargs):
    try:
        print(what, call(*args, **kwargs))
    except Exception as exc:
        print(what, type(exc).__name__ + (": " + str(exc) if str(exc) else ""))


for kind in (queue.Queue, queue.LifoQueue, queue.PriorityQueue, queue.SimpleQueue):
    name = kind.__name__
    q = kind() if kind is queue.SimpleQueue else kind(1)
    attempt(name + " get_nowait:", q.get_nowait)
    attempt(name + " get, 0:", q.get, timeout=0)
    attempt(name + " get, 1 ms:", q.get, timeout=0.001)
    attempt(name + " get, -1:", q.get, timeout=-1)
    attempt(name + " empty:", q.empty)
    attempt(name + " put:", q.put, 7)
    attempt(name + " size:", q.qsize)
    if kind is not queue.SimpleQueue:
        attempt(name + " full:", q.full)
        attempt(name + " put_nowait:", q.put_nowait, 8)
        attempt(name + " put, 0:", q.put, 8, timeout=0)
        attempt(name + " put, 1 ms:", q.put, 8, timeout=0.001)
        attempt(name + " put, -1:", q.put, 8, timeout=-1)
    attempt(name + " get, -1, of one item:", q.get, timeout=-1)
    attempt(name + " get, 1 s:", q.get, timeout=1)
