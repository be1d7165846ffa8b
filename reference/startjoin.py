"""A thread is made, started and joined, again and again.

usage: startjoin.py TIMES
"""

import json
import sys
import threading
import time


def nothing():
    pass


def main(times):
    n = int(times)
    begin = time.perf_counter()
    for _ in range(n):
        thread = threading.Thread(target=nothing)
        thread.start()
        thread.join()
    print(json.dumps({"sec/thread": (time.perf_counter() - begin) / n}))


main(*sys.argv[1:])
