"""A kept store lent to a measurement: it may write, and nothing of that stays.

A copy of a year takes half a minute and 12 GB. Instead a reader of the untouched file stands beside: as long
as it reads, SQLite moves nothing from the log (-wal) into the file, and afterwards the log is thrown away. So
nothing that is measured here waits for a checkpoint; what has to, like the soak, takes a copy.
"""

import fcntl
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.perf.year_rows import FILE

_LOCK = ".lent"
_READER = """
import sqlite3, sys
store = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True, isolation_level=None)
store.execute("BEGIN")
store.execute("SELECT count(*) FROM meta").fetchone()
print("reads", flush=True)
sys.stdin.read()
import os
os._exit(0)  # without closing: the last to close would write the log into the file
"""


@contextmanager
def borrowed(kept: Path) -> Iterator[Path]:
    """A data folder whose database is the kept one, for one borrower after the other."""
    with (kept / _LOCK).open("w") as lock, TemporaryDirectory(prefix="borrowed-") as folder:
        fcntl.flock(lock, fcntl.LOCK_EX)
        file = (kept / FILE).resolve()
        _forget(file)  # what a borrower that was killed left
        (Path(folder) / FILE).symlink_to(file)
        with subprocess.Popen(
            [sys.executable, "-c", _READER, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as reader:
            assert reader.stdout is not None
            try:
                if not reader.stdout.readline():
                    raise RuntimeError(f"{file} cannot be read")
                yield Path(folder)
            finally:
                reader.kill()
                reader.wait()
                _forget(file)


def copied(kept: Path, folder: Path) -> Path:
    """A data folder of its own inside `folder`, for what writes much."""
    data = folder / "data"
    data.mkdir()
    shutil.copyfile(kept / FILE, data / FILE)
    return data


def _forget(file: Path) -> None:
    for log in ("-wal", "-shm"):
        file.with_name(file.name + log).unlink(missing_ok=True)
