"""What each exception of misuse says."""
import atexit
import queue
import threading
import time
from concurrent import futures


def attempt(what, call, *args, **kwargs):
    try:
        print(what, call(*args, **kwargs))
    except Exception as exc:
        print(what, type(exc).__name__ + (": " + str(exc) if str(exc) else ""))


def nothing():
    pass


thread = threading.Thread(target=nothing)
attempt("join of a new thread:", thread.join)
thread.start()
attempt("start of a started one:", thread.start)
attempt("join of oneself:", threading.current_thread().join)
attempt("daemon of oneself:", setattr, threading.current_thread(), "daemon", True)
attempt("sleep(-1):", time.sleep, -1)

attempt("release of a free lock:", threading.Lock().release)
attempt("release of a free rlock:", threading.RLock().release)
attempt("acquire(timeout=-2):", threading.Lock().acquire, timeout=-2)
attempt("acquire(timeout=-2) of an rlock:", threading.RLock().acquire, timeout=-2)
attempt("wait without the lock:", threading.Condition().wait)
attempt("notify without the lock:", threading.Condition().notify)
attempt("Semaphore(-1):", threading.Semaphore, -1)
attempt("BoundedSemaphore(-1):", threading.BoundedSemaphore, -1)
attempt("release(0):", threading.Semaphore(0).release, 0)
attempt("release of a full one:", threading.BoundedSemaphore(1).release)
barrier = threading.Barrier(2)
barrier.abort()
attempt("wait at a broken barrier:", barrier.wait)

attempt("get of an empty queue:", queue.Queue().get_nowait)
full = queue.Queue(1)
full.put(1)
attempt("put to a full one:", full.put_nowait, 2)
attempt("get(timeout=-1):", queue.Queue().get, timeout=-1)
attempt("put(timeout=-1):", queue.Queue(1).put, 1, timeout=-1)
attempt("get(timeout=-1) of a simple one:", queue.SimpleQueue().get, timeout=-1)
attempt("task_done:", queue.Queue().task_done)

attempt("a pool of none:", futures.ThreadPoolExecutor, -1)
attempt("wait for what:", futures.wait, [futures.Future()], return_when=7)
attempt("result(0):", futures.Future().result, 0)
attempt("as_completed:", list, futures.as_completed([futures.Future()], timeout=0))
cancelled = futures.Future()
cancelled.cancel()
attempt("result of a cancelled one:", cancelled.result)


def cancelled_twice():
    try:
        cancelled.set_result(1)
    except futures.InvalidStateError as exc:  # its text has an address
        return exc


attempt("set_result of a cancelled one:", lambda: type(cancelled_twice()).__name__)
finished = futures.Future()
finished.set_result(1)
attempt("running, of a finished one:", finished.set_running_or_notify_cancel)
pool = futures.ThreadPoolExecutor(1)
pool.shutdown()
attempt("submit after shutdown:", pool.submit, nothing)


def broken():
    raise ValueError("boom")


pool = futures.ThreadPoolExecutor(1, initializer=broken)
attempt("a job of a broken pool:", lambda: pool.submit(nothing).result())
late = futures.ThreadPoolExecutor(1)


def at_exit():
    attempt("submit at exit:", late.submit, nothing)
    attempt("register at exit:", threading._register_atexit, nothing)


atexit.register(at_exit)
