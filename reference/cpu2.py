"""Two threads that compute beside the same work done one after the other.

usage: cpu2.py TURNS ROUNDS

Each does TURNS turns of a loop, each with a backward jump and so a checkpoint.
Both ways are timed by turns, ROUNDS times; the ratio is the median of neighbours.
"""

import json
import statistics
import sys
import threading
import time


def count(n):
    while n:
        n -= 1


def serial(n):
    count(n)
    count(n)


def parallel(n):
    threads = [threading.Thread(target=count, args=(n,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def timed(work, n):
    begin = time.perf_counter()
    work(n)
    return time.perf_counter() - begin


def main(turns, rounds):
    pairs = [(timed(serial, int(turns)), timed(parallel, int(turns))) for _ in range(int(rounds))]
    print(json.dumps({
        "sec/checkpoint": statistics.median(s for s, _ in pairs) / 2 / int(turns),
        "x/serial": statistics.median(p / s for s, p in pairs),
    }))


main(*sys.argv[1:])
