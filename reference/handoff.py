"""Two threads that pass a turn to and fro through two locks.

usage: handoff.py same|any TURNS

same: both on one processor. any: wherever the kernel puts them.
"""

import json
import os
import sys
import threading
import time


def alternate(n, first, second):
    for _ in range(n):
        first()
        second()


def main(cpu, turns):
    if cpu == "same":
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    n = int(turns)
    ping, pong = threading.Lock(), threading.Lock()
    ping.acquire()
    pong.acquire()
    other = threading.Thread(target=alternate, args=(n, ping.acquire, pong.release))
    other.start()
    begin = time.perf_counter()
    alternate(n, ping.release, pong.acquire)
    took = time.perf_counter() - begin
    other.join()
    print(json.dumps({"sec/handoff": took / (2 * n)}))


main(*sys.argv[1:])
