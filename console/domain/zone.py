"""No-report zones (管控): where, when and from whom problems of listed classes are not taken for a while."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.domain.actor import Post
from console.domain.case import Case, Source

# Patrols and cameras can be told to pass by; a citizen's report always comes in.
USUAL_SOURCES = (Source.PATROL, Source.VIDEO)

PROPOSES = frozenset({Post.SHIFT_LEADER, Post.DISPATCHER, Post.EVALUATOR, Post.LEADER})
APPROVES = frozenset({Post.LEADER})
ENDS = frozenset({Post.SHIFT_LEADER, Post.LEADER})


class ZoneArea(StrEnum):
    """What kind of areas the codes of a zone name; the whole city needs none."""

    CITY = "city"
    DISTRICT = "district"
    COMMITTEE = "committee"
    STREET = "street"
    COMMUNITY = "community"
    RESPONSIBILITY_GRID = "responsibility_grid"
    UNIT_GRID = "unit_grid"


@dataclass(frozen=True, slots=True)
class Zone:
    """One zone: it holds from its approval by somebody else until it is ended.

    `classes` are class keys, kinds (`part:`) or kinds with a major class (`event:03`); none means
    every class. `since` and `until` bound the time, the end not included; None leaves it open.
    Instants are aware UTC.
    """

    id: int
    reason: str
    area: ZoneArea
    codes: tuple[str, ...]
    classes: tuple[str, ...]
    sources: tuple[Source, ...]
    since: datetime | None
    until: datetime | None
    proposed_by: str
    proposed_at: datetime
    approved_by: str = ""
    approved_at: datetime | None = None
    ended_by: str = ""
    ended_at: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether it is approved, not ended, and `now` lies in its time."""
        if self.approved_at is None or self.ended_at is not None:
            return False
        return (self.since is None or self.since <= now) and (self.until is None or now < self.until)


def forbidding(zones: Iterable[Zone], case: Case, now: datetime) -> Zone | None:
    """The zone that keeps such a report out now, the longest first, or None."""
    found = [
        zone
        for zone in zones
        if zone.holds(now) and case.source in zone.sources and _lies_in(zone, case) and _listed(zone, case)
    ]
    return max(found, key=lambda zone: (zone.until is None, zone.until or now), default=None)


def _lies_in(zone: Zone, case: Case) -> bool:
    match zone.area:
        case ZoneArea.CITY:
            return True
        case ZoneArea.DISTRICT:
            code = case.district
        case ZoneArea.COMMITTEE:
            code = case.committee
        case ZoneArea.STREET:
            code = case.street
        case ZoneArea.COMMUNITY:
            code = case.cell[:-3]  # a unit grid's code is its community's and three digits more
        case ZoneArea.RESPONSIBILITY_GRID:
            code = case.responsibility_grid
        case ZoneArea.UNIT_GRID:
            code = case.cell
    return bool(code) and code in zone.codes


def _listed(zone: Zone, case: Case) -> bool:
    if not zone.classes:
        return True
    kind, _, code = case.class_key.partition(":")
    # Whole keys, not beginnings: part:0105 of one edition must not stand for part:01051 of another.
    return not {f"{kind}:", f"{kind}:{code[:2]}", case.class_key}.isdisjoint(zone.classes)
