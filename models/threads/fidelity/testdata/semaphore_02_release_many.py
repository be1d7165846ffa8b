"""One release lets several waiters go on."""
import threading


def attempt(what, call, *args, **kwargs):
    try:
        print(what, call(*args, **kwargs))
    except Exception as exc:
        print(what, type(exc).__name__ + (": " + str(exc) if str(exc) else ""))


sem, done = threading.Semaphore(0), []
threads = [threading.Thread(target=lambda: done.append(sem.acquire(timeout=5))) for _ in range(3)]
for t in threads:
    t.start()
sem.release(3)
for t in threads:
    t.join()
print("went on:", *done)
attempt("left:", sem.acquire, False)
