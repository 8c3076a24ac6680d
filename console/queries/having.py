"""A filter of console.domain.wanted as sets of ids: the same cases as its SQL lets through."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from pyroaring import BitMap
from sqlalchemy import ColumnElement, Connection, select

from console.domain.case import Flag
from console.domain.flow import OPEN, Step
from console.domain.wanted import CaseFilter, Figure
from console.queries.clocks import Clocks
from console.queries.figures import UNCOUNTED
from console.queries.filter import Meant, states_of
from console.queries.search import Said
from console.storage.columns import ticks
from console.storage.sets.among import Among, told_ids
from console.storage.sets.dimensions import (
    CELL_SHOWN,
    KEYS,
    SHOWN_HANDLER,
    marked,
    moment,
    stretch,
    stretches,
)
from console.storage.sets.live import LiveSets
from console.storage.tables import cases

_MANY = 20_000  # candidates that are sooner looked for in all rows than one by one
_FEW = 16  # rows that are sooner asked than the keys of the stretch in which they lie


@dataclass(frozen=True, slots=True)
class Part:
    """What one condition lets through: `sure` surely, of `maybe` those of which `said` is true.

    `dear`: it is not to be asked of rows that are no candidates. `kept` tells of some cases those that it
    surely lets through, and those whose rows have to be asked.
    """

    sure: BitMap
    maybe: BitMap
    said: ColumnElement[bool] | None = None
    dear: bool = False
    kept: Callable[[BitMap], tuple[BitMap, BitMap]] | None = None


def found(connection: Connection, sets: LiveSets, wanted: CaseFilter, now: datetime, told: Meant) -> BitMap:
    """The cases that the filter lets through."""
    parts = list(_Parts(connection, sets, now).of(wanted, told))
    result: BitMap | None = None
    for part in sorted(parts, key=lambda one: len(one.sure) + len(one.maybe)):
        let = part.sure | part.maybe if part.maybe else part.sure
        result = let.copy() if result is None else result & let
    if result is None:
        return sets.everything().copy()
    for part in parts:
        asked = result & part.maybe
        if asked and part.said is not None:
            result -= asked - _let(connection, asked, part, part.said)
    return result


def _let(connection: Connection, asked: BitMap, part: Part, said: ColumnElement[bool]) -> BitMap:
    """Those of some cases that a part lets through."""
    if part.kept is None or len(asked) <= _FEW:
        return _true(connection, asked, said, dear=part.dear)
    let, unknown = part.kept(asked)
    return let | _true(connection, unknown, said, dear=part.dear) if unknown else let


def _true(connection: Connection, ids: BitMap, said: ColumnElement[bool], *, dear: bool) -> BitMap:
    """Those cases of which a condition holds."""
    query = select(cases.c.id).where(said)
    if dear and len(ids) > _MANY:
        told = ids.to_array()
        some = (BitMap(told[at : at + _MANY]) for at in range(0, len(told), _MANY))
        return BitMap.union(*(_true(connection, one, said, dear=dear) for one in some))
    if len(ids) <= _MANY:
        query = query.where(Among())
        return BitMap(connection.execute(query, {"ids": told_ids(ids)}).scalars().all())
    return BitMap(connection.execute(query).scalars().all())


class _Parts:
    """The conditions of a filter, in the order of console.queries.filter.conditions."""

    def __init__(self, connection: Connection, sets: LiveSets, now: datetime) -> None:
        self._connection = connection
        self._sets = sets
        self._now = now

    def of(self, wanted: CaseFilter, told: Meant) -> Iterable[Part]:
        if wanted.figure is not None:
            yield from self._figure(wanted.figure)
        elif wanted.step is not None:
            states = states_of(wanted.step)
            yield self._any("state", states if wanted.step is Step.EVALUATION else OPEN & set(states))
        elif not wanted.everything and not wanted.states and wanted.request is None:
            yield self._any("state", OPEN)
        yield from self._clocks(wanted)
        for name, since, until in (
            ("reported_at", wanted.reported_since, wanted.reported_until),
            ("ended_at", wanted.ended_since, wanted.ended_until),
            ("reported_at", self._ago(wanted.newer_than), self._ago(wanted.older_than)),
        ):
            if since is not None or until is not None:
                yield self._period(name, cases.c[name], since, until)
        if wanted.division:
            yield _sure(
                self._sets.any("district", [wanted.division]) | self._sets.any("committee", [wanted.division])
            )
        if wanted.classes:
            yield self._having("class_key", wanted.classes)
        for name in ("department", "street", "responsibility_grid", "source", "request"):
            asked = getattr(wanted, name)
            if asked:
                yield self._any(name, [asked])
        yield from self._cut(wanted)
        if told.within is not None:
            yield Part(*told.within.among(self._sets), told.within.condition, dear=True)
        if wanted.states:
            yield self._any("state", wanted.states)
        if wanted.flag is not None:
            yield _sure(self._flagged(wanted.flag))
        if wanted.posts:
            yield self._any("state", told.waiting)
        for word in told.words:
            yield self._said(word)

    def _clocks(self, wanted: CaseFilter) -> Iterable[Part]:
        now = self._now
        if wanted.late or wanted.late_times or wanted.due_within is not None:
            clocks = self._sets.following(Clocks)
        if wanted.late:
            yield _sure(clocks.due(None, now))
        if wanted.late_times:
            yield _sure(clocks.late(wanted.late_times, now))
        if wanted.due_within is not None:
            yield _sure(clocks.due(now, now + wanted.due_within))

    def _said(self, word: Said) -> Part:
        if word.hits is None:
            return Part(BitMap(), self._sets.everything(), word.condition)
        named = self._sets.any("class_key", word.classes) | self._sets.any("department", word.departments)
        return _sure(word.hits | named)

    def _cut(self, wanted: CaseFilter) -> Iterable[Part]:
        """Values that the sets know by their beginning only."""
        for name, asked, shown in (
            ("cell", wanted.cell, CELL_SHOWN),
            ("handler", wanted.handler, SHOWN_HANDLER),
        ):
            if asked:
                let = self._sets.any(name, [asked[:shown]])
                yield _sure(let) if len(asked) < shown else Part(BitMap(), let, cases.c[name] == asked)

    def _figure(self, figure: Figure) -> Iterable[Part]:
        since, until, count = figure.since, figure.until, figure.count
        if count in {"accepted", "filed", "dispatched", "effective"}:
            name = "dispatched_at" if count == "effective" else f"{count}_at"
            yield self._period(name, cases.c[name], since, until)
        else:
            yield self._period("moment", moment, since, until)
            uncounted = self._sets.any("state", UNCOUNTED) | self._flagged(Flag.EXEMPT)
            yield _sure(self._sets.everything() - uncounted)
        if count not in {
            "accepted",
            "filed",
            "dispatched",
            "effective",
            "to_handle",
            "handled",
            "handled_in_time",
        }:
            yield self._until_now()
        if count in {"closed", "closed_in_time"}:
            yield self._any("state", ["closed"])
        for name, counts in _MARKED.items():
            if count in counts:
                yield self._any("marks", marked(name))
        if count == "effective":
            yield _sure(self._sets.everything() - self._sets.any("marks", marked("redispatched")))
        if figure.code is not None:
            yield self._any(figure.grouping, [figure.code])

    def _until_now(self) -> Part:
        return self._period("moment", moment, None, self._now + _TICK)

    def _flagged(self, flag: Flag) -> BitMap:
        return self._sets.having("flags", lambda told: f'"{flag.value}"' in told)

    def _any(self, dimension: str, values: Iterable[str]) -> Part:
        return _sure(self._sets.any(dimension, map(str, values)))

    def _having(self, dimension: str, beginning: str) -> Part:
        return _sure(self._sets.having(dimension, lambda value: value.startswith(beginning)))

    def _period(
        self,
        dimension: str,
        column: ColumnElement[Any],
        since: datetime | None,
        until: datetime | None,
    ) -> Part:
        """A half open period: the stretches inside it surely, those at its edges by the row."""
        let = self._sets.between(dimension, *stretches(since, until))
        edges = {stretch(one) for one in (since, until) if one is not None}
        said = [column >= since] if since is not None else []
        if until is not None:
            said.append(column < until)
        edge = [value for value in let if value in edges]
        return Part(
            self._sets.any(dimension, [value for value in let if value not in edges]),
            self._sets.any(dimension, edge),
            _all(said),
            kept=partial(self._between, dimension, edge, since, until) if dimension in KEYS else None,
        )

    def _between(
        self,
        dimension: str,
        values: Sequence[str],
        since: datetime | None,
        until: datetime | None,
        asked: BitMap,
    ) -> tuple[BitMap, BitMap]:
        """Of some cases those whose instant lies in a period, and those whose rows have to be asked.

        The instants stand beside the sets, two hours of them in one place; the rows of as many cases lie in a
        thousand, and a disk that is asked for each takes as many milliseconds.
        """
        first = None if since is None else ticks(since)
        beyond = None if until is None else ticks(until)
        let, unknown = BitMap(), BitMap()
        for value in values:
            told, young = self._sets.keys(dimension, value, asked)
            unknown |= young
            let.update(
                case_id
                for at, case_id in told
                if (first is None or at >= first) and (beyond is None or at < beyond)
            )
        return let, unknown

    def _ago(self, span: timedelta | None) -> datetime | None:
        return None if span is None else self._now - span


_TICK = timedelta(microseconds=1)
# Which counts of a figure ask for a mark.
_MARKED: dict[str, Sequence[str]] = {
    "fed_back": ("handled",),
    "in_time": ("handled_in_time", "closed_in_time"),
    "reworked": ("reworked",),
    "extended": ("extended",),
}


def _sure(ids: BitMap) -> Part:
    return Part(ids, BitMap())


def _all(said: Sequence[ColumnElement[bool]]) -> ColumnElement[bool] | None:
    result: ColumnElement[bool] | None = None
    for one in said:
        result = one if result is None else result & one
    return result
