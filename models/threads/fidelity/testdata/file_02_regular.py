"""Files that are missing, there already, folders, open for one way only, and positions in them."""
import os
import tempfile


def attempt(what, call, *args):
    try:
        print(what, call(*args))
    except OSError as exc:
        print(what, type(exc).__name__, exc.errno)


with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "file")
    attempt("missing:", os.open, path, os.O_RDONLY)
    attempt("no folder:", os.open, os.path.join(path, "file"), os.O_RDWR | os.O_CREAT)
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    attempt("there already:", os.open, path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    attempt("in a file:", os.open, os.path.join(path, "file"), os.O_RDONLY)
    attempt("a folder:", os.open, folder, os.O_WRONLY)
    attempt("write:", os.write, file, b"0123456789")
    attempt("seek:", os.lseek, file, 3, os.SEEK_SET)
    print("read:", os.read(file, 4).decode())
    attempt("on:", os.lseek, file, 1, os.SEEK_CUR)
    print("read:", os.read(file, 100).decode())
    print("at the end:", len(os.read(file, 1)))
    attempt("beyond it:", os.lseek, file, 5, os.SEEK_END)
    print("there:", len(os.read(file, 1)))
    attempt("before the beginning:", os.lseek, file, -1, os.SEEK_SET)
    attempt("from nowhere:", os.lseek, file, 0, 99)
    os.close(file)
    attempt("seek when closed:", os.lseek, file, 0, os.SEEK_SET)

    file = os.open(path, os.O_RDONLY)
    attempt("write to what is read:", os.write, file, b"x")
    os.close(file)
    file = os.open(path, os.O_WRONLY | os.O_TRUNC)
    attempt("read what is written:", os.read, file, 1)
    attempt("it is empty:", os.lseek, file, 0, os.SEEK_END)
    os.close(file)
