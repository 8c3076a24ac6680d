"""The city's own data in and out: divisions, grids, departments, catalogues, calendar, map layers."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import uuid4

from sqlalchemy import Column, Connection, Row, Table, delete, insert, select

from console.domain.actor import EVERY_POST, Actor
from console.domain.advice import advised
from console.domain.calendar import CalendarTable, WorkCalendar
from console.domain.catalogue import (
    CaseClass,
    Catalogue,
    ClassKind,
    Crossing,
    FilingCondition,
    Limit,
    LimitUnit,
)
from console.domain.city import CityContent, CityProfile, Department, DepartmentKind, ResponsibilityRule
from console.domain.practice import OPEN, Practice
from console.domain.staff import Member
from console.domain.zone import Zone
from console.storage import tables
from console.storage.calendar import read_calendar, replace_calendar
from console.storage.direct import Direct, Statement
from console.storage.meta import get_meta, put_meta, revision, touch
from console.storage.practice import has_practice, put_practice, read_practice
from console.storage.staff import read_staff, replace_staff
from console.storage.zones import read_zones

_REPLACED: tuple[Table, ...] = (
    tables.layers,
    tables.divisions,
    tables.responsibility_grids,
    tables.unit_grids,
    tables.responsibility_rules,
)

# What refers to another comes before it.
_CATALOGUE: tuple[Table, ...] = (
    tables.crossings,
    tables.limit_variants,
    tables.filing_conditions,
    tables.case_classes,
    tables.catalogues,
)

_lines = tables.responsibility_rules.c
_RULES = Statement(  # five thousand of a city: the driver's own rows
    select(_lines.department, _lines.class_prefix, _lines.division, _lines.priority).order_by(_lines.id)
)
# The same holds of the catalogues: every start waits for them. Columns stand in the order of their tables.
_VARIANTS = Statement(select(tables.limit_variants).order_by(tables.limit_variants.c.variant))
_CONDITIONS = Statement(select(tables.filing_conditions).order_by(tables.filing_conditions.c.number))
_CLASSES = Statement(select(tables.case_classes).order_by(tables.case_classes.c.key))

PROFILE = "city"
GRIDS_REVISION = "grids_revision"


@dataclass(frozen=True)
class Reference:
    """What acts look things up in: read once per revision of the city, shared by all threads."""

    revision: str
    profile: CityProfile
    catalogues: tuple[Catalogue, ...]
    departments: dict[str, Department]
    rules: tuple[ResponsibilityRule, ...]
    table: CalendarTable
    practice: Practice = OPEN
    staff: Mapping[str, Member] = field(default_factory=dict)
    zones: tuple[Zone, ...] = ()

    @cached_property
    def catalogue(self) -> Catalogue:
        """The edition in force."""
        return next(item for item in self.catalogues if item.edition == self.profile.edition)

    def edition(self, name: str) -> Catalogue:
        return next((item for item in self.catalogues if item.edition == name), self.catalogue)

    def advised(self, class_key: str, places: tuple[str, ...]) -> tuple[str, ...]:
        """See console.domain.advice; what was asked before is remembered."""
        asked = class_key, places
        if asked not in self._advised:
            self._advised[asked] = advised(self.rules, class_key, places)
        return self._advised[asked]

    @cached_property
    def _advised(self) -> dict[tuple[str, tuple[str, ...]], tuple[str, ...]]:
        return {}

    @cached_property
    def calendar(self) -> WorkCalendar:
        return WorkCalendar.around(self.table, date.today().year)  # noqa: DTZ011  a span, not a fact

    def actor(self, name: str) -> Actor:
        """Who `name` is: in the list of staff, or somebody of every post where a city keeps none.

        Who is not in a list holds no post at all.
        """
        if not self.staff:
            return Actor(name, EVERY_POST)
        member = self.staff.get(name)
        return Actor(name, frozenset()) if member is None else member.actor


def replace_city(connection: Connection, content: CityContent) -> None:
    """Put `content` in the place of the city that was there.

    Cases stay, and with them the departments and editions that only they name (an import brought
    those, see console.services.intake).
    """
    for table in _REPLACED:
        connection.execute(delete(table))
    named = select(tables.cases.c.department)
    coming = [item.code for item in content.departments]
    gone = tables.departments.c.code.in_(coming) | tables.departments.c.code.not_in(named)
    connection.execute(delete(tables.departments).where(gone))
    used = select(tables.cases.c.edition)
    for table in _CATALOGUE:
        connection.execute(delete(table).where(table.c.edition.not_in(used)))
    _put(connection, tables.layers, ({"name": n, "data": d} for n, d in content.layers.items()))
    _put(connection, tables.divisions, (asdict(item) for item in content.divisions))
    _put(connection, tables.responsibility_grids, (asdict(item) for item in content.responsibility_grids))
    _put(
        connection,
        tables.unit_grids,
        ({**asdict(item), "position": at} for at, item in enumerate(content.unit_grids)),
    )
    add_departments(connection, content.departments)
    _put(connection, tables.responsibility_rules, (asdict(item) for item in content.rules))
    for catalogue in content.catalogues:
        add_catalogue(connection, catalogue)
    before = profile(connection)
    replace_calendar(
        connection,
        content.calendar,
        keep_site=before is not None and before.code == content.profile.code,
    )
    if content.practice is not None and not has_practice(connection):
        put_practice(connection, content.practice)
    if content.staff and not read_staff(connection):
        replace_staff(connection, content.staff)
    put_profile(connection, content.profile)
    put_meta(connection, GRIDS_REVISION, uuid4().hex)
    touch(connection)


def put_profile(connection: Connection, head: CityProfile) -> None:
    put_meta(connection, PROFILE, json.dumps(asdict(head), ensure_ascii=False))


def add_departments(connection: Connection, departments: Iterable[Department]) -> None:
    _put(connection, tables.departments, (asdict(item) for item in departments))


def add_catalogue(connection: Connection, catalogue: Catalogue) -> None:
    """Write a whole edition, in the place of one of the same name."""
    edition = catalogue.edition
    for table in _CATALOGUE:
        connection.execute(delete(table).where(table.c.edition == edition))
    head = {"edition": edition, "name": catalogue.name, "older": catalogue.older}
    _put(connection, tables.catalogues, [head])
    _put(connection, tables.case_classes, (_class_row(edition, item) for item in catalogue.classes))
    _put(
        connection,
        tables.filing_conditions,
        (_condition_row(edition, item, c) for item in catalogue.classes for c in item.conditions),
    )
    _put(connection, tables.limit_variants, _variant_rows(catalogue))
    _put(connection, tables.crossings, ({"edition": edition, **asdict(c)} for c in catalogue.crossings))


def grids_revision(connection: Connection) -> str:
    """Changes when the unit grids do, not with every list."""
    return get_meta(connection, GRIDS_REVISION) or ""


def profile(connection: Connection) -> CityProfile | None:
    """The city that is loaded, or None."""
    text = get_meta(connection, PROFILE)
    return None if text is None else CityProfile(**json.loads(text))


def read_reference(connection: Connection, usual: Practice = OPEN) -> Reference | None:
    """Reference data of the loaded city, or None where no city is loaded.

    `usual` is the practice of a city that has none of its own.
    """
    head = profile(connection)
    if head is None:
        return None
    return Reference(
        revision(connection),
        head,
        tuple(_catalogues(connection)),
        {item.code: item for item in _departments(connection)},
        tuple(ResponsibilityRule(*row) for row in Direct(connection).every(_RULES)),
        read_calendar(connection, head.timezone),
        read_practice(connection, usual),
        read_staff(connection),
        read_zones(connection),
    )


def _put(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    if listed := list(rows):
        connection.execute(insert(table), listed)


def _class_row(edition: str, item: CaseClass) -> dict[str, Any]:
    return {
        "edition": edition,
        "key": item.key,
        "kind": item.kind.value,
        "code": item.code,
        "major": item.major,
        "name": item.name,
        "name_en": item.name_en,
    }


def _condition_row(edition: str, item: CaseClass, condition: FilingCondition) -> dict[str, Any]:
    return {
        "edition": edition,
        "key": item.key,
        "number": condition.number,
        "text": condition.text,
        "closing": condition.closing,
        "limit_value": condition.limit.value,
        "limit_unit": condition.limit.unit.value,
        "proposed": condition.proposed,
        "source": condition.source,
    }


def _variant_rows(catalogue: Catalogue) -> Iterable[dict[str, Any]]:
    for item in catalogue.classes:
        for condition in item.conditions:
            for variant, limit in condition.variants.items():
                yield {
                    "edition": catalogue.edition,
                    "key": item.key,
                    "number": condition.number,
                    "variant": variant,
                    "limit_value": limit.value,
                    "limit_unit": limit.unit.value,
                }


def _catalogues(connection: Connection) -> Iterable[Catalogue]:
    direct = Direct(connection)
    variants: dict[tuple[str, str, int], dict[str, Limit]] = {}
    for edition, key, number, variant, value, unit in direct.every(_VARIANTS):
        variants.setdefault((edition, key, number), {})[variant] = Limit(value, LimitUnit(unit))
    limits: dict[tuple[float, str], Limit] = {}  # a dozen in all
    conditions: dict[tuple[str, str], list[FilingCondition]] = {}
    for edition, key, number, text, closing, value, unit, proposed, source in direct.every(_CONDITIONS):
        limit = limits.get((value, unit)) or limits.setdefault((value, unit), Limit(value, LimitUnit(unit)))
        others = variants.get((edition, key, number), {})
        condition = FilingCondition(number, text, closing, limit, bool(proposed), source, others)
        conditions.setdefault((edition, key), []).append(condition)
    classes: dict[str, list[CaseClass]] = {}
    for edition, key, kind, code, major, name, name_en in direct.every(_CLASSES):
        known = tuple(conditions.get((edition, key), ()))
        classes.setdefault(edition, []).append(CaseClass(ClassKind(kind), code, major, name, name_en, known))
    links: dict[str, list[Crossing]] = {}
    for r in _all(connection, tables.crossings.c.id):
        links.setdefault(r.edition, []).append(Crossing(r.old_key, r.new_key, r.basis))
    for r in _all(connection, tables.catalogues.c.edition):
        yield Catalogue(r.edition, r.name, classes.get(r.edition, []), r.older, links.get(r.edition, []))


def _departments(connection: Connection) -> Iterable[Department]:
    for r in _all(connection, tables.departments.c.code):
        yield Department(r.code, r.name, r.name_en, DepartmentKind(r.kind), r.parent, r.division)


def _all(connection: Connection, order: Column[Any]) -> Sequence[Row[Any]]:
    """Every row of the table of a column, in its order, fetched at once: one by one takes twice as long."""
    return connection.execute(select(order.table).order_by(order)).all()
