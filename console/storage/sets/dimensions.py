"""What the sets know of a case: each dimension as SQL, and its raw value as a short text."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import BigInteger, ColumnElement, Text, case, literal_column, type_coerce

from console.domain.case import Flag
from console.storage import sorted_by
from console.storage.columns import ticks
from console.storage.sets.alphabet import SHOWN, Alphabets
from console.storage.sorted_by import constant
from console.storage.tables import cases

HOURS = 2  # the width of a stretch of time: a busy city reports a thousand cases in it
_WIDTH = HOURS * 3600 * 1_000_000
_NOUGHT = 50_000_000  # keeps the texts of all stretches from year 1 to 9999 eight digits long

# When a case counts for handling: at its deadline, or earlier where it was handled earlier.
moment: ColumnElement[Any] = case(
    (cases.c.fed_back_at < cases.c.due_at, cases.c.fed_back_at), else_=cases.c.due_at
)
# An area is a committee where there is one: its cases are not its host district's.
area: ColumnElement[str] = case(
    (cases.c.committee != literal_column("''"), cases.c.committee), else_=cases.c.district
)

# What the figures of the board ask of a case beside its instants; the bits of the dimension `marks`.
MARKS: dict[str, ColumnElement[bool]] = {
    "redispatched": cases.c.redispatches > constant(0),
    "fed_back": cases.c.fed_back_at.is_not(None),
    "in_time": cases.c.fed_back_at <= cases.c.due_at,
    "reworked": cases.c.reworks > constant(0),
    "extended": cases.c.extensions > constant(0),
}


def marked(name: str) -> tuple[str, ...]:
    """The values of `marks` that say it."""
    bit = 1 << list(MARKS).index(name)
    return tuple(str(value) for value in range(1 << len(MARKS)) if value & bit)


def stretch(moment: datetime) -> str:
    """The stretch of time in which an instant lies."""
    return _stretch(int(ticks(moment) / _WIDTH))  # towards nought, as both databases divide


def stretches(since: datetime | None, until: datetime | None) -> tuple[str, str]:
    """The first and the last stretch of a period."""
    return (
        _stretch(-_NOUGHT) if since is None else stretch(since),
        _stretch(_NOUGHT - 1) if until is None else stretch(until),
    )


def _stretch(number: int | None) -> str:
    return "" if number is None else f"{number + _NOUGHT:08d}"


def _text(value: Any) -> str:
    return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Dimension:
    """`said` is what the database tells of a case, `value` makes the text under which it is kept.

    Nothing at all is kept under the empty text.
    """

    name: str
    said: ColumnElement[Any]
    value: Callable[[Any], str] = _text


def _plain(name: str) -> Dimension:
    return Dimension(name, type_coerce(cases.c[name], Text))


def _cut(name: str, length: int) -> Dimension:
    return Dimension(name, sorted_by.cut(name, length))


def _time(name: str, said: ColumnElement[Any]) -> Dimension:
    return Dimension(name, type_coerce(said, BigInteger).op("/")(constant(_WIDTH)), _stretch)


RUNNING, STOPPED = "a", "b"  # a clock that runs sorts before one that stopped
_running = type_coerce(cases.c.current_due_at, BigInteger).op("/")(constant(_WIDTH)) + constant(_NOUGHT)
_stopped = type_coerce(cases.c.due_at, BigInteger).op("/")(constant(_WIDTH)) + constant(_NOUGHT)
# One whole number tells both: beyond 10 digits it is a clock that stopped.
_BEYOND = 1_000_000_000


def _due(value: int | None) -> str:
    if value is None:
        return ""
    return f"{STOPPED}{value - _BEYOND:08d}" if value >= _BEYOND else f"{RUNNING}{value:08d}"


def _flags(told: str) -> str:
    """The same text for the same flags, in whichever order a row tells them."""
    said = set(orjson.loads(told))
    return ",".join(f'"{flag.value}"' for flag in Flag if flag.value in said)


def _number(value: float | None) -> str:
    return "" if value is None else repr(float(value))


SHOWN_HANDLER = 64  # a name may be of any length, and a key of PostgreSQL may not
CODE_SHOWN = 10  # the day and the thousand: 20260309 00 017
CELL_SHOWN = 12  # the community: single cells would be too many sets

DIMENSIONS: Sequence[Dimension] = (
    *map(
        _plain,
        (
            "state",
            "source",
            "class_key",
            "department",
            "district",
            "committee",
            "street",
            "responsibility_grid",
            "request",
        ),
    ),
    Dimension("flags", type_coerce(cases.c.flags, Text), _flags),
    Dimension("limit", sorted_by.limit, _number),
    *(Dimension(name, sorted_by.counted(name)) for name in ("reworks", "extensions", "returns")),
    Dimension("area", area),
    Dimension(
        "marks",
        sum(
            (case((said, constant(1 << bit)), else_=constant(0)) for bit, said in enumerate(MARKS.values())),
            constant(0),
        ),
    ),
    Dimension(
        "due",
        case((cases.c.current_due_at.is_not(None), _running), else_=_stopped + constant(_BEYOND)),
        _due,
    ),
    *(_time(name, cases.c[name]) for name in ("reported_at", "accepted_at", "filed_at", "dispatched_at")),
    *(_time(name, cases.c[name]) for name in ("fed_back_at", "ended_at", "suspended_until")),
    _time("moment", moment),
    _cut("handler", SHOWN_HANDLER),
    _cut("code", CODE_SHOWN),
    _cut("cell", CELL_SHOWN),
    *(_cut(name, length) for name, length in SHOWN.items()),
)
# Within a value of these dimensions cases are sorted by these; nothing is kept of the empty value.
KEYS: Mapping[str, Sequence[ColumnElement[Any]]] = {
    "due": (cases.c.current_due_at, cases.c.due_at),
    **{
        name: (cases.c[name],)
        for name in ("reported_at", "fed_back_at", "ended_at", "suspended_until", "code", "address")
    },
    "description": (sorted_by.description,),
    # By the first alone; the others say where the case lies, of those outside every grid too.
    "cell": (cases.c.cell, cases.c.lon, cases.c.lat),
}
PLACED = "cell"
NAMES = tuple(one.name for one in DIMENSIONS)


def valued(alphabets: Alphabets) -> tuple[Callable[[Any], str], ...]:
    """For each dimension how its raw value becomes the text under which it is kept."""
    return tuple(alphabets[one.name].place if one.name in SHOWN else one.value for one in DIMENSIONS)
