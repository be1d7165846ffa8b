"""An uncaught error goes to the excepthook and ends its thread alone; so does SystemExit, which the default hook passes over."""
import threading


def attempt(what, call, *args, **kwargs):
    try:
        print(what, call(*args, **kwargs))
    except Exception as exc:
        print(what, type(exc).__name__ + (": " + str(exc) if str(exc) else ""))


def hook(args):
    print("hook:", args.exc_type.__name__, args.exc_value, "in", args.thread.name,
          "which runs it:", args.thread is threading.current_thread())


def fail(error):
    raise error


def run(error):
    t = threading.Thread(target=fail, args=(error,), name="worker")
    t.start()
    attempt("join:", t.join)
    print("alive:", t.is_alive())


threading.excepthook = hook
run(ValueError("boom"))
run(SystemExit())
threading.excepthook = lambda args: print("another hook")
run(RuntimeError("bang"))
