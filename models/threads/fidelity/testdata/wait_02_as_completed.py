"""as_completed gives futures as they are done, each once, and says how many are not when the time is over."""
from concurrent import futures


def attempt(what, call, *args, **kwargs):
    try:
        print(what, call(*args, **kwargs))
    except Exception as exc:
        print(what, type(exc).__name__ + (": " + str(exc) if str(exc) else ""))


def listed(fs, timeout):
    for f in futures.as_completed(fs, timeout):
        print("done:", all_fs.index(f))
        if f in nexts:
            nexts.pop(f)()


all_fs = [futures.Future() for _ in range(4)]
a, b, c, d = all_fs
nexts = {c: lambda: a.set_result(None), a: b.cancel}
c.set_result(None)
attempt("1 ms:", listed, all_fs + [c], 0.001)
b.set_running_or_notify_cancel()
d.set_exception(ValueError("boom"))
attempt("one:", listed, [d], None)
attempt("0:", listed, [d], 0)
attempt("none:", listed, [], 0)
attempt("-1:", listed, [futures.Future()], -1)
