"""Records what random programs of gather, wait, wait_for, shield, timeout,
task groups and cancels do under CPython's asyncio.

Each line of the output is a program, which is a body for each of its tasks, and
its trace: who came through which step how, in which order, and "|" for each
round of the loop. TestComposingAgainstAsyncio runs the same programs and
compares.

A body is a list of steps. A step is a list: its kind, whether the body ends with
the step's error ("raise") or goes on ("keep"), and the kind's arguments. An item
is something to await: ["task", n], ["future", n], ["body", steps],
["shield", item], ["gather", mode, items].

The loop's clock makes an hour in every round, so that timeouts pass in a certain
round whatever the machine does. Times are in seconds; no two are equal.

    python3.11 record_composing.py > composing.jsonl
"""

import asyncio
import json
import random

PROGRAMS = 435
ROUNDS = 14  # after which all tasks that are left are cancelled
MORE_ROUNDS = 30  # for them to end
HOUR = 3600


class Generator:
    """Makes a random program."""

    def __init__(self, rng):
        self.rng = rng
        self.times = 0
        self.tasks = rng.randint(2, 4)
        composing = rng.sample(sorted(self.TOGETHER), rng.randint(2, 3))
        simple = sorted(set(self.STEPS).difference(self.TOGETHER, *self.TOGETHER.values()))
        self.kinds = composing + composing + rng.sample(simple, rng.randint(2, 4)) + rng.sample(["fail", "cancel"], rng.randint(0, 2))
        for kind in composing:
            self.kinds += self.TOGETHER[kind]

    def program(self):
        return [self.body(top, 0, True) for top in range(self.tasks)]

    def body(self, top, depth, slots):
        return [self.step(top, depth, slots) for _ in range(self.rng.randint(1, 4 - depth))]

    def step(self, top, depth, slots):
        kind = self.rng.choice(self.kinds)
        if depth == 3 and kind in ("group", "timeout", "spawn"):
            kind = "cancel"
        if not slots and kind in ("start", "slot"):  # else a body may await itself
            kind = "future"
        on_error = self.rng.choice(["keep", "raise"])
        return [kind, on_error, *self.STEPS[kind](self, top, depth, slots)]

    def time(self, *others):
        """A timeout: one of the others, or some rounds from now."""
        self.times += 1
        return self.rng.choice([*others, self.rng.randint(0, 4) * HOUR + 1800 + self.times])

    def item(self, top, depth, plain=False):
        """What can be awaited: of tasks only later ones, so that there are no circles."""
        kinds = ["future", "task", "task"]
        if not plain:
            kinds += ["shield"]
            if depth < 2:
                kinds += ["body", "body", "gather"]
        kind = self.rng.choice(kinds)
        if kind == "task" and top + 1 < self.tasks:
            return ["task", self.rng.randint(top + 1, self.tasks - 1)]
        if kind == "body":
            return ["body", self.body(top, depth + 2, False)]
        if kind == "shield":
            return ["shield", self.item(top, depth + 1, True)]
        if kind == "gather":
            return ["gather", *self.gather(top, depth + 1, False)]
        return ["future", self.rng.randrange(3)]

    def items(self, top, depth, plain=False):
        return [self.item(top, depth, plain) for _ in range(self.rng.randint(1, 3))]

    def gather(self, top, depth, slots):
        items = self.items(top, depth) if self.rng.random() < 0.95 else []
        return [self.rng.choice(["strict", "outcomes"]), items]

    def message(self):
        return self.rng.choice(["", "m1", "m2", "m3", "m4"])

    TOGETHER = {  # steps that compose, and those that make sense beside them
        "await": [], "gather": [], "wait": [], "wait_for": [], "as_completed": [],
        "timeout": ["reschedule"], "group": ["spawn"], "start": ["slot", "stop"],
    }

    STEPS = {
        "yield": lambda g, *at: [],
        "sleep": lambda g, *at: [g.time()],
        "block": lambda g, *at: [],
        "fail": lambda g, *at: [],
        "resolve": lambda g, *at: [g.rng.randrange(3)],
        "break": lambda g, *at: [g.rng.randrange(3)],
        "drop": lambda g, *at: [g.rng.randrange(3), g.message()],
        "renew": lambda g, *at: [g.rng.randrange(3)],
        "cancel": lambda g, *at: [g.rng.randrange(-3, g.tasks), g.message()],
        "uncancel": lambda g, *at: [],
        "await": lambda g, top, depth, slots: [g.item(top, depth)],
        "future": lambda g, *at: [g.rng.randrange(3)],
        "gather": lambda g, top, depth, slots: g.gather(top, depth, slots),
        "wait": lambda g, top, depth, slots: [
            g.rng.choice(["ALL_COMPLETED", "FIRST_COMPLETED", "FIRST_EXCEPTION"]), g.time(None, None, 0), g.items(top, depth, True)],
        "wait_for": lambda g, top, depth, slots: [g.time(None, 0, 0), g.item(top, depth)],
        "as_completed": lambda g, top, depth, slots: [g.time(None, None, 0), g.items(top, depth, True)],
        "timeout": lambda g, top, depth, slots: [g.time(None, 0, -1), g.body(top, depth + 1, slots)],
        "reschedule": lambda g, *at: [g.time(None, 0, -1)],
        "group": lambda g, top, depth, slots: [
            [g.body(top, depth + 1, slots) for _ in range(g.rng.randint(0, 3))], g.body(top, depth + 1, slots)],
        "spawn": lambda g, top, depth, slots: [g.body(top, depth + 1, slots)],
        "start": lambda g, top, depth, slots: [g.rng.randrange(2), *g.gather(top, depth, slots)],
        "slot": lambda g, *at: [g.rng.randrange(2)],
        "stop": lambda g, *at: [g.rng.randrange(2), g.message()],
    }


class InOrder(dict):
    """A set that keeps the order, for the tasks of a group: asyncio leaves open
    in which order it cancels them."""

    def add(self, item):
        self[item] = True

    def discard(self, item):
        self.pop(item, None)


class World:
    """What the tasks of a program share."""

    def __init__(self, loop):
        self.loop = loop
        self.trace = []
        self.futures = [loop.create_future() for _ in range(3)]
        self.running = []  # the tasks that have begun, in order
        self.slots = {}

    async def run(self, program):
        self.tasks = [self.loop.create_task(Scope(self, top).body(str(top), steps)) for top, steps in enumerate(program)]
        for _ in range(ROUNDS):
            await self.round()
        for _ in range(MORE_ROUNDS):
            for t in self.tasks + self.running:
                if not t.done():
                    t.cancel()
            await self.round()
        if any(not t.done() for t in self.tasks + self.running):
            raise LookupError("does not end")

    async def round(self):
        self.loop.offset += HOUR
        await asyncio.sleep(0)
        if self.trace and self.trace[-1][0] == "|":
            self.trace[-1] += "|"
        else:
            self.trace.append("|")


class Scope:
    """Where a body stands: in a task, and in the innermost group and timeout."""

    def __init__(self, world, top, group=None, timeout=None):
        self.world, self.top, self.group, self.timeout = world, top, group, timeout

    async def body(self, me, steps):
        task = asyncio.current_task()
        if task not in self.world.running:
            self.world.running.append(task)
        for i, (kind, on_error, *args) in enumerate(steps):
            label = f"{me}.{i}"
            try:
                value = await getattr(self, "do_" + kind)(label, *args)
                self.world.trace.append(f"{label} {value}")
            except BaseException as e:
                self.world.trace.append(f"{label} {text(e)}")
                if on_error == "raise":
                    raise
        return me

    # Items.

    def item(self, label, kind, *args):
        match kind:
            case "task": return self.world.tasks[args[0]]
            case "future": return self.world.futures[args[0]]
            case "body": return Scope(self.world, self.top).body(label, args[0])
            case "shield": return asyncio.shield(self.item(label, *args[0]))
            case "gather": return self.make_gather(label, *args)

    def items(self, label, items):
        return [self.item(f"{label}.{i}", *item) for i, item in enumerate(items)]

    def make_gather(self, label, mode, items):
        return asyncio.gather(*self.items(label, items), return_exceptions=mode == "outcomes")

    # Steps.

    async def do_yield(self, label): await asyncio.sleep(0)

    async def do_sleep(self, label, time): await asyncio.sleep(time)

    async def do_block(self, label): await asyncio.sleep(1e5 * HOUR)

    async def do_fail(self, label): raise ValueError(label)

    async def do_resolve(self, label, n):
        if not self.world.futures[n].done():
            self.world.futures[n].set_result(label)

    async def do_break(self, label, n):
        if not self.world.futures[n].done():
            self.world.futures[n].set_exception(ValueError(label))

    async def do_drop(self, label, n, message): return self.world.futures[n].cancel(message or None)

    async def do_renew(self, label, n): self.world.futures[n] = self.world.loop.create_future()

    async def do_cancel(self, label, n, message):
        """Cancels a top task or, if n is negative, one that has begun lately."""
        running = self.world.running
        task = self.world.tasks[n] if n >= 0 else running[max(n, -len(running))]
        return task.cancel(message or None)

    async def do_uncancel(self, label): return asyncio.current_task().uncancel()

    async def do_await(self, label, item): return text(await self.item(label, *item))

    async def do_future(self, label, n): return text(await self.world.futures[n])

    async def do_gather(self, label, mode, items): return text(await self.make_gather(label, mode, items))

    async def do_wait(self, label, return_when, timeout, items):
        items = self.items(label, items)
        done, pending = await asyncio.wait(items, timeout=timeout, return_when=return_when)
        return "".join("d" if f in done else "p" if f in pending else "-" for f in items)

    async def do_wait_for(self, label, timeout, item): return text(await asyncio.wait_for(self.item(label, *item), timeout))

    async def do_as_completed(self, label, timeout, items):
        came = []
        futures = [f for f in self.items(label, items) if not f.done()]  # asyncio has no order for those
        for f in asyncio.as_completed(futures, timeout=timeout):
            try:
                came.append(text(await f))
            except BaseException as e:
                came.append(text(e))
        return text(came)

    async def do_timeout(self, label, delay, steps):
        scope = None
        try:
            async with asyncio.timeout(delay) as scope:
                return await Scope(self.world, self.top, self.group, scope).body(label, steps)
        finally:
            self.world.trace.append(f"{label} expired {scope.expired()} requests {asyncio.current_task().cancelling()}")

    async def do_reschedule(self, label, delay):
        if self.timeout:
            self.timeout.reschedule(None if delay is None else self.world.loop.time() + delay)

    async def do_group(self, label, children, steps):
        try:
            async with asyncio.TaskGroup() as group:
                group._tasks = InOrder()
                scope = Scope(self.world, self.top, group, self.timeout)
                for i, child in enumerate(children):
                    group.create_task(Scope(self.world, self.top, group).body(f"{label}.c{i}", child))
                return await scope.body(label, steps)
        finally:
            self.world.trace.append(f"{label} requests {asyncio.current_task().cancelling()}")

    async def do_spawn(self, label, steps):
        if self.group:
            coroutine = Scope(self.world, self.top, self.group).body(label, steps)
            try:
                self.group.create_task(coroutine)
            except RuntimeError:
                coroutine.close()
                raise

    async def do_start(self, label, slot, mode, items):
        self.world.slots[self.top, slot] = self.make_gather(label, mode, items)

    async def do_slot(self, label, slot):
        if (self.top, slot) in self.world.slots:
            return text(await self.world.slots[self.top, slot])

    async def do_stop(self, label, slot, message):
        if (self.top, slot) in self.world.slots:
            return self.world.slots[self.top, slot].cancel(message or None)


def text(x):
    match x:
        case list(): return "[" + " ".join(map(text, x)) + "]"
        case asyncio.CancelledError(): return f"cancelled({' '.join(x.args)})"
        case TimeoutError(): return "timeout"
        case BaseExceptionGroup(): return "group[" + " ".join(map(text, x.exceptions)) + "]"
        case ValueError(): return f"error({x})"
        case RecursionError(): raise x
        case RuntimeError(): return "refused"
        case BaseException(): raise x
    return str(x)


def record(program):
    loop = asyncio.new_event_loop()
    loop.set_exception_handler(lambda *_: None)
    loop.offset, clock = 0, loop.time
    loop.time = lambda: clock() + loop.offset
    world = World(loop)
    try:
        loop.run_until_complete(world.run(program))
    finally:
        loop.close()
    return world.trace


def main():
    rng = random.Random(3117)
    recorded = 0
    while recorded < PROGRAMS:
        program = Generator(rng).program()
        trace = record(program)
        if trace != record(program):
            raise RuntimeError("asyncio leaves the order open")
        print(json.dumps({"tasks": program, "trace": trace}, separators=(",", ":")))
        recorded += 1


main()
