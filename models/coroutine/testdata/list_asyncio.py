"""Prints what asyncio offers: its public names, and the public methods of the classes that people use.

    python3 list_asyncio.py > asyncio_names.txt      CPython 3.11.7
"""
import asyncio
import asyncio.subprocess

CLASSES = {
    "loop": asyncio.AbstractEventLoop,
    "Handle": asyncio.Handle,
    "TimerHandle": asyncio.TimerHandle,
    "Future": asyncio.Future,
    "Task": asyncio.Task,
    "Timeout": asyncio.Timeout,
    "TaskGroup": asyncio.TaskGroup,
    "Runner": asyncio.Runner,
    "Lock": asyncio.Lock,
    "Event": asyncio.Event,
    "Condition": asyncio.Condition,
    "Semaphore": asyncio.Semaphore,
    "Barrier": asyncio.Barrier,
    "Queue": asyncio.Queue,
    "StreamReader": asyncio.StreamReader,
    "StreamWriter": asyncio.StreamWriter,
    "Server": asyncio.Server,
    "Process": asyncio.subprocess.Process,
}


def public(names):
    return sorted(n for n in names if not n.startswith("_"))


for name in public({*asyncio.__all__, "TaskGroup"}):
    print(name)
for prefix, cls in CLASSES.items():
    for name in public(dir(cls)):
        print(f"{prefix}.{name}")
