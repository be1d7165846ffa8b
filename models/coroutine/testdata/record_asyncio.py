"""Records what random programs do under CPython's asyncio.

Each line of the output is a program, which is a list of operations for each of
its tasks, and its trace: who came through which operation how, in which order,
and "|" for each round of the loop. TestAgainstAsyncio runs the same
programs and compares.

    python3.11 record_asyncio.py > asyncio.jsonl
"""

import asyncio
import json
import random

ROUNDS = 12  # after which all tasks that are left are cancelled

OPERATIONS = ["yield", "acquire", "release", "down", "up", "wait", "set", "clear",
              "future", "resolve", "cancel", "await", "block"]


def program(rng):
    tasks = rng.randint(2, 5)
    kinds = rng.sample(OPERATIONS, rng.randint(3, 8))
    return [[operation(rng, kinds, me, tasks) for _ in range(rng.randint(1, 7))]
            for me in range(tasks)]


def operation(rng, kinds, me, tasks):
    kind = rng.choice(kinds)
    if kind == "cancel":
        return [kind, rng.randrange(tasks)]
    if kind == "await":  # a later one, so that there are no circles
        return [kind, rng.randint(me + 1, tasks - 1)] if me + 1 < tasks else ["yield", 0]
    return [kind, rng.randrange(2)]


class World:
    def __init__(self, steps):
        self.trace = []
        self.locks = [asyncio.Lock() for _ in range(2)]
        self.semaphores = [asyncio.Semaphore(n) for n in range(2)]
        self.events = [asyncio.Event() for _ in range(2)]
        self.futures = [asyncio.get_running_loop().create_future() for _ in range(2)]
        self.tasks = [asyncio.create_task(self.body(me, mine)) for me, mine in enumerate(steps)]

    async def body(self, me, steps):
        for i, (kind, arg) in enumerate(steps):
            try:
                await self.perform(kind, arg)
                self.trace.append(f"{me}.{i}")
            except asyncio.CancelledError:
                self.trace.append(f"{me}.{i} cancelled")
            except RuntimeError:
                self.trace.append(f"{me}.{i} refused")

    async def perform(self, kind, arg):
        match kind:
            case "yield": await asyncio.sleep(0)
            case "acquire": await self.locks[arg].acquire()
            case "release": self.locks[arg].release()
            case "down": await self.semaphores[arg].acquire()
            case "up": self.semaphores[arg].release()
            case "wait": await self.events[arg].wait()
            case "set": self.events[arg].set()
            case "clear": self.events[arg].clear()
            case "future": await self.futures[arg]
            case "resolve":
                if not self.futures[arg].done():
                    self.futures[arg].set_result(None)
            case "cancel": self.tasks[arg].cancel()
            case "await": await self.tasks[arg]
            case "block": await asyncio.sleep(3600)

    async def run(self):
        for _ in range(ROUNDS):
            await asyncio.sleep(0)
            self.trace.append("|")
        while any(not t.done() for t in self.tasks):
            for t in self.tasks:
                t.cancel()
            await asyncio.sleep(0)
            self.trace.append("|")
        for me, t in enumerate(self.tasks):
            self.trace.append(f"{me} ended after {t.cancelling()} requests")


async def record(steps):
    world = World(steps)
    await world.run()
    return world.trace


rng = random.Random(311)
for _ in range(300):
    steps = program(rng)
    print(json.dumps({"tasks": steps, "trace": asyncio.run(record(steps))}, separators=(",", ":")))
