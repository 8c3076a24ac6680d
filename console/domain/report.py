"""A report as it comes in, before it is a case."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from console.domain.case import Case, Flag, Source
from console.domain.errors import Refused
from console.domain.evidence import Evidence
from console.domain.flow import State
from console.domain.text import cleaned

LONGEST_TEXT = 100_000


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody saw; `lon`, `lat` EPSG:4490 degrees or None, `class_key` may be empty.

    `self_handled` says that the patroller put it right himself (自处置).
    """

    source: Source
    description: str
    class_key: str = ""
    lon: float | None = None
    lat: float | None = None
    address: str = ""
    reporter: str = ""
    evidence: tuple[Evidence, ...] = ()
    self_handled: bool = False


def reported(report: Report, *, code: str, edition: str, at: datetime) -> Case:
    """The case a report opens. Raises Refused: `empty_report`, `text_too_long`, `bad_place`."""
    text = cleaned(report.description).strip()
    if not text:
        raise Refused("empty_report")
    if len(text) > LONGEST_TEXT:
        raise Refused("text_too_long", length=len(text), most=LONGEST_TEXT)
    if (report.lon is None) != (report.lat is None):
        raise Refused("bad_place")
    if report.lon is not None and report.lat is not None:
        check_place(report.lon, report.lat)
    return Case(
        code=code,
        state=State.REPORTED,
        source=report.source,
        description=text,
        reported_at=at,
        class_key=report.class_key,
        edition=edition if report.class_key else "",
        lon=report.lon,
        lat=report.lat,
        address=cleaned(report.address).strip(),
        reporter=cleaned(report.reporter).strip(),
        flags=(Flag.SELF_HANDLED,) if report.self_handled else (),
    )


def check_place(lon: float, lat: float) -> None:
    """Raises Refused("bad_place") on anything that is no point of the earth (also NaN)."""
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise Refused("bad_place", lon=lon, lat=lat)


def case_code(at: datetime, timezone: str, number: int) -> str:
    """What people call a case: the day it was reported and its number on that day, 13 digits."""
    return f"{at.astimezone(ZoneInfo(timezone)):%Y%m%d}{number:05d}"
