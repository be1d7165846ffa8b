"""A thread that waits for I/O beside threads that compute: how long does each wait take?

usage: convoy.py sleep|echo HOGS INTERVAL SECONDS [PEER...]

sleep: it sleeps for one millisecond. echo: it sends a byte over a socket pair to
another process, the command PEER, and receives it back. INTERVAL is the switch
interval, in seconds.
"""

import json
import socket
import statistics
import subprocess
import sys
import threading
import time


def hog(stop):
    """Compute, with a backward jump and so a checkpoint in each turn."""
    while not stop:
        n = 10_000
        while n:
            n -= 1


def main(io, hogs, interval, seconds, *command):
    sys.setswitchinterval(float(interval))
    here, there = socket.socketpair()
    peer = subprocess.Popen(command or ["cat"], stdin=there, stdout=there)
    there.close()
    stop = []
    threads = [threading.Thread(target=hog, args=(stop,)) for _ in range(int(hogs))]
    for thread in threads:
        thread.start()

    waits = []
    end = time.perf_counter() + float(seconds)
    while time.perf_counter() < end:
        begin = time.perf_counter()
        if io == "echo":
            here.send(b"x")
            here.recv(1)
        else:
            time.sleep(0.001)
        waits.append(time.perf_counter() - begin)

    stop.append(True)
    here.close()
    peer.wait()
    for thread in threads:
        thread.join()
    percentiles = statistics.quantiles(waits, n=100, method="inclusive")
    print(json.dumps({"p50-sec": percentiles[49], "p99-sec": percentiles[98]}))


main(*sys.argv[1:])
