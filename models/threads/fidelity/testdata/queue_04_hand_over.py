"""A getter that waits gets what is put; a putter that waits gets its place."""
import queue
import threading




def passing(q):
    got = []
    getter = threading.Thread(target=lambda: got.extend(q.get() for _ in range(20)))
    getter.start()
    for n in range(20):
        q.put(n)
    getter.join()
    return got


for q in (queue.Queue(1), queue.Queue(3), queue.LifoQueue(1), queue.PriorityQueue(1), queue.SimpleQueue()):
    got = passing(q)
    print(type(q).__name__, len(got), "in order:", got == list(range(20)), "left:", q.qsize())
