"""Somebody who looks at a store from outside, by plain SQL, and holds every step against the rules."""

import json
import sqlite3
from collections import defaultdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import select

from console.domain.acts import standing
from console.domain.acts.clocks import deadline, runs
from console.domain.case import Case, Fact, Flag, applied, difference, fold
from console.domain.flow import ENDED, Goes, State, transition
from console.domain.operation import Operation
from console.storage import journal
from console.storage.cases import case_of
from console.storage.tables import cases
from console.storage.unit import Store

Row = tuple[Any, ...]

_LINES = (
    "SELECT id, case_id, number, operation, at, by, post, changes, details, note, evidence, hash "
    "FROM journal WHERE id > ? ORDER BY id"
)
_HOLDING = {State.SUSPENDED, State.RETURNED, State.MERGED}
_WITH_DEPARTMENT = {State.TO_HANDLE, State.HANDLING, State.SUSPENDED, State.RETURNED, State.FED_BACK}
_CLOCKS = {"due_at", "soon_at", "current_due_at"}


class Watcher:
    """What it saw last, and what must hold of what it sees next."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = sqlite3.connect(path, isolation_level=None)
        self.rows: dict[int, Row] = {}
        self.cases: dict[int, Case] = {}
        self.facts: dict[int, list[Fact]] = defaultdict(list)
        self._last, self._hash = 0, "0" * 64
        self.lines = 0
        for line in self._connection.execute(_LINES, (0,)):
            self._last, self._hash = line[0], line[-1]

    def close(self) -> None:
        self._connection.close()

    def again(self) -> "Watcher":
        """The same after a restart: it remembers, and looks through a new connection."""
        self._connection = sqlite3.connect(self.path, isolation_level=None)
        return self

    def nothing_changed(self) -> None:
        """No row and no line is other than it was."""
        assert self._read() == self.rows
        assert self._connection.execute(_LINES, (self._last,)).fetchall() == []

    def look(self, store: Store) -> None:
        """What changed since is told by chained lines, and is what they tell."""
        rows = self._read()
        lines = self._connection.execute(_LINES, (self._last,)).fetchall()
        told: dict[int, list[int]] = defaultdict(list)
        for line in lines:
            self._chained(line)
            if line[1] is not None:
                told[line[1]].append(line[2])
        changed = {number for number, row in rows.items() if self.rows.get(number) != row}
        assert changed == told.keys(), "a row changes with its line, and a line with its row"
        assert self.rows.keys() <= rows.keys(), "no case is ever gone"
        with store.read() as view:
            for number in sorted(changed):
                facts = journal.facts_of(view.connection, number)
                seen = len(self.facts[number])
                assert [fact.number for fact in facts[seen:]] == told[number]
                row = case_of(
                    view.connection.execute(select(*cases.columns).where(cases.c.id == number)).one()
                )
                self._followed(number, facts, row)
                if runs(row.visits) and row.limit_unit:
                    due, soon = deadline(row, view.reference.calendar, bundled=True)
                    assert (row.due_at, row.soon_at) == (due, soon), "by the calendar as it is now"
        self.rows = rows
        self.lines += len(lines)
        self._together()

    def _read(self) -> dict[int, Row]:
        return {row[0]: row for row in self._connection.execute("SELECT * FROM cases")}

    def _chained(self, line: Row) -> None:
        number, *told, found = line
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        assert found == sha256(f"{self._hash}\n{text}".encode()).hexdigest()
        self._last, self._hash = number, found

    def _followed(self, number: int, facts: list[Fact], row: Case) -> None:
        for fact in facts[len(self.facts[number]) :]:
            before = self.cases.get(number)
            if before is None:
                assert fact.operation is Operation.REGISTER
                after = fold([fact], number)
            else:
                after = applied(before, fact)
                _legal(before, fact, after, self.facts[number])
            self.facts[number].append(fact)
            self.cases[number] = after
        assert self.facts[number] == facts, "what was written stays"
        assert self.cases[number] == row
        _sound(row)

    def _together(self) -> None:
        """What cases say of each other."""
        by_code = {case.code: case for case in self.cases.values()}
        full = {case.merged_into for case in by_code.values() if case.merged_into}
        whole = {case.split_from for case in by_code.values() if case.split_from}
        assert full | whole <= by_code.keys()
        assert {code for code, case in by_code.items() if Flag.SIMILAR in case.flags} == full
        assert {code for code, case in by_code.items() if Flag.SPLIT in case.flags} <= whole


def _legal(before: Case, fact: Fact, after: Case, facts: list[Fact]) -> None:
    operation = fact.operation
    assert after.version == fact.number == before.version + 1
    if operation in (Operation.UNDO, Operation.COUNTER):
        # As before the act that was taken back, but for a clock that runs on by a calendar edited since.
        stood = standing([*facts, fact])
        moved = difference(after, fold(stood, after.id)).keys()
        assert moved <= (_CLOCKS if runs(after.visits) else set())
    elif operation in (Operation.TAKE_IN, Operation.LET_GO):
        assert difference(before, after).keys() <= {"flags"}
    elif operation is Operation.RECLOCK:
        assert difference(before, after).keys() <= _CLOCKS
    elif operation is Operation.VOID and fact.note == before.split_from != "":
        assert after.state is State.VOIDED, "a part goes when its splitting is taken back"
    else:
        row = transition(before.state, operation, before.request)
        assert row is not None, (before.state, operation, before.request)
        target = {Goes.NOWHERE: before.state, Goes.BACK: before.held}.get(row.target, row.target)
        assert after.state is target
        assert after.request is (row.asks or (None if row.answers else after.request))


def _sound(case: Case) -> None:
    """What holds of a case in itself, whatever it went through."""
    assert (case.ended_at is not None) == (case.state in ENDED)
    assert (case.held is not None) == (case.state in _HOLDING)
    assert (case.suspended_until is not None) == (case.state is State.SUSPENDED)
    assert (case.merged_into != "") == (case.state is State.MERGED)
    assert (case.request is None) == (case.asked_at is None) == (case.asked_by == "")
    assert (case.supervision > 0) == (Flag.SUPERVISED in case.flags)
    assert case.flags == tuple(sorted(set(case.flags)))
    assert case.department or case.state not in _WITH_DEPARTMENT
    assert all(visit.stop is not None for visit in case.visits[:-1])
    running = runs(case.visits)
    assert running == (case.state in {State.TO_HANDLE, State.HANDLING, State.RETURNED})
    if running and case.limit_unit:
        assert case.due_at is not None
        assert case.current_due_at == case.due_at
    assert case.current_due_at is None or case.state not in ENDED
    assert (case.soon_at is None) == (case.current_due_at is None)
