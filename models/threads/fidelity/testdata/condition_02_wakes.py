"""A wait gives back an RLock that was taken twice; a notification ends one wait, the oldest."""
import threading


def attempt(what, call, *args, **kwargs):
    try:
        print(what, call(*args, **kwargs))
    except Exception as exc:
        print(what, type(exc).__name__ + (": " + str(exc) if str(exc) else ""))


cond, order = threading.Condition(), []
ready = threading.Semaphore(0)


def waiter(name):
    with cond:
        with cond:
            ready.release()
            notified = cond.wait(5)
            order.append(name)
            print("notified:", notified)
            cond.notify_all()


threads = [threading.Thread(target=waiter, args=(name,)) for name in "abc"]
for t in threads:
    t.start()
    ready.acquire()
    with cond:
        print("the lock is free while", threads.index(t) + 1, "wait")
with cond:
    cond.notify()
    print("gone on:", len(order))
for t in threads:
    t.join()
print("first:", order[0], "all:", *sorted(order))
