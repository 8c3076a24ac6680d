"""A kept store lent to a measurement: it may write, and nothing of that stays.

A copy of a year takes half a minute and 12 GB. Instead a reader of the untouched file stands beside: as long
as it reads, SQLite moves nothing from the log (-wal) into the file. When the borrower has ended, however it
ended, the reader waits until nobody has the file open any more, a child of the borrower perhaps, and throws
the log away. So nothing that is measured here waits for a checkpoint; what has to, like the soak, takes a
copy.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.perf.year_rows import FILE

LOCK = ".lent"
_READS = "reads"
_LOOK_S, _PATIENCE_S = 0.05, 120.0


@contextmanager
def borrowed(kept: Path) -> Iterator[Path]:
    """A data folder whose database is the kept one, for one borrower after the other."""
    file = (kept / FILE).resolve()
    with (kept / LOCK).open("w") as lock, TemporaryDirectory(prefix="borrowed-") as folder:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the reader holds it too, and longer than a borrower that is killed
        (Path(folder) / FILE).symlink_to(file)
        with subprocess.Popen(
            [sys.executable, "-m", "tests.perf.borrowed", str(file)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, pass_fds=(lock.fileno(),),
        ) as reader:  # fmt: skip
            assert reader.stdout is not None
            if not reader.stdout.readline():
                raise RuntimeError(f"{file} cannot be read")
            yield Path(folder)


def copied(kept: Path, folder: Path) -> Path:
    """A data folder of its own inside `folder`, for what writes much."""
    data = folder / "data"
    data.mkdir()
    shutil.copyfile(kept / FILE, data / FILE)
    return data


def _read_until_left(file: Path) -> None:
    """The reader's own life: it begins on the untouched file and ends when nobody has it open."""
    forget(file)
    store = sqlite3.connect(f"file:{file}?mode=ro", uri=True, isolation_level=None)
    store.execute("BEGIN")
    store.execute("SELECT count(*) FROM meta").fetchone()
    print(_READS, flush=True)
    sys.stdin.read()
    end = time.monotonic() + _PATIENCE_S
    while _opened_by_others(file) and time.monotonic() < end:
        time.sleep(_LOOK_S)
    forget(file)
    os._exit(0)  # without closing: the last to close would write the log into the file


def _opened_by_others(file: Path) -> bool:
    """Whether another process has the file open, as far as Linux tells."""
    for opened in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            found = opened.readlink() == file
        except OSError:  # it has ended meanwhile, or is somebody else's
            continue
        if found and opened.parts[2] != str(os.getpid()):
            return True
    return False


def forget(file: Path) -> None:
    """Throw away what was written into the log of a file and never moved into it."""
    for log in ("-wal", "-shm"):
        file.with_name(file.name + log).unlink(missing_ok=True)


if __name__ == "__main__":
    _read_until_left(Path(sys.argv[1]))
