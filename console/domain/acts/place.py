"""A wrong point put right: grids, divisions and the limit of another tier follow, the old place is told."""

from typing import Any
from zoneinfo import ZoneInfo

from console.domain.acts.deed import Decisions, Deed, Inputs
from console.domain.case import Case
from console.domain.catalogue import Limit, limit_for
from console.domain.errors import Refused
from console.domain.operation import Operation
from console.domain.spot import Spot


def _relocate(deed: Deed) -> dict[str, Any]:
    spot, case = deed.told.spot, deed.case
    assert spot is not None  # console.domain.acts.needs has seen to it
    if (spot.lon, spot.lat) == (case.lon, case.lat):
        raise Refused("same_place", code=case.code)
    names = ("lon", "lat", "cell", "responsibility_grid", "street", "district", "committee")
    moved = {name: getattr(spot, name) for name in names}
    found = {name: value for name, value in moved.items() if value != getattr(case, name)}
    return found | _limit(deed, spot)


def _limit(deed: Deed, spot: Spot) -> dict[str, Any]:
    """The limit of the new area's tier, for a case that was filed and not answered yet."""
    case, filed = deed.case, deed.told.case_class
    condition = filed.condition(case.condition) if filed is not None and case.filed_at is not None else None
    if condition is None or case.filed_at is None or case.fed_back_at is not None or not case.limit_unit:
        return {}
    practice = deed.practice
    plants = practice.plants(case.filed_at.astimezone(ZoneInfo(deed.calendar.table.timezone)).date())

    def limit(where: Case | Spot) -> Limit:
        return limit_for(condition, practice.tier(where.street, where.committee, where.district), plants)

    before, after = limit(case), limit(spot)
    # Where both areas have one tier the case keeps the limit it was given, whatever the list says by now.
    return {} if before == after else {"limit_value": after.value, "limit_unit": after.unit.value}


def place_details(case: Case, told: Inputs) -> dict[str, Any]:
    """Where the case was and where it is, as lon, lat and unit grid; nothing for any other act."""
    spot = told.spot
    if spot is None:
        return {}
    return {"place": {"from": [case.lon, case.lat, case.cell], "to": [spot.lon, spot.lat, spot.cell]}}


DECIDE: Decisions = {Operation.RELOCATE: _relocate}
