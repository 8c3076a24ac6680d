"""The codes of the city's areas, by kind."""

from sqlalchemy import Connection, select

from console.domain.zone import ZoneArea
from console.storage.tables import divisions, responsibility_grids, unit_grids


def area_codes(connection: Connection, *kinds: ZoneArea) -> frozenset[str]:
    """Every code of these kinds; the whole city has none."""
    return frozenset(code for kind in kinds for code in _codes(connection, kind))


def _codes(connection: Connection, kind: ZoneArea) -> list[str]:
    match kind:
        case ZoneArea.CITY:
            return []
        case ZoneArea.COMMUNITY:  # a pack need not list its communities: the grids name them
            asked = select(unit_grids.c.community).distinct()
        case ZoneArea.RESPONSIBILITY_GRID:
            asked = select(responsibility_grids.c.code)
        case ZoneArea.UNIT_GRID:
            asked = select(unit_grids.c.code)
        case _:
            asked = select(divisions.c.code).where(divisions.c.level == kind.value)
    return list(connection.execute(asked).scalars())
