"""A Barrier lets a party of three through, twice; the last to come runs the action."""
import threading


def attempt(what, call, *args, **kwargs):
    try:
        print(what, call(*args, **kwargs))
    except Exception as exc:
        print(what, type(exc).__name__ + (": " + str(exc) if str(exc) else ""))


actions = []
barrier = threading.Barrier(3, action=lambda: actions.append("action"))
indexes = [[], []]


def party():
    for turn in range(2):
        indexes[turn].append(barrier.wait(5))


threads = [threading.Thread(target=party) for _ in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print("indexes:", *sorted(indexes[0]), "then", *sorted(indexes[1]))
print("actions:", *actions)
print("parties:", barrier.parties, "waiting:", barrier.n_waiting, "broken:", barrier.broken)
