"""Callbacks are called at once: by who completes the future, or by who adds them too late; one that fails stops none."""
import logging
import threading
from concurrent import futures




logging.disable()


def note(what):
    def callback(f):
        print(what, "in", threading.current_thread().name, "done:", f.done(), "cancelled:", f.cancelled())
    return callback


def fail(f):
    raise ValueError("a callback fails")


f = futures.Future()
f.add_done_callback(note("first"))
f.add_done_callback(fail)
f.add_done_callback(note("third"))
t = threading.Thread(target=f.set_result, args=(1,), name="completer")
t.start()
t.join()
f.add_done_callback(note("late"))
f.add_done_callback(fail)

f = futures.Future()
f.add_done_callback(note("of a cancelled one"))
print("cancel:", f.cancel())
print("cancel:", f.cancel())
