"""A copy of an embedded database before its schema changes: whole, checked, beside it, the last few kept."""

import os
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from time import time

from console.domain.errors import Refused

FOLDER = "backups"
KEPT = 5
_STEP_BYTES = 4_000_000
_SPARE_BYTES = 32_000_000  # for the migration itself, whose journal lies beside the database
_ABANDONED_S = 3600
_NAME = re.compile(r"-\d{4}-\d{8}T\d{6}Z\.sqlite$")

# Bytes copied, bytes in all, and where the copy lies once it is whole. Called on the thread that opens.
Tell = Callable[[int, int, Path | None], None]


def back_up(database: Path, version: str, tell: Tell | None = None, at: datetime | None = None) -> Path:
    """Copy the database of schema `version` into `backups` beside it; where the copy lies.

    Other seats may go on working while it is copied. Of the copies of this database the newest KEPT stay.
    Raises Refused: `backup_no_room`, `backup_not_writable`, `database_damaged`; nothing is left then.
    """
    folder = database.parent / FOLDER
    stamp = (at or datetime.now(UTC)).strftime("%Y%m%dT%H%M%SZ")
    copy = folder / f"{database.stem}-{version}-{stamp}.sqlite"
    fresh = copy.with_suffix(f".{os.getpid()}.new")  # two seats may open at once
    try:
        folder.mkdir(exist_ok=True)
        _clear(folder)
        _room_for(database, folder)
        fresh.touch()
        shutil.copymode(database, fresh)  # who may not read the database may not read its copy
        _copy(database, fresh, tell)
        _settle(fresh, copy)
    except (OSError, sqlite3.Error) as problem:
        _remove(fresh)
        raise _refused(problem, database, folder) from problem
    except BaseException:
        _remove(fresh)
        raise
    for old in copies(database)[KEPT:]:
        _remove(old)
    if tell is not None:
        size = copy.stat().st_size
        tell(size, size, copy)
    return copy


def copies(database: Path) -> list[Path]:
    """The copies that are kept of a database, the newest first."""
    found = (database.parent / FOLDER).glob(f"{database.stem}-*.sqlite")
    ours = [path for path in found if _NAME.fullmatch(path.name.removeprefix(database.stem))]
    return sorted(ours, key=lambda path: path.name[-23:], reverse=True)


def _room_for(database: Path, folder: Path) -> None:
    log = database.with_name(database.name + "-wal")
    needed = database.stat().st_size + (log.stat().st_size if log.exists() else 0) + _SPARE_BYTES
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Refused("backup_no_room", folder=folder, needed=_megabytes(needed), free=_megabytes(free))


def _copy(database: Path, to: Path, tell: Tell | None) -> None:
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(to)) as target:
        (page,) = source.execute("PRAGMA page_size").fetchone()

        def progress(_status: int, left: int, whole: int) -> None:
            if tell is not None:
                tell((whole - left) * page, whole * page, None)

        # One consistent state also while others write: without it a copy in steps begins anew at each commit.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(target, pages=max(1, _STEP_BYTES // page), progress=progress)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, that can be carried away as it is
        (said,) = target.execute("PRAGMA quick_check(1)").fetchone()
        if said != "ok":
            raise sqlite3.DatabaseError(f"malformed: {said}")


def _clear(folder: Path) -> None:
    """Take away what a killed program left half copied."""
    for path in folder.glob("*.new"):
        with suppress(FileNotFoundError):  # another seat that opens just now was quicker
            if time() - path.stat().st_mtime > _ABANDONED_S:
                _remove(path)


def _settle(fresh: Path, copy: Path) -> None:
    """Give the copy its name only when it is on the disk."""
    with fresh.open("rb+") as file:
        os.fsync(file.fileno())
    fresh.replace(copy)


def _refused(problem: Exception, database: Path, folder: Path) -> Refused:
    said = str(problem).lower()
    if "full" in said or "no space" in said or "quota" in said:
        needed = _megabytes(database.stat().st_size + _SPARE_BYTES)
        free = _megabytes(shutil.disk_usage(database.parent).free)
        return Refused("backup_no_room", folder=folder, needed=needed, free=free)
    if "malformed" in said or "not a database" in said:
        return Refused("database_damaged", url=str(database))
    return Refused("backup_not_writable", folder=folder, said=str(problem))


def _remove(path: Path) -> None:
    for each in (path, path.with_name(path.name + "-journal"), path.with_name(path.name + "-wal")):
        with suppress(OSError):
            each.unlink(missing_ok=True)


def _megabytes(number: int) -> int:
    return -(-number // 1_000_000)
