"""No-report zones (管控): proposed by one, approved by another, ended; each a line of the journal."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from console.domain.case import Source
from console.domain.city_act import CityAct
from console.domain.errors import Refused
from console.domain.text import cleaned
from console.domain.zone import APPROVES, ENDS, PROPOSES, USUAL_SOURCES, Zone, ZoneArea
from console.services.editing import editing_post
from console.storage.areas import area_codes
from console.storage.unit import Unit
from console.storage.zones import add_zone, next_zone, save_zone, zone_by_id


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a zone is to be, see console.domain.zone.Zone; `since` and `until` are aware."""

    reason: str
    area: ZoneArea = ZoneArea.CITY
    codes: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    sources: tuple[Source, ...] = USUAL_SOURCES
    since: datetime | None = None
    until: datetime | None = None


def propose_zone(unit: Unit, proposal: Proposal, *, by: str, at: datetime) -> Zone:
    """Write a zone down; it holds only once it is approved.

    Raises Refused: `needs_post`, `needs_reason`, `zone_without_bound` for one of the whole city without
    an end, `zone_codes` where the codes do not fit the kind of area, `no_such_areas`, `unknown_class`,
    `zone_sources`, `zone_period`.
    """
    post = editing_post(unit, by, PROPOSES)
    _check(unit, proposal, at)
    zone = Zone(
        id=next_zone(unit.connection),
        reason=cleaned(proposal.reason).strip(),
        area=proposal.area,
        codes=tuple(sorted(set(proposal.codes))),
        classes=tuple(sorted(set(proposal.classes))),
        sources=tuple(sorted(set(proposal.sources))),
        since=proposal.since,
        until=proposal.until,
        proposed_by=by,
        proposed_at=at,
    )
    add_zone(unit.connection, zone)
    unit.touch_everything()
    unit.note_city(CityAct.ZONE_PROPOSED, by=by, at=at, post=post, note=zone.reason, details=_details(zone))
    return zone


def approve_zone(unit: Unit, number: int, *, by: str, at: datetime) -> Zone:
    """Let a proposed zone hold.

    Raises Refused: `no_such_zone`, `needs_post`, `own_request`, `zone_settled`, `zone_period`.
    """
    zone = zone_by_id(unit.connection, number)
    post = editing_post(unit, by, APPROVES)
    if zone.approved_at is not None or zone.ended_at is not None:
        raise Refused("zone_settled", zone=number)
    if zone.proposed_by == by:
        raise Refused("own_request")
    if zone.until is not None and zone.until <= at:
        raise Refused("zone_period", since=zone.since, until=zone.until)
    return _saved(unit, replace(zone, approved_by=by, approved_at=at), CityAct.ZONE_APPROVED, by, at, post)


def end_zone(unit: Unit, number: int, *, by: str, at: datetime, note: str = "") -> Zone:
    """End a zone before its time, or turn a proposal down; who proposed it may take it back.

    Raises Refused: `no_such_zone`, `needs_post`, `zone_settled`.
    """
    zone = zone_by_id(unit.connection, number)
    takes_back = zone.approved_at is None and zone.proposed_by == by
    post = editing_post(unit, by, PROPOSES if takes_back else ENDS)
    if zone.ended_at is not None:
        raise Refused("zone_settled", zone=number)
    return _saved(unit, replace(zone, ended_by=by, ended_at=at), CityAct.ZONE_ENDED, by, at, post, note)


def _saved(unit: Unit, zone: Zone, act: CityAct, by: str, at: datetime, post: str, note: str = "") -> Zone:
    save_zone(unit.connection, zone)
    unit.touch_everything()
    unit.note_city(act, by=by, at=at, post=post, note=cleaned(note), details={"zone": zone.id})
    return zone


def _check(unit: Unit, proposal: Proposal, at: datetime) -> None:
    if not proposal.reason.strip():
        raise Refused("needs_reason")
    if bool(proposal.codes) == (proposal.area is ZoneArea.CITY):
        raise Refused("zone_codes", area=proposal.area.value)
    if proposal.area is ZoneArea.CITY and proposal.until is None:
        raise Refused("zone_without_bound")
    if not proposal.sources:
        raise Refused("zone_sources")
    since, until = proposal.since, proposal.until
    if until is not None and (until <= at or (since is not None and until <= since)):
        raise Refused("zone_period", since=since, until=until)
    known = area_codes(unit.connection, proposal.area)
    if unknown := set(proposal.codes) - known:
        raise Refused("no_such_areas", codes=", ".join(sorted(unknown)))
    keys = [item.key for catalogue in unit.reference.catalogues for item in catalogue.classes]
    listable = {*keys, *(f"{key.partition(':')[0]}:" for key in keys), *map(_major, keys)}
    for one in proposal.classes:
        if one not in listable:
            raise Refused("unknown_class", key=one)


def _major(key: str) -> str:
    kind, _, code = key.partition(":")
    return f"{kind}:{code[:2]}"


def _details(zone: Zone) -> dict[str, Any]:
    return {
        "zone": zone.id,
        "area": zone.area.value,
        "codes": list(zone.codes),
        "classes": list(zone.classes),
        "sources": list(zone.sources),
        "since": None if zone.since is None else zone.since.isoformat(),
        "until": None if zone.until is None else zone.until.isoformat(),
    }
