"""Any thread may release a Lock, and one that waits for it goes on."""
import threading


def attempt(what, call, *args, **kwargs):
    try:
        print(what, call(*args, **kwargs))
    except Exception as exc:
        print(what, type(exc).__name__ + (": " + str(exc) if str(exc) else ""))


lock, order = threading.Lock(), []


def waiter():
    with lock:
        order.append("the waiter has it")


def stranger():
    order.append("a stranger releases")
    lock.release()


lock.acquire()
threads = [threading.Thread(target=waiter), threading.Thread(target=stranger)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(*order, sep="\n")
print("locked:", lock.locked())
