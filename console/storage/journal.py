"""The append-only record of facts: written with the change it tells, chained line to line, read back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby, repeat
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, func, insert, literal_column, select

from console.domain.case import Fact
from console.domain.city_act import CityAct, CityFact
from console.domain.evidence import Evidence, Role
from console.domain.operation import Operation
from console.storage.chain import FIRST, Told, chained, link
from console.storage.columns import Kept, as_json, instant, ticks
from console.storage.direct import Direct, Statement, streamed
from console.storage.known import known
from console.storage.tables import cases, journal

_READ = {column.name: column.type.typed for column in cases.columns if isinstance(column.type, Kept)}
_OPERATIONS = {one.value: one for one in Operation}
_LINE = tuple(column.name for column in journal.columns if column.name != "id")
_FACT = (
    journal.c.number,
    journal.c.operation,
    journal.c.at,
    journal.c.by,
    journal.c.changes,
    journal.c.note,
    journal.c.post,
    journal.c.details,
    journal.c.evidence,
)
_OF_CASE = Statement(
    select(*_FACT).where(journal.c.case_id == bindparam("case_id")).order_by(journal.c.number)
)
_AT_ONCE = 100
_OF_MANY = Statement(
    select(journal.c.case_id, *_FACT)
    .where(journal.c.case_id.in_([bindparam(f"case{at}") for at in range(_AT_ONCE)]))
    .order_by(journal.c.case_id, journal.c.number)
)
_ALL = Statement(
    select(journal.c.case_id, *_FACT)
    .where(journal.c.case_id.is_not(None))
    .order_by(journal.c.case_id, journal.c.number)
)
_CITY = (
    select(journal.c.operation, journal.c.at, journal.c.by, journal.c.note, journal.c.post, journal.c.details)
    .where(journal.c.case_id.is_(None))
    .order_by(journal.c.id)
)
_EVIDENCE = Statement(
    select(journal.c.evidence).where(journal.c.evidence != literal_column("'[]'")).order_by(journal.c.id)
)
_LAST = select(journal.c.hash).where(journal.c.id == select(func.max(journal.c.id)).scalar_subquery())
_HEAD = Statement(_LAST)
_INSERT = Statement(insert(journal).inline(), _LINE)


head_now = _LAST.scalar_subquery()


def append(connection: Connection, direct: Direct, case_id: int, fact: Fact) -> None:
    told = _told(case_id, fact)
    head = link(_head(connection, direct), told)
    direct.changed(_INSERT, (*told, head))
    known(connection).head = head


def append_many(connection: Connection, facts: Iterable[tuple[int, Fact]]) -> None:
    """Append facts, each with the id of its case."""
    _write(connection, (_told(case_id, fact) for case_id, fact in facts))


def append_city(connection: Connection, fact: CityFact) -> None:
    """Append an act on the city itself."""
    told = (None, 0, fact.act.value, ticks(fact.at), fact.by, fact.post)
    _write(connection, [(*told, "{}", as_json(fact.details), fact.note, "[]")])


def facts_of(connection: Connection, case_id: int) -> list[Fact]:
    """The facts of one case in their order."""
    return [_fact(line) for line in Direct(connection).every(_OF_CASE, (case_id,))]


def facts_of_many(connection: Connection, case_ids: Sequence[int]) -> dict[int, list[Fact]]:
    """The facts of some cases in their order, by case; a hundred cases in one statement."""
    direct = Direct(connection)
    found: dict[int, list[Fact]] = {case_id: [] for case_id in case_ids}
    for first in range(0, len(case_ids), _AT_ONCE):
        some = case_ids[first : first + _AT_ONCE]
        for line in direct.every(_OF_MANY, (*some, *repeat(some[-1], _AT_ONCE - len(some)))):
            found[line[0]].append(_fact(line[1:]))
    return found


def city_facts(connection: Connection) -> list[CityFact]:
    """The acts on the city itself in their order."""
    return [
        CityFact(CityAct(act), at, by, note, post, orjson.loads(details))
        for act, at, by, note, post, details in connection.execute(_CITY)
    ]


def every_case(connection: Connection) -> Iterator[tuple[int, list[Fact] | None]]:
    """Each case id with its facts, None where a line cannot be read; one case in memory at a time."""
    lines = streamed(connection, _ALL)
    for case_id, group in groupby(lines, key=lambda line: line[0]):
        try:
            facts = [_fact(line[1:]) for line in group]
        except (ValueError, TypeError, AttributeError):
            yield case_id, None
        else:
            yield case_id, facts


def every_evidence(connection: Connection) -> Iterator[Evidence]:
    """What was taken in with any fact, in the order of the journal."""
    for (told,) in streamed(connection, _EVIDENCE):
        yield from map(_evidence, orjson.loads(told))


def written(changes: Mapping[str, Any]) -> str:
    """Changed fields as JSON: instants become microseconds since 1970 UTC."""
    return as_json(changes)


def read(text: str) -> dict[str, Any]:
    """The changed fields back in their types, told by the field's name."""
    told: dict[str, Any] = orjson.loads(text)
    for name, value in told.items():
        typed = _READ.get(name)
        if typed is not None and value is not None:
            told[name] = typed(value)
    return told


def _write(connection: Connection, lines: Iterable[Told]) -> None:
    direct = Direct(connection)
    rows = list(chained(_head(connection, direct), lines))
    direct.many(_INSERT, rows)
    if rows:
        known(connection).head = rows[-1][-1]


def _head(connection: Connection, direct: Direct) -> str:
    head = known(connection).head
    if head is not None:
        return head
    found = direct.one(_HEAD)
    return FIRST if found is None else found[0]


def _told(case_id: int, fact: Fact) -> Told:
    return (
        case_id,
        fact.number,
        fact.operation.value,
        ticks(fact.at),
        fact.by,
        fact.post,
        as_json(fact.changes),
        as_json(fact.details) if fact.details else "{}",
        fact.note,
        as_json([asdict(item) for item in fact.evidence]) if fact.evidence else "[]",
    )


def _fact(line: Iterable[Any]) -> Fact:
    number, operation, at, by, changes, note, post, details, evidence = line
    return Fact(
        number,
        _OPERATIONS.get(operation) or Operation(operation),
        instant(at),
        by,
        read(changes),
        note,
        post,
        {} if details == "{}" else orjson.loads(details),
        () if evidence == "[]" else tuple(map(_evidence, orjson.loads(evidence))),
    )


def _evidence(told: Mapping[str, Any]) -> Evidence:
    taken_at = told["taken_at"]
    return Evidence(
        **{
            **told,
            "role": Role(told["role"]),
            "taken_at": None if taken_at is None else instant(taken_at),
        }
    )
