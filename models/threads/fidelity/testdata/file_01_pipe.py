"""A pipe between threads: who reads waits without the lock for what another thread writes."""
import os
import threading


def attempt(what, call, *args):
    try:
        print(what, call(*args))
    except OSError as exc:
        print(what, type(exc).__name__, exc.errno)


reader, writer = os.pipe()
got = []
waiting = threading.Thread(target=lambda: got.append(os.read(reader, 10)))
waiting.start()
attempt("write:", os.write, writer, b"hello")
waiting.join()
print("read:", got[0].decode())
attempt("write:", os.write, writer, b"more")
print("in parts:", os.read(reader, 2).decode(), os.read(reader, 10).decode())
attempt("write nothing:", os.write, writer, b"")
print("read nothing:", len(os.read(reader, 0)))
attempt("seek:", os.lseek, reader, 0, os.SEEK_SET)
attempt("write to the reader:", os.write, reader, b"x")
attempt("read from the writer:", os.read, writer, 1)
attempt("close the writer:", os.close, writer)
print("at the end:", len(os.read(reader, 10)))
attempt("close the reader:", os.close, reader)
attempt("close it again:", os.close, reader)
attempt("read it:", os.read, reader, 1)

reader, writer = os.pipe()
os.close(reader)
attempt("nobody reads:", os.write, writer, b"x")
os.close(writer)
