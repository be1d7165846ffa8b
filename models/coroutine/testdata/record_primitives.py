"""Records what random programs of conditions, barriers, bounded semaphores and
queues do under CPython's asyncio.

Each line of the output is a program, which is a list of operations for each of
its tasks, and its trace: who came through which operation with which result, in
which order, and "|" for each round of the loop. TestPrimitivesAgainstAsyncio
runs the same programs and compares.

Programs that come to a point where the Go code is meant to differ are left out:
a queue's newcomer overtakes a task that waits, a notified waiter is cancelled, a
task is cancelled at a barrier where others wait.

    python3.11 record_primitives.py > primitives.jsonl
"""

import asyncio
import json
import random

PROGRAMS = 400
ROUNDS = 12  # after which all tasks that are left are cancelled

# Operations by family, the frequent ones more than once, with the number of
# objects that each may be about.
FAMILIES = {
    "condition": (3, ["section", "section", "announce", "announce", "stock", "notify_all", "news", "news",
                      "acquire", "acquire", "notify", "wait", "release"]),
    "barrier": (2, ["arrive", "arrive", "arrive", "arrive", "abort", "reset", "reset", "look"]),
    "semaphore": (2, ["down", "down", "up"]),
    "queue": (4, ["put", "put", "put", "get", "get", "get", "put_nowait", "get_nowait", "task_done", "task_done", "join", "size"]),
}


class Condition(asyncio.Condition):
    """Counts the notifications that have not made a wait return."""

    notified = 0

    async def wait(self):
        await super().wait()
        self.notified -= 1

    def notify(self, n=1):
        done = sum(f.done() for f in self._waiters)
        super().notify(n)
        self.notified += sum(f.done() for f in self._waiters) - done


def program(rng):
    tasks = rng.randint(3, 6)
    kinds = rng.choice([[], [("cancel", range(tasks))], [("block", [0])]]) + [("yield", [0])]
    for family in rng.sample(sorted(FAMILIES), rng.choice([1, 1, 2])):
        size, operations = FAMILIES[family]
        objects = rng.sample(range(size), rng.choice([1, 1, 2]))
        kinds += [(kind, objects) for kind in operations if rng.random() < 0.6]
    return [[operation(rng, kinds) for _ in range(rng.randint(2, 7))] for _ in range(tasks)]


def operation(rng, kinds):
    kind, objects = rng.choice(kinds)
    return [kind, rng.choice(objects)]


class World:
    def __init__(self, steps):
        self.trace = []
        self.differs = False
        shared = asyncio.Lock()
        self.conditions = [Condition(), Condition(shared), Condition(shared)]
        self.shelves = [0, 0, 0]
        self.barriers = [asyncio.Barrier(2), asyncio.Barrier(3)]
        self.semaphores = [asyncio.BoundedSemaphore(1), asyncio.BoundedSemaphore(2)]
        self.queues = [asyncio.Queue(1), asyncio.Queue(), asyncio.PriorityQueue(2), asyncio.LifoQueue(2)]
        self.getting = [0] * 4  # tasks in get
        self.putting = [0] * 4
        self.puts = 0
        self.tasks = [asyncio.create_task(self.body(me, mine)) for me, mine in enumerate(steps)]

    async def body(self, me, steps):
        for i, (kind, arg) in enumerate(steps):
            self.trace.append(f"{me}.{i}{text(await outcome(self.perform(kind, arg)))}")

    async def perform(self, kind, arg):
        match kind:
            case "yield": await asyncio.sleep(0)
            case "cancel": self.tasks[arg].cancel()
            case "block": await asyncio.sleep(3600)
            case "acquire": await self.conditions[arg].acquire()
            case "release": self.conditions[arg].release()
            case "notify": self.conditions[arg].notify()
            case "notify_all": self.conditions[arg].notify_all()
            case "stock": self.shelves[arg] += 1
            case "section":
                async with self.conditions[arg]:
                    await self.conditions[arg].wait_for(lambda: self.shelves[arg] > 0)
                    self.shelves[arg] -= 1
            case "news":
                async with self.conditions[arg]:
                    await self.conditions[arg].wait()
            case "wait": await self.conditions[arg].wait()
            case "announce":
                async with self.conditions[arg]:
                    self.shelves[arg] += 1
                    self.conditions[arg].notify()
                    await asyncio.sleep(0)
            case "arrive": return await self.arrive(self.barriers[arg])
            case "abort": await self.barriers[arg].abort()
            case "reset": await self.barriers[arg].reset()
            case "look": return self.barriers[arg].n_waiting, self.barriers[arg].broken
            case "down": await self.semaphores[arg].acquire()
            case "up": self.semaphores[arg].release()
            case _: return await self.queue(kind, arg)

    async def arrive(self, barrier):
        try:
            return await barrier.wait()
        except asyncio.CancelledError:
            self.differs |= barrier.n_waiting > 0
            raise

    async def queue(self, kind, arg):
        q = self.queues[arg]
        if kind.startswith("get"):
            self.differs |= self.getting[arg] > 0 and not q.empty()
        if kind.startswith("put"):
            self.differs |= self.putting[arg] > 0 and not q.full()
        match kind:
            case "get":
                self.getting[arg] += 1
                try:
                    return await q.get()
                finally:
                    self.getting[arg] -= 1
            case "put":
                self.putting[arg] += 1
                try:
                    await q.put(self.next())
                finally:
                    self.putting[arg] -= 1
            case "get_nowait": return q.get_nowait()
            case "put_nowait": q.put_nowait(self.next())
            case "task_done": q.task_done()
            case "join": await q.join()
            case "size": return q.qsize(), q.empty(), q.full()

    def next(self):
        self.puts += 1
        return self.puts * 7 % 10

    async def run(self):
        for _ in range(ROUNDS):
            await asyncio.sleep(0)
            self.trace.append("|")
        while any(not t.done() for t in self.tasks):
            for c in self.conditions:  # a wait does not end without its lock
                if c.locked():
                    c.release()
            for t in self.tasks:
                t.cancel()
            await asyncio.sleep(0)
            self.trace.append("|")
        for me, t in enumerate(self.tasks):
            self.trace.append(f"{me} ended after {t.cancelling()} requests")
        self.differs |= any(c.notified for c in self.conditions)


async def outcome(operation):
    try:
        return await operation
    except asyncio.CancelledError:
        return "cancelled"
    except asyncio.BrokenBarrierError:
        return "broken"
    except asyncio.QueueEmpty:
        return "empty"
    except asyncio.QueueFull:
        return "full"
    except (RuntimeError, ValueError) as e:
        return str(e)


def text(result):
    match result:
        case None: return ""
        case tuple(): return "".join(map(text, result))
        case bool(): return f" {str(result).lower()}"
    return f" {result}"


async def record(steps):
    world = World(steps)
    await world.run()
    return None if world.differs else world.trace


rng = random.Random(3)
recorded = 0
while recorded < PROGRAMS:
    steps = program(rng)
    if trace := asyncio.run(record(steps)):
        print(json.dumps({"tasks": steps, "trace": trace}, separators=(",", ":")))
        recorded += 1
