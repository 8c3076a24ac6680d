"""Where the result of an import may be written: a new file, or the place of an earlier result."""

import json
import os
from collections.abc import Iterable
from pathlib import Path

from console.domain.errors import Refused
from console.i18n import _

_BESIDE = ("", "-wal", "-shm", "-journal")  # SQLite keeps these beside the database's own file
_MARKS = frozenset({"mapping", "sha256"})


def check_place(report: Path, sources: Iterable[Path], database: Path | None) -> None:
    """See that writing `report` takes nothing away, neither a source nor a file of the database.

    Raises Refused: `report_place_taken`, `report_not_writable`.
    """
    kept = [*sources, *(Path(f"{database}{end}") for end in _BESIDE if database is not None)]
    try:
        taken = any(_same(report, path) for path in kept)
        taken = taken or (os.path.lexists(report) and not _is_report(report))
    except OSError as problem:
        raise Refused("report_not_writable", file=report, said=problem.strerror) from problem
    if taken:
        raise Refused("report_place_taken", file=report)
    if not report.parent.is_dir():
        raise Refused("report_not_writable", file=report, said=_("没有这个文件夹"))
    if not os.access(report.parent, os.W_OK):
        raise Refused("report_not_writable", file=report, said=_("文件夹不可写"))


def _same(one: Path, other: Path) -> bool:
    """Also by another name of the same file; neither needs to exist."""
    if one.resolve() == other.resolve():
        return True
    return one.exists() and other.exists() and one.samefile(other)


def _is_report(path: Path) -> bool:
    if not path.is_file():
        return False
    try:
        told = json.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError):
        return False
    return isinstance(told, dict) and told.keys() >= _MARKS
