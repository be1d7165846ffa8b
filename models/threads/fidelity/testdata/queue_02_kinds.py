"""The order in which each kind of queue gives what was put; equal ranks come as the heap has them."""
import queue




class Ranked:
    def __init__(self, rank, serial):
        self.rank, self.serial = rank, serial

    def __lt__(self, other):
        return self.rank < other.rank


fifo, lifo, prio, simple = queue.Queue(), queue.LifoQueue(), queue.PriorityQueue(), queue.SimpleQueue()
ranks = queue.PriorityQueue()
for n in range(12):
    for q in (fifo, lifo, prio, simple):
        q.put(n * 7 % 12)
    ranks.put(Ranked(n * 7 % 3, n))
for name, q in (("fifo", fifo), ("lifo", lifo), ("priority", prio), ("simple", simple)):
    print(name, *(q.get() for _ in range(12)))
print("equal ranks", *(ranks.get().serial for _ in range(12)))
unlimited = queue.Queue(-1)
for n in range(100):
    unlimited.put_nowait(n)
print("unlimited", unlimited.qsize(), unlimited.full())
