"""What a Thread says of itself before, during and after its life, and what may not be done with it."""
import threading


def attempt(what, call, *args, **kwargs):
    try:
        print(what, call(*args, **kwargs))
    except Exception as exc:
        print(what, type(exc).__name__ + (": " + str(exc) if str(exc) else ""))


gate = threading.Event()
t = threading.Thread(target=gate.wait, args=(5,))


def tell(when):
    print(when, "alive:", t.is_alive(), "ident:", t.ident is not None,
          "listed:", t in threading.enumerate(), "count:", threading.active_count())


tell("new:")
attempt("join:", t.join)
attempt("join 0:", t.join, 0)
t.daemon = True
t.daemon = False
t.start()
tell("started:")
attempt("start:", t.start)
attempt("daemon:", setattr, t, "daemon", True)
attempt("join 0:", t.join, 0)
attempt("join -1:", t.join, -1)
attempt("join 1 ms:", t.join, 0.001)
print("alive:", t.is_alive())
gate.set()
attempt("join:", t.join)
tell("ended:")
attempt("join again:", t.join)
attempt("start:", t.start)
attempt("daemon:", setattr, t, "daemon", True)
attempt("join oneself:", threading.current_thread().join)
attempt("main is current:", lambda: threading.main_thread() is threading.current_thread())
nothing = threading.Thread()
nothing.start()
attempt("join of one without a target:", nothing.join)
