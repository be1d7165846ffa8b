"""Times what the Go benchmarks of this package time, in asyncio.

    python3 bench_asyncio.py yield | handoff | lock | queue | create | sleep

Prints nanoseconds per operation: the median of CHUNKS chunks. For sleep it is
the median lateness of a sleep of 1 ms.
"""

import asyncio
import statistics
import sys
import time

STEPS = 200  # a chunk is shorter than a slice of the kernel's scheduler
CHUNKS = 200
SLEEPS = 300


async def chunks(chunk):
    """chunk(n) does n operations; returns the median nanoseconds of one."""
    await chunk(STEPS)
    return statistics.median([await timed(chunk) for _ in range(CHUNKS)])


async def timed(chunk):
    begin = time.perf_counter_ns()
    await chunk(STEPS)
    return (time.perf_counter_ns() - begin) / STEPS


async def bench_yield():
    async def chunk(n):
        for _ in range(n):
            await asyncio.sleep(0)

    return await chunks(chunk)


async def bench_handoff():
    """One way: a future is completed and the task that awaits it resumes."""
    future = asyncio.get_running_loop().create_future
    there, back = future(), future()

    async def partner():
        nonlocal there
        while True:
            await there
            there = future()
            back.set_result(1)

    async def chunk(n):
        nonlocal back
        for _ in range(n // 2):
            there.set_result(1)
            await back
            back = future()

    return await beside(partner(), chunk)


async def bench_lock():
    """A release and the acquisition by the other task."""
    lock = asyncio.Lock()
    await lock.acquire()

    async def partner():
        while True:
            await lock.acquire()
            lock.release()

    async def chunk(n):
        for _ in range(n // 2):
            lock.release()
            await lock.acquire()

    return await beside(partner(), chunk)


async def bench_queue():
    """There and back through two queues that hold one."""
    there, back = asyncio.Queue(1), asyncio.Queue(1)

    async def partner():
        while True:
            await back.put(await there.get())

    async def chunk(n):
        for _ in range(n):
            await there.put(1)
            await back.get()

    return await beside(partner(), chunk)


async def beside(partner, chunk):
    """chunks while the other task runs."""
    task = asyncio.create_task(partner)
    await asyncio.sleep(0)
    result = await chunks(chunk)
    task.cancel()
    return result


async def bench_create():
    async def body():
        return 1

    async def chunk(n):
        for _ in range(n):
            await asyncio.create_task(body())

    return await chunks(chunk)


async def bench_sleep():
    late = []
    for _ in range(SLEEPS):
        begin = time.perf_counter_ns()
        await asyncio.sleep(0.001)
        late.append(time.perf_counter_ns() - begin - 1_000_000)
    return statistics.median(late)


if __name__ == "__main__":
    if sys.version_info < (3, 11):
        sys.exit("needs Python 3.11 or later")
    print(asyncio.run(globals()["bench_" + sys.argv[1]]()))
