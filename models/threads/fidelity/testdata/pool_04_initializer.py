"""Each worker begins with the initializer; one that fails breaks the pool."""
import logging
import threading
from concurrent import futures


def attempt(what, call, *args, **kwargs):
    try:
        print(what, call(*args, **kwargs))
    except Exception as exc:
        print(what, type(exc).__name__ + (": " + str(exc) if str(exc) else ""))


logging.disable()
local, gate = threading.local(), threading.Event()


def prepare():
    local.word = "prepared"


def fail():
    gate.wait(5)
    raise ValueError("boom")


with futures.ThreadPoolExecutor(1, initializer=prepare) as pool:
    attempt("result:", pool.submit(lambda: local.word).result)
with futures.ThreadPoolExecutor(1, initializer=fail) as pool:
    pending = [pool.submit(print, "never") for _ in range(2)]
    gate.set()
    for f in pending:
        attempt("pending:", f.result)
    attempt("submit:", pool.submit, print)
