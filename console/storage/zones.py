"""No-report zones in and out; one is never deleted, it ends."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from console.domain.case import Source
from console.domain.errors import Refused
from console.domain.zone import Zone, ZoneArea
from console.storage.meta import touch
from console.storage.tables import zones


def read_zones(connection: Connection) -> tuple[Zone, ...]:
    """Every zone in the order of proposal, those that ended too."""
    return tuple(_zone(row) for row in connection.execute(select(zones).order_by(zones.c.id)))


def zone_by_id(connection: Connection, number: int) -> Zone:
    """Raises Refused("no_such_zone")."""
    row = connection.execute(select(zones).where(zones.c.id == number)).one_or_none()
    if row is None:
        raise Refused("no_such_zone", zone=number)
    return _zone(row)


def next_zone(connection: Connection) -> int:
    """The number of the next zone, from 1."""
    last: int | None = connection.execute(select(func.max(zones.c.id))).scalar_one()
    return (last or 0) + 1


def add_zone(connection: Connection, zone: Zone) -> None:
    connection.execute(insert(zones).values(_row(zone)))
    touch(connection)


def save_zone(connection: Connection, zone: Zone) -> None:
    connection.execute(update(zones).where(zones.c.id == zone.id).values(_row(zone)))
    touch(connection)


def _row(zone: Zone) -> dict[str, Any]:
    told = asdict(zone)
    return {
        **{name: told[name] for name in told.keys() - {"area", "codes"}},
        "area_kind": zone.area.value,
        "area_codes": " ".join(zone.codes),
        "classes": " ".join(zone.classes),
        "sources": " ".join(zone.sources),
    }


def _zone(row: Any) -> Zone:
    told = dict(row._mapping)
    kind, codes = told.pop("area_kind"), told.pop("area_codes")
    told["classes"] = tuple(row.classes.split())
    told["sources"] = tuple(map(Source, row.sources.split()))
    return Zone(area=ZoneArea(kind), codes=tuple(codes.split()), **told)
