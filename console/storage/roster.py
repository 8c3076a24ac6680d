"""The duty roster in and out."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from sqlalchemy import Connection, and_, delete, insert, select, update

from console.domain.actor import Post
from console.domain.duty import USUAL, Duty, Shift
from console.storage.tables import duties, shifts


def read_shifts(connection: Connection) -> tuple[Shift, ...]:
    """The site's shifts by their beginning, the usual ones where it has set none."""
    rows = connection.execute(select(shifts).order_by(shifts.c.begins, shifts.c.code)).all()
    return tuple(map(_shift, rows)) or USUAL


def put_shifts(connection: Connection, listed: Iterable[Shift]) -> None:
    """Put these in the place of the present ones."""
    connection.execute(delete(shifts))
    rows = [
        {
            "code": one.code,
            "name": one.name,
            "name_en": one.name_en,
            "begins": f"{one.begins:%H:%M}",
            "ends": f"{one.ends:%H:%M}",
        }
        for one in listed
    ]
    connection.execute(insert(shifts), rows)


def read_duties(connection: Connection, first: date, last: date) -> tuple[Duty, ...]:
    """Who is on duty from the day `first` to `last`, leaders first, then by seat and name."""
    found = connection.execute(
        select(duties)
        .where(duties.c.day >= first, duties.c.day <= last)
        .order_by(duties.c.day, duties.c.shift, duties.c.leads.desc(), duties.c.seat, duties.c.person)
    )
    return tuple(map(_duty, found))


def put_duties(connection: Connection, listed: Iterable[Duty]) -> None:
    rows = [
        {
            "day": one.day,
            "shift": one.shift,
            "person": one.person,
            "post": one.post.value if one.post else "",
            "seat": one.seat,
            "leads": one.leads,
        }
        for one in listed
    ]
    if rows:
        connection.execute(insert(duties), rows)


def clear_days(connection: Connection, days: Iterable[date]) -> None:
    """Take everybody off the roster of these days."""
    connection.execute(delete(duties).where(duties.c.day.in_(sorted(days))))


def drop_duty(connection: Connection, day: date, shift: str, person: str) -> bool:
    """Take one person off one shift; False where he was not on it."""
    there = and_(duties.c.day == day, duties.c.shift == shift, duties.c.person == person)
    return connection.execute(delete(duties).where(there)).rowcount == 1


def drop_leader(connection: Connection, day: date, shift: str) -> None:
    """Let nobody lead a shift; whoever did stays on it."""
    there = and_(duties.c.day == day, duties.c.shift == shift)
    connection.execute(update(duties).where(there).values(leads=False))


def shifts_in_use(connection: Connection, since: date) -> set[str]:
    """The codes that the roster names from the day `since` on."""
    return set(connection.execute(select(duties.c.shift).where(duties.c.day >= since).distinct()).scalars())


def _shift(row: Any) -> Shift:
    return Shift(row.code, row.name, row.name_en, *map(time.fromisoformat, (row.begins, row.ends)))


def _duty(row: Any) -> Duty:
    return Duty(row.day, row.shift, row.person, Post(row.post) if row.post else None, row.seat, row.leads)
