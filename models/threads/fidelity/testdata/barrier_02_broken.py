"""A Barrier is broken by a timeout, an abort, a reset and a failing action, while others wait at it."""
import threading
import time


def attempt(what, call, *args, **kwargs):
    try:
        print(what, call(*args, **kwargs))
    except Exception as exc:
        print(what, type(exc).__name__ + (": " + str(exc) if str(exc) else ""))


class Broken(Exception):
    pass


def fail():
    raise Broken("the action failed")


def waiting_at(barrier, call, *args):
    """Two threads wait at the barrier while call is made."""
    told = []

    def party():
        try:
            told.append(barrier.wait())
        except threading.BrokenBarrierError:
            told.append("BrokenBarrierError")

    threads = [threading.Thread(target=party) for _ in range(2)]
    for t in threads:
        t.start()
    while barrier.n_waiting < 2:
        time.sleep(0.0005)
    attempt("  the call:", call, *args)
    for t in threads:
        t.join()
    print("  the two got:", *told)
    print("  broken:", barrier.broken, "waiting:", barrier.n_waiting)


for name, action in (("timeout", None), ("timeout 0", None), ("abort", None), ("reset", None), ("action", fail)):
    print(name)
    barrier = threading.Barrier(4 if name != "action" else 3, action)
    call = {"timeout": (barrier.wait, 0.002), "timeout 0": (barrier.wait, 0), "abort": (barrier.abort,),
            "reset": (barrier.reset,), "action": (barrier.wait,)}[name]
    waiting_at(barrier, *call)
    attempt("  the next:", barrier.wait, -1)
    attempt("  reset:", barrier.reset)
    print("  broken:", barrier.broken)
