"""The last told place of every patroller, in and out."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from console.domain.position import Position
from console.storage.seat_tables import positions
from console.storage.upsert import insert_into

_CHUNK = 200  # rows of four values: SQLite takes 999 values in a statement of old


def read_positions(connection: Connection) -> dict[str, Position]:
    """By name."""
    found = connection.execute(select(positions))
    return {row.name: Position(row.name, row.lon, row.lat, row.at) for row in found}


def put_positions(connection: Connection, told: Iterable[Position]) -> None:
    """Write over what was told earlier; what was told later stays."""
    latest: dict[str, Position] = {}
    for one in told:
        if one.name not in latest or latest[one.name].at < one.at:
            latest[one.name] = one
    rows = [{"name": one.name, "lon": one.lon, "lat": one.lat, "at": one.at} for one in latest.values()]
    for first in range(0, len(rows), _CHUNK):
        insert = insert_into(connection, positions).values(rows[first : first + _CHUNK])
        new = insert.excluded
        connection.execute(
            insert.on_conflict_do_update(
                index_elements=("name",),
                set_={"lon": new.lon, "lat": new.lat, "at": new.at},
                where=positions.c.at < new.at,
            )
        )
