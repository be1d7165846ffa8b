"""An Event is set, is cleared, and is waited for with and without an end."""
import threading


def attempt(what, call, *args, **kwargs):
    try:
        print(what, call(*args, **kwargs))
    except Exception as exc:
        print(what, type(exc).__name__ + (": " + str(exc) if str(exc) else ""))


event, woken = threading.Event(), []
attempt("is set:", event.is_set)
attempt("wait 0:", event.wait, 0)
attempt("wait -1:", event.wait, -1)
attempt("wait 1 ms:", event.wait, 0.001)
threads = [threading.Thread(target=lambda: woken.append(event.wait(5))) for _ in range(3)]
for t in threads:
    t.start()
attempt("set:", event.set)
for t in threads:
    t.join()
print("woken:", *woken)
attempt("wait:", event.wait)
attempt("wait 0:", event.wait, 0)
attempt("clear:", event.clear)
attempt("is set:", event.is_set)
attempt("wait 0:", event.wait, 0)
