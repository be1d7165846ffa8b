"""A Future of concurrent.futures goes through its states, and refuses to go back."""
from concurrent import futures


def attempt(what, call, *args, **kwargs):
    try:
        print(what, call(*args, **kwargs))
    except Exception as exc:
        print(what, type(exc).__name__ + (": " + str(exc) if str(exc) else ""))


def tell(f):
    print(f._state, "cancelled:", f.cancelled(), "running:", f.running(), "done:", f.done())


def completed(what, call, *args):
    try:
        print(what, call(*args))
    except futures.InvalidStateError:
        print(what, "InvalidStateError")


f = futures.Future()
tell(f)
attempt("result, 0:", f.result, 0)
attempt("result, -1:", f.result, -1)
attempt("result, 1 ms:", f.result, 0.001)
attempt("exception, 1 ms:", f.exception, 0.001)
attempt("run:", f.set_running_or_notify_cancel)
tell(f)
attempt("cancel:", f.cancel)
completed("set_result:", f.set_result, 42)
tell(f)
attempt("result:", f.result)
attempt("result, -1:", f.result, -1)
attempt("exception:", f.exception)
attempt("cancel:", f.cancel)
completed("set_result:", f.set_result, 43)
completed("set_exception:", f.set_exception, ValueError("late"))

f = futures.Future()
attempt("set_exception:", f.set_exception, ValueError("boom"))
attempt("result:", f.result)
attempt("exception:", f.exception)

f = futures.Future()
attempt("cancel:", f.cancel)
tell(f)
attempt("cancel:", f.cancel)
attempt("result:", f.result)
attempt("exception:", f.exception)
completed("set_result:", f.set_result, 1)
attempt("run:", f.set_running_or_notify_cancel)
tell(f)
attempt("cancel:", f.cancel)
