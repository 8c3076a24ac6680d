"""Times as files write them: declared formats to instants, the same in every locale.

Not strptime: its %p and %b follow the process's locale, which Qt sets, so that `AM` would be unknown
on a Chinese desktop and known on the command line.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from console.domain.errors import Refused

ISO = "iso"

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PATTERNS = {
    "Y": r"(?P<year>\d{4})",
    "m": r"(?P<month>\d{1,2})",
    "b": rf"(?P<month_name>{'|'.join(_MONTHS)})",
    "d": r"(?P<day>\d{1,2})",
    "H": r"(?P<hour>\d{1,2})",
    "I": r"(?P<hour12>\d{1,2})",
    "p": r"(?P<half>AM|PM|上午|下午)",
    "M": r"(?P<minute>\d{1,2})",
    "S": r"(?P<second>\d{1,2})",
    "f": r"(?P<fraction>\d{1,6})",
    "z": r"(?P<offset>Z|[+-]\d{2}:?\d{2})",
    "%": "%",
}
DIRECTIVES = ", ".join(f"%{letter}" for letter in _PATTERNS)


@lru_cache(maxsize=64)
def compiled(pattern: str) -> re.Pattern[str]:
    """A format of strptime's letters as a pattern; ValueError names what it lacks or what is unknown."""
    parts = re.split(r"%(.?)", pattern)
    written = [re.escape(parts[0])]
    for letter, text in zip(parts[1::2], parts[2::2], strict=True):
        if letter not in _PATTERNS:
            raise ValueError(f"%{letter}: {DIRECTIVES}")
        written += [_PATTERNS[letter], re.escape(text)]
    try:
        made = re.compile("".join(written), re.IGNORECASE | re.ASCII)
    except re.error as problem:
        raise ValueError(f"{pattern}: {problem}") from problem
    known = set(made.groupindex)
    if not ({"year", "day"} <= known and known & {"month", "month_name"}):
        raise ValueError(f"{pattern}: year, month and day are needed")
    if ("half" in known) != ("hour12" in known):
        raise ValueError(f"{pattern}: %I and %p go together")
    return made


def local_time(text: str, formats: Sequence[str]) -> datetime:
    """The time that `text` tells in the first format that fits; naive unless it names its offset.

    Raises Refused: `bad_time` where no format fits or the day does not exist.
    """
    for pattern in formats:
        found = _iso(text) if pattern == ISO else _fitted(compiled(pattern), text)
        if found is not None:
            return found
    raise Refused("bad_time", value=text, formats=", ".join(formats))


def instant(local: datetime, zone: ZoneInfo) -> datetime:
    """The UTC instant of a local time; the first of two where clocks were set back."""
    aware = local if local.tzinfo is not None else local.replace(tzinfo=zone)
    try:
        return aware.astimezone(UTC)
    except OverflowError:
        raise Refused("bad_time", value=local.isoformat(" "), formats="0001-9999") from None


def doubt(local: datetime, zone: ZoneInfo) -> str:
    """Why a local time is no single instant (clocks set back or forward), or nothing."""
    if local.tzinfo is not None:
        return ""
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return ""
    there_and_back = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    return "told_twice_by_clocks" if there_and_back == local else "skipped_by_clocks"


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _fitted(pattern: re.Pattern[str], text: str) -> datetime | None:
    match = pattern.fullmatch(text)
    if match is None:
        return None
    part = match.groupdict()
    month = part.get("month_name")
    try:
        return datetime(
            int(part["year"] or 0),
            _MONTHS.index(month.lower()) + 1 if month else int(part.get("month") or 0),
            int(part["day"] or 0),
            _hour(part),
            int(part.get("minute") or 0),
            int(part.get("second") or 0),
            int((part.get("fraction") or "0").ljust(6, "0")),
            tzinfo=_offset(part.get("offset")),
        )
    except ValueError:
        return None


def _hour(part: dict[str, str | None]) -> int:
    twelve, half = part.get("hour12"), part.get("half")
    if twelve is None:
        return int(part.get("hour") or 0)
    hour = int(twelve)
    if not 1 <= hour <= 12:
        raise ValueError(twelve)
    return hour % 12 + (12 if half and half.upper() in {"PM", "下午"} else 0)


def _offset(text: str | None) -> timezone | None:
    if text is None:
        return None
    if text in "Zz":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    span = timedelta(hours=hours, minutes=minutes)
    return timezone(-span if text[0] == "-" else span)
