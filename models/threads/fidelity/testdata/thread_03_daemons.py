"""Who is a daemon, and that daemons are given up at exit, wherever they wait."""
import threading
import time




def child():
    t = threading.Thread(target=print)
    print("child of a daemon:", t.daemon, "and if told otherwise:", threading.Thread(daemon=False).daemon)


print("main:", threading.current_thread().daemon, "child:", threading.Thread().daemon)
d = threading.Thread(target=child, daemon=True)
d.start()
d.join()


def blocked(wait):
    began.release()
    wait()
    print("a daemon goes on")


began = threading.Semaphore(0)
lock = threading.Lock()
lock.acquire()
for wait in (lock.acquire, threading.Event().wait, threading.Semaphore(0).acquire, lambda: time.sleep(0.05),
             threading.Barrier(2).wait):
    threading.Thread(target=blocked, args=(wait,), daemon=True).start()
    began.acquire()
print("daemons:", sum(t.daemon for t in threading.enumerate()))
print("main ends")
