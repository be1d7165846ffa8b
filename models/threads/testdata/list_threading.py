"""Prints what threading, queue and concurrent.futures offer: their public names, and
the public methods and attributes of the instances of their classes.

    python3 list_threading.py > threading_names.txt      CPython 3.11.7
"""
import concurrent.futures as futures
import concurrent.futures.thread  # for BrokenThreadPool
import queue
import threading

# Instances, because Lock and RLock are functions and some attributes are set by __init__.
INSTANCES = {
    "Thread": threading.Thread(),
    "Timer": threading.Timer(0, None),
    "Lock": threading.Lock(),
    "RLock": threading.RLock(),
    "Condition": threading.Condition(),
    "Semaphore": threading.Semaphore(),
    "BoundedSemaphore": threading.BoundedSemaphore(),
    "Event": threading.Event(),
    "Barrier": threading.Barrier(1),
    "local": threading.local(),
    "Queue": queue.Queue(),
    "PriorityQueue": queue.PriorityQueue(),
    "LifoQueue": queue.LifoQueue(),
    "SimpleQueue": queue.SimpleQueue(),
    "Future": futures.Future(),
    "Executor": futures.Executor(),
    "ThreadPoolExecutor": futures.ThreadPoolExecutor(),
}

# A class has the names of the one before, too; only its own are printed.
BASES = {
    "Timer": "Thread",
    "BoundedSemaphore": "Semaphore",
    "PriorityQueue": "Queue",
    "LifoQueue": "Queue",
    "ThreadPoolExecutor": "Executor",
}


def public(names):
    return {n for n in names if not n.startswith("_")}


def names_of(module):
    """What __all__ lists, and what the module defines beside it."""
    own = {
        name for name, value in vars(module).items()
        if (getattr(value, "__module__", None) or "").startswith(module.__name__)
    }
    return sorted(public({*module.__all__} | own))


for module in threading, queue, futures:
    for name in names_of(module):
        print(name)
print(futures.thread.BrokenThreadPool.__name__)
for field in "exc_type", "exc_value", "exc_traceback", "thread":
    assert hasattr(threading.ExceptHookArgs, field)
    print(f"ExceptHookArgs.{field}")
for prefix, instance in INSTANCES.items():
    inherited = dir(INSTANCES[BASES[prefix]]) if prefix in BASES else []
    for name in sorted(public(dir(instance)) - {*inherited}):
        print(f"{prefix}.{name}")
