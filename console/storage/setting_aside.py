"""An embedded database put aside whole, with its photos and drafts, and put back: nothing is ever deleted."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from console.domain.errors import Refused
from console.storage.evidence import FOLDER

PLACE = "set-aside"
_DATABASE = "console.sqlite"
_PARTS = (_DATABASE, FOLDER, "anchors.jsonl")
_DRAFTS = "seats/*/drafts.json"  # half written about cases and places of this city, and of no other


def set_aside(folder: Path, at: datetime) -> Path:
    """Move the store of a data folder to a place of its own below it; that place.

    The store is closed, here and everywhere. Raises Refused: `database_in_use`, `folder_not_writable`.
    """
    _come_to_rest(folder / _DATABASE)
    place = folder / PLACE / f"{at:%Y%m%d-%H%M%S}"
    _move(folder, place)
    return place


def put_back(folder: Path) -> Path:
    """Move the newest that was set aside back; where it lay.

    A store without a city makes room, it is set aside itself. The caller has seen that it has none.
    Raises Refused: `nothing_set_aside`, `database_in_use`, `folder_not_writable`.
    """
    kept = set_aside_places(folder)
    if not kept:
        raise Refused("nothing_set_aside", folder=folder / PLACE)
    if (folder / _DATABASE).exists():
        _come_to_rest(folder / _DATABASE)
        _move(folder, folder / PLACE / f"empty-{kept[-1].name}")
    _move(kept[-1], folder)
    for emptied in (*kept[-1].glob("seats/*"), kept[-1] / "seats", kept[-1]):
        with suppress(OSError):  # something else lies there, and stays
            emptied.rmdir()
    return kept[-1]


def set_aside_places(folder: Path) -> list[Path]:
    """What was set aside, oldest first."""
    return sorted(place for place in (folder / PLACE).glob("[0-9]*") if (place / _DATABASE).is_file())


def _come_to_rest(database: Path) -> None:
    """Write everything into the one file, which shows at once that nobody else has it open."""
    try:
        with closing(sqlite3.connect(database, timeout=0)) as connection:
            (mode,) = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.OperationalError as problem:
        raise Refused("database_in_use") from problem
    if mode != "delete":
        raise Refused("database_in_use")


def _move(from_: Path, to: Path) -> None:
    """The database last: a place without one holds nothing."""
    moved: list[Path] = []
    try:
        for part in _parts(from_):
            (to / part).parent.mkdir(parents=True, exist_ok=True)
            (from_ / part).rename(to / part)
            moved.append(part)
    except OSError as problem:
        for part in reversed(moved):  # all of it or nothing: photos lie where their database is
            (to / part).rename(from_ / part)
        raise Refused("folder_not_writable", folder=to, said=problem.strerror) from problem


def _parts(folder: Path) -> Iterator[Path]:
    """What belongs to the store, as it is called below its folder."""
    yield from (draft.relative_to(folder) for draft in sorted(folder.glob(_DRAFTS)))
    for name in reversed(_PARTS):
        if (folder / name).exists():
            yield Path(name)
