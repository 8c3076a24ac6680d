"""A kept store lent to a measurement: it may write, and nothing of that stays.

A copy of a year takes half a minute and 12 GB. Instead a reader of the untouched file stands beside: as long
as it reads, SQLite moves nothing from the log (-wal) into the file. It outlives the borrower, however that
one ends, and whoever of its children still has the file open, however long; then it throws the log away.
So nothing that is measured here waits for a checkpoint; what has to, like the soak, takes a copy.

What the file weighs and when it was last written is noted beside it, so that a year into which something was
written all the same is known (`untouched`) and made anew.
"""

import fcntl
import json
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
_NOTED = "untouched.json"
_READS = "reads"
_LOOK_S, _PATIENCE_S = 0.05, 60.0
_staying: list["subprocess.Popen[bytes]"] = []  # readers that wait for somebody else


@contextmanager
def borrowed(kept: Path) -> Iterator[Path]:
    """A data folder whose database is the kept one, for one borrower after the other."""
    file = (kept / FILE).resolve()
    with (kept / LOCK).open("w") as lock, TemporaryDirectory(prefix="borrowed-") as folder:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the reader holds it too, and longer than a borrower that is killed
        link = Path(folder) / FILE
        link.symlink_to(file)
        # A session of its own: what ends the borrower from its terminal does not end the reader.
        reader = subprocess.Popen(
            [sys.executable, "-m", "tests.perf.borrowed", str(file), str(link)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, pass_fds=(lock.fileno(),), start_new_session=True,
        )  # fmt: skip
        assert reader.stdin is not None
        assert reader.stdout is not None
        if not reader.stdout.readline():
            raise RuntimeError(f"{file} cannot be read")
        try:
            yield Path(folder)
        finally:
            reader.stdin.close()
            reader.stdout.close()
            _wait_for(reader, file)


def _wait_for(reader: "subprocess.Popen[bytes]", file: Path) -> None:
    """Until nobody has the file any more; who keeps it open for good is told, and the reader stays."""
    try:
        reader.wait(_PATIENCE_S)
    except subprocess.TimeoutExpired:
        _staying.append(reader)
        others = ", ".join(sorted(_openers(file, reader.pid)))
        print(f"{file} is still open in process {others}; it stays lent until it is not", file=sys.stderr)


def copied(kept: Path, folder: Path) -> Path:
    """A data folder of its own inside `folder`, for what writes much."""
    data = folder / "data"
    data.mkdir()
    shutil.copyfile(kept / FILE, data / FILE)
    return data


def note_untouched(folder: Path) -> None:
    """Say that the database of a kept folder is as it is to be."""
    (folder / _NOTED).write_text(json.dumps(_seen(folder / FILE)), "utf-8")


def untouched(folder: Path) -> bool:
    """Whether nothing was written into a kept database since that was noted."""
    noted = folder / _NOTED
    return noted.exists() and json.loads(noted.read_text("utf-8")) == _seen(folder / FILE)


def _seen(file: Path) -> list[int]:
    told = file.stat()
    return [told.st_size, told.st_mtime_ns]


def _read_until_left(file: Path, link: Path) -> None:
    """The reader's own life: it begins on the untouched file and ends when nobody has it open."""
    forget(file)
    store = sqlite3.connect(f"file:{file}?mode=ro", uri=True, isolation_level=None)
    store.execute("BEGIN")
    store.execute("SELECT count(*) FROM meta").fetchone()
    print(_READS, flush=True)
    sys.stdin.read()
    link.unlink(missing_ok=True)  # a child that was just started must not find the file any more
    while _openers(file, os.getpid()):
        time.sleep(_LOOK_S)
    forget(file)
    os._exit(0)  # without closing: the last to close would write the log into the file


def _openers(file: Path, but: int) -> set[str]:
    """The processes that have the file open, as far as Linux tells."""
    told = file.stat()
    found = set()
    for opened in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            same = os.path.samestat(opened.stat(), told)
        except OSError:  # it has ended meanwhile, or is somebody else's
            continue
        if same:
            found.add(opened.parts[2])
    return found - {str(but)}


def forget(file: Path) -> None:
    """Throw away what was written into the log of a file and never moved into it."""
    for log in ("-wal", "-shm"):
        file.with_name(file.name + log).unlink(missing_ok=True)


if __name__ == "__main__":
    _read_until_left(Path(sys.argv[1]), Path(sys.argv[2]))
