"""The city's lists for filters and forms."""

from dataclasses import dataclass

from sqlalchemy import select

from console.domain.catalogue import CaseClass
from console.domain.city import CityProfile, Department, Level
from console.storage.tables import divisions
from console.storage.unit import View


@dataclass(frozen=True, slots=True)
class DivisionChoice:
    code: str
    name: str
    name_en: str
    level: Level


@dataclass(frozen=True, slots=True)
class CityLists:
    """What an operator chooses from; classes of the edition in force, by code.

    `divisions` are districts and committees, `streets` what a filter may name besides them.
    """

    profile: CityProfile
    divisions: tuple[DivisionChoice, ...]
    streets: tuple[DivisionChoice, ...]
    departments: tuple[Department, ...]
    classes: tuple[CaseClass, ...]


def city_lists(view: View) -> CityLists:
    """The lists of the loaded city. Raises Refused("no_city")."""
    reference = view.reference
    rows = view.connection.execute(
        select(divisions.c.code, divisions.c.name, divisions.c.name_en, divisions.c.level)
        .where(divisions.c.level.in_([Level.DISTRICT, Level.COMMITTEE, Level.STREET]))
        .order_by(divisions.c.level.desc(), divisions.c.code)
    )
    found = [DivisionChoice(code, name, name_en, Level(level)) for code, name, name_en, level in rows]
    return CityLists(
        reference.profile,
        tuple(one for one in found if one.level is not Level.STREET),
        tuple(one for one in found if one.level is Level.STREET),
        tuple(reference.departments.values()),
        tuple(reference.catalogue.classes),
    )
