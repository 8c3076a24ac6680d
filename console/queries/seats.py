"""Who may sit here: the people of the city's list, with where they belong in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from console.domain.actor import Actor
from console.domain.staff import Member
from console.storage.tables import divisions
from console.storage.unit import View


@dataclass(frozen=True, slots=True)
class Seated:
    """One person of the list; `where` is the Chinese and English name of the department or division."""

    member: Member
    where: tuple[str, str]


def seats(view: View) -> tuple[Seated, ...]:
    """Everybody of the list by name; nobody where the city keeps none."""
    reference = view.reference
    rows = view.connection.execute(select(divisions.c.code, divisions.c.name, divisions.c.name_en))
    names = {code: (name, name_en) for code, name, name_en in rows}
    names |= {one.code: (one.name, one.name_en) for one in reference.departments.values()}
    return tuple(Seated(one, _where(one, names)) for one in reference.staff.values())


def sitting(view: View, name: str) -> Actor:
    """Who acts under `name`: with every post where the city keeps no list."""
    return view.reference.actor(name)


def _where(member: Member, names: Mapping[str, tuple[str, str]]) -> tuple[str, str]:
    code = member.department or member.division
    return names.get(code, (code, ""))
