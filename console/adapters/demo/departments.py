"""The demo city's departments, and its responsibility list for every class of a catalogue."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from console.adapters.demo.territory import Body
from console.domain.catalogue import Catalogue
from console.domain.city import Department, DepartmentKind, ResponsibilityRule
from console.system import resource

CITY = "410100"


def departments(districts: Sequence[Body], committees: Sequence[Body]) -> list[Department]:
    """Bodies by their own code, then city departments (410100-nn), then offices (body-nn)."""
    raw = _raw("departments.toml")
    made = [
        *(Department(body.code, body.name, body.name_en, DepartmentKind.DISTRICT) for body in districts),
        *(Department(body.code, body.name, body.name_en, DepartmentKind.COMMITTEE) for body in committees),
    ]
    for group, kind in (("bureaus", DepartmentKind.BUREAU), ("professional", DepartmentKind.PROFESSIONAL)):
        for role, (name, name_en) in raw[group].items():
            made.append(Department(_city_code(role), name, name_en, kind))
    for body in (*districts, *committees):
        for role in _roles(body.code):
            name, name_en = raw["offices"][role]
            made.append(
                Department(
                    _office_code(body.code, role),
                    f"{body.name.removesuffix('管委会')}{name}",
                    f"{body.name_en.removesuffix(' Committee')} {name_en}",
                    DepartmentKind.DISTRICT_BUREAU,
                    parent=body.code,
                    division=body.code,
                )
            )
    return made


def responsibilities(
    districts: Sequence[Body], committees: Sequence[Body], catalogues: Iterable[Catalogue]
) -> list[ResponsibilityRule]:
    """One line for each class, place and department, and a last one for classes nobody named.

    Lines name whole classes: the editions number their classes apart, so that the beginning of a
    code says nothing across them. A class of both editions is listed under either code.
    """
    bodies = [body.code for body in (*districts, *committees)]
    answers = _answers()
    made: dict[ResponsibilityRule, None] = {}
    for catalogue in catalogues:
        for item in catalogue.classes:
            for priority, role in enumerate(answers.get((item.kind.value, item.name), ("city",))):
                made.update(dict.fromkeys(_lines(role, item.key, priority, bodies)))
    made.update(dict.fromkeys(_lines("city", "", 0, bodies)))
    made.update(dict.fromkeys(_lines("b_city", "", 1, bodies)))
    return list(made)


def _lines(role: str, prefix: str, priority: int, bodies: Sequence[str]) -> list[ResponsibilityRule]:
    if role not in _raw("departments.toml")["offices"]:
        return [ResponsibilityRule(_city_code(role), prefix, "", priority)]
    return [ResponsibilityRule(_office_for(body, role), prefix, body, priority) for body in bodies]


def _office_for(body: str, role: str) -> str:
    """The body's office for a task, or the one that takes it over where there is none."""
    while role not in _roles(body):
        role = _raw("departments.toml")["instead"][role]
    return _office_code(body, role)


def _roles(body: str) -> list[str]:
    raw = _raw("departments.toml")
    return list(raw["committee_offices"].get(body, raw["offices"]))


def _city_code(role: str) -> str:
    raw = _raw("departments.toml")
    return f"{CITY}-{[*raw['bureaus'], *raw['professional']].index(role) + 1:02d}"


def _office_code(body: str, role: str) -> str:
    return f"{body}-{_roles(body).index(role) + 1:02d}"


def _answers() -> Mapping[tuple[str, str], Sequence[str]]:
    """Kind and name of a class -> the tasks that answer for it, the first before the others."""
    raw = _raw("responsibilities.toml")
    return {
        (kind, name): line["who"]
        for kind in ("part", "event")
        for line in raw[kind]
        for name in line["classes"].split()
    }


@cache
def _raw(name: str) -> Mapping[str, Any]:
    return tomllib.loads(resource("demo", name).read_text("utf-8"))
