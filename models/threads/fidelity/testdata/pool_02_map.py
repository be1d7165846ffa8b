"""map gives results in the order of its arguments, an error at its place and nothing behind it."""
import threading
from concurrent import futures


def attempt(what, call, *args, **kwargs):
    try:
        print(what, call(*args, **kwargs))
    except Exception as exc:
        print(what, type(exc).__name__ + (": " + str(exc) if str(exc) else ""))


def job(n):
    if n == 3:
        raise ValueError("three")
    if n > 5:
        gate.wait(5)
    return n * n


def listed(results):
    try:
        for r in results:
            print("result", r)
    except Exception as exc:
        print(type(exc).__name__ + (": " + str(exc) if str(exc) else ""))


gate = threading.Event()
with futures.ThreadPoolExecutor(3) as pool:
    listed(pool.map(job, [0, 1, 2]))
    listed(pool.map(job, []))
    listed(pool.map(job, [4, 3, 2, 1]))
    listed(pool.map(job, [1, 9], timeout=0.002))
    gate.set()
with futures.ThreadPoolExecutor(1) as pool:
    gate.clear()
    done = []
    results = pool.map(lambda n: (gate.wait(5) if n else None, done.append(n))[1], range(4))
    print("first", next(results))
    results.close()
    gate.set()
print("done:", len(done) < 4)
attempt("map after the end:", pool.map, job, [1])
