"""wait returns as it is told: when one is done, when one has failed, when all are done, when the time is over."""
from concurrent import futures




def tell(what, fs, **kwargs):
    done, not_done = futures.wait(fs, **kwargs)
    print(what, "done:", *sorted(all_fs.index(f) for f in done), "not:", *sorted(all_fs.index(f) for f in not_done))


all_fs = [futures.Future() for _ in range(4)]
tell("nothing", [])
tell("1 ms", all_fs, timeout=0.001)
tell("0", all_fs, timeout=0)
tell("-1", all_fs, timeout=-1)
all_fs[1].set_result(1)
tell("first", all_fs + all_fs, return_when=futures.FIRST_COMPLETED)
all_fs[2].cancel()
tell("cancelled", all_fs, timeout=0.001)
all_fs[2].set_running_or_notify_cancel()
tell("notified", all_fs, timeout=0.001)
tell("no failure", all_fs, timeout=0.001, return_when=futures.FIRST_EXCEPTION)
all_fs[0].set_exception(ValueError("boom"))
tell("failure", all_fs, return_when=futures.FIRST_EXCEPTION)
all_fs[3].set_result(3)
tell("all", all_fs)
