"""Saved views in and out."""

from typing import Any

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from console.domain.saved_view import SHARED, SavedView
from console.storage.seat_tables import saved_views


def views_of(connection: Connection, owner: str) -> tuple[SavedView, ...]:
    """What is shared, then his own, each in its order."""
    query = (
        select(saved_views)
        .where(or_(saved_views.c.owner == owner, saved_views.c.owner == SHARED))
        .order_by(saved_views.c.owner != SHARED, saved_views.c.position, saved_views.c.id)
    )
    return tuple(_view(row) for row in connection.execute(query))


def view_by_id(connection: Connection, number: int) -> SavedView | None:
    row = connection.execute(select(saved_views).where(saved_views.c.id == number)).one_or_none()
    return None if row is None else _view(row)


def add_view(connection: Connection, owner: str, name: str, form: str, position: int | None) -> SavedView:
    """At its position, or without one behind the others."""
    last = select(func.max(saved_views.c.position)).where(saved_views.c.owner == owner)
    if position is None:
        highest = connection.execute(last).scalar_one()
        position = 0 if highest is None else highest + 1
    values = {"owner": owner, "name": name, "form": form, "position": position}
    number = connection.execute(insert(saved_views).values(values).returning(saved_views.c.id)).scalar_one()
    return SavedView(number, owner, name, form, position)


def save_view(connection: Connection, view: SavedView) -> None:
    values = {"owner": view.owner, "name": view.name, "form": view.form, "position": view.position}
    connection.execute(update(saved_views).where(saved_views.c.id == view.id).values(values))


def drop_view(connection: Connection, number: int) -> None:
    connection.execute(delete(saved_views).where(saved_views.c.id == number))


def named_view(connection: Connection, owner: str, name: str) -> SavedView | None:
    row = connection.execute(
        select(saved_views).where(saved_views.c.owner == owner, saved_views.c.name == name)
    ).one_or_none()
    return None if row is None else _view(row)


def _view(row: Any) -> SavedView:
    return SavedView(row.id, row.owner, row.name, row.form, row.position)
