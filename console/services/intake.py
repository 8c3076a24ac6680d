"""Cases come in from another system: each row opens a case or tells its case what is new.

What a file said before is in the journal, in the facts of Operation.IMPORT. A row is compared with
that, not with the case as it stands: so the same file again changes nothing, whatever the operators
have done since, and a newer file brings what it says anew, field by field.

Once operators have worked on a case its course (state, class, department, times) is theirs: the file
then still brings words and place, and the fields it would have changed are given back as `held`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from console.domain.case import Case, Fact, applied, difference, fold, opening
from console.domain.catalogue import Catalogue
from console.domain.city import Department
from console.domain.errors import Refused
from console.domain.operation import Operation
from console.domain.report import case_code
from console.services.collection import day_counter
from console.storage.cases import Cases
from console.storage.unit import Unit, View

COURSE = frozenset(
    {
        "state",
        "class_key",
        "edition",
        "condition",
        "limit_value",
        "limit_unit",
        "department",
        "accepted_at",
        "filed_at",
        "dispatched_at",
        "due_at",
        "soon_at",
        "current_due_at",
        "visits",
        "unit",
        "handler",
        "request",
        "held",
        "checked",
        "suspended_until",
        "merged_into",
        "fed_back_at",
        "ended_at",
        "redispatches",
        "reworks",
    }
)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A row as a case without code and grid; `note` are its words that no field of a case holds."""

    row: int
    case: Case
    note: str


class Fate(StrEnum):
    """What became of a row."""

    IMPORTED = "imported"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Taken:
    """The fate of one row; `held` are the fields left as the operators set them."""

    incoming: Incoming
    fate: Fate
    case: Case
    held: tuple[str, ...] = ()
    problem: Refused | None = None


def look_over(view: View, rows: Iterable[Incoming]) -> list[Taken]:
    """The rows that change nothing, or may not: told without holding up anybody who writes."""
    places = view.places
    cases = Cases(view.connection)
    found = (_known(cases, incoming, places.placed(incoming.case)) for incoming in rows)
    return [taken for taken, fact in found if fact is None and taken.fate is not Fate.IMPORTED]


def take_in(unit: Unit, rows: Iterable[Incoming], *, by: str, at: datetime) -> Iterator[Taken]:
    """Write rows one by one as they are asked for: who iterates decides where the transaction ends.

    Raises Refused: `no_city`, `no_grids`. A row's own refusal (`external_id_taken`) is its fate.
    """
    places = unit.places
    timezone = unit.reference.profile.timezone
    for incoming in rows:
        taken, news = _known(unit.cases, incoming, places.placed(incoming.case))
        if taken.fate is Fate.IMPORTED:
            yield _opened(unit, taken, timezone, by=by, at=at)
        elif news is None:
            yield taken
        else:
            yield _renewed(unit, taken, news, by=by, at=at)


def add_lists(unit: Unit, catalogue: Catalogue | None, departments: Sequence[Department]) -> None:
    """Make the classes and departments known that a file brings along."""
    if catalogue is not None:
        unit.add_catalogue(catalogue)
    if departments:
        unit.add_departments(departments)


def _known(cases: Cases, incoming: Incoming, told: Case) -> tuple[Taken, dict[str, Any] | None]:
    """What a row will come to, and what it changes in a case that is there (None: nothing is written)."""
    present = cases.by_external_id(told.external_id)
    if present is None:
        return Taken(incoming, Fate.IMPORTED, told), None
    facts = cases.facts(present.id)
    if facts[0].operation is not Operation.IMPORT:
        taken = Refused("external_id_taken", code=present.code, external_id=present.external_id)
        return Taken(incoming, Fate.REJECTED, present, problem=taken), None
    sayings = [fact for fact in facts if fact.operation is Operation.IMPORT]
    before = fold(sayings, present.id)
    news = difference(before, replace(told, code=before.code))
    held: tuple[str, ...] = ()
    if COURSE & difference(before, present).keys():
        held = tuple(name for name in news if name in COURSE and getattr(present, name) != news[name])
        news = {name: value for name, value in news.items() if name not in COURSE}
    if not news and incoming.note == sayings[-1].note:
        return Taken(incoming, Fate.UNCHANGED, present, held), None
    return Taken(incoming, Fate.UPDATED, present, held), news


def _opened(unit: Unit, taken: Taken, timezone: str, *, by: str, at: datetime) -> Taken:
    told = taken.case
    number = unit.cases.reserve(day_counter(told.reported_at, timezone))
    case = replace(told, code=case_code(told.reported_at, timezone, number))
    fact = opening(case, operation=Operation.IMPORT, at=at, by=by, note=taken.incoming.note)
    case = replace(case, version=fact.number)
    return replace(taken, case=replace(case, id=unit.add(case, fact)))


def _renewed(unit: Unit, taken: Taken, news: dict[str, Any], *, by: str, at: datetime) -> Taken:
    fact = Fact(taken.case.version + 1, Operation.IMPORT, at, by, news, taken.incoming.note)
    case = applied(taken.case, fact)
    unit.save(case, fact)
    return replace(taken, case=case)
