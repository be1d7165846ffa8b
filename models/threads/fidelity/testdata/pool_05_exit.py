"""A pool that nobody shuts down ends with the program, after all that was submitted."""
import threading
import time
from concurrent import futures


def job(n):
    gate.wait(5)
    print("job", n)
    if n == 2:
        submit_until_refused()


def submit_until_refused():
    while True:
        try:
            pool.submit(int)
        except RuntimeError as exc:
            return print("RuntimeError:", exc)
        time.sleep(0.001)


gate = threading.Event()
pool = futures.ThreadPoolExecutor(1)
for n in range(3):
    pool.submit(job, n)
threading._register_atexit(gate.set)
print("main ends")
