"""The city's staff in and out."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from console.domain.actor import Post
from console.domain.staff import Member
from console.storage.meta import touch
from console.storage.tables import staff, unit_grids


def read_staff(connection: Connection) -> dict[str, Member]:
    """Everybody by name; a patroller without a position stands at the centre of his grid."""
    listed = [_member(row) for row in connection.execute(select(staff).order_by(staff.c.name)).all()]
    lost = any(one.lon is None and one.responsibility_grid for one in listed)
    centres = _centres(connection) if lost else {}
    return {one.name: _placed(one, centres) for one in listed}


def replace_staff(connection: Connection, members: Iterable[Member]) -> None:
    """Put this list in the place of the one that was there."""
    connection.execute(delete(staff))
    rows = [
        {
            "name": one.name,
            "posts": " ".join(sorted(one.posts)),
            "department": one.department,
            "division": one.division,
            "responsibility_grid": one.responsibility_grid,
            "lon": None if one.by_grid else one.lon,
            "lat": None if one.by_grid else one.lat,
        }
        for one in members
    ]
    if rows:
        connection.execute(insert(staff), rows)
    touch(connection)


def _member(row: Any) -> Member:
    posts = frozenset(map(Post, row.posts.split()))
    return Member(row.name, posts, row.department, row.division, row.responsibility_grid, row.lon, row.lat)


def _placed(member: Member, centres: Mapping[str, tuple[float, float]]) -> Member:
    centre = centres.get(member.responsibility_grid)
    if member.lon is not None or centre is None:
        return member
    return replace(member, lon=centre[0], lat=centre[1], by_grid=True)


def _centres(connection: Connection) -> dict[str, tuple[float, float]]:
    """The middle of the points inside a responsibility grid's cells, which are of about one size."""
    grid = unit_grids.c.responsibility_grid
    middle = select(grid, func.avg(unit_grids.c.lon), func.avg(unit_grids.c.lat)).group_by(grid)
    return {code: (lon, lat) for code, lon, lat in connection.execute(middle).all()}
