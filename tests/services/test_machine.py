"""A crowd does whatever comes to its mind to one store, and every step keeps to the rules.

How long is said by MACHINE_STEPS, 1,500 where nobody says; MACHINE_SEED repeats a run. A step is one
rule of the machine: an act, a report, a taking back, a crash ... legal or not.
"""

import os
import shutil
import signal
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run
from sqlalchemy import event

from console.adapters.practice import standard
from console.domain.calendar import SiteDay
from console.domain.case import Case
from console.domain.errors import Refused
from console.domain.flow import State
from console.domain.operation import Operation
from console.queries.approvals import suspensions_over
from console.services.calendar import remove_days, set_days
from console.services.city import load_city
from console.services.collection import register_report
from console.services.steps import (
    Outcome,
    resume_suspended,
    take_step,
    take_steps,
    undo_step,
    undo_steps,
)
from console.storage.engine import database_url
from console.storage.unit import Store, Unit
from console.words import REFUSALS
from tests.lives import MONDAY, REPORT
from tests.services.crowd import ASKED, CLASSES, NAMES, crowded_city, report, said, sensible
from tests.services.watcher import Watcher
from tests.storage.seats import whole

T = TypeVar("T")

STEPS = int(os.environ.get("MACHINE_STEPS", "1500"))
SHORT = 10_000  # above it what is found is told as it was met: making it small takes long
SEED = int(os.environ.get("MACHINE_SEED", "20260309"))
STEPS_OF_ONE = 150
MOST_CASES = 8  # that can still go on
BURIED = frozenset({State.NOT_ACCEPTED, State.VOIDED})
PRACTICE = standard()
SENSE = 0.8  # of the work is what the table has now, by somebody who may
PAUSES = (
    timedelta(seconds=1),
    timedelta(seconds=8),
    timedelta(minutes=7),
    timedelta(hours=5),
    timedelta(days=9),
)
ANY = st.integers(0, 2**24 - 1)
LEADER = "leader1"


class Crowd(RuleBasedStateMachine):
    """One store from its first report on."""

    template: Path
    done: Counter[str]

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        shutil.copyfile(self.template, self.path)
        self.store = opened(self.path)
        self.watcher = Watcher(self.path)
        self.now = MONDAY
        self.days: set[date] = set()
        self.turn = 0
        for key in CLASSES[:4]:
            self.change("report", register_report, replace(REPORT, class_key=key), by="both", at=self.now)
        self.watcher.look(self.store)

    def teardown(self) -> None:
        if hasattr(self, "store"):
            assert whole(self.store) == len(self.watcher.cases)
            self.done["lines"] += self.watcher.lines
            self.done["cases"] += len(self.watcher.cases)
            self.watcher.close()
            self.store.close()
            shutil.rmtree(self.folder)

    @property
    def path(self) -> Path:
        return self.folder / "console.sqlite"

    @property
    def codes(self) -> list[str]:
        return [case.code for case in self.watcher.cases.values()]

    def has_cases(self) -> bool:
        return bool(self.watcher.cases)

    @precondition(lambda self: len(self.alive()) < MOST_CASES)
    @rule(what=ANY)
    def report(self, what: int) -> None:
        random = self.luck(what)
        self.attempt("report", register_report, report(random), by=random.choice(NAMES), at=self.tick(random))

    @precondition(has_cases)
    @rule(what=ANY)
    def work(self, what: int) -> None:
        random = self.luck(what)
        case = self.one(random)
        if random.random() < SENSE:
            operation, by = sensible(random, case, PRACTICE, self.now)
            self.act(random, case, operation, by, case.version)
        else:
            seen = random.choice((None, case.version, case.version, case.version - 1))
            self.act(random, case, random.choice(ASKED), random.choice(NAMES), seen)

    @precondition(has_cases)
    @rule(what=ANY)
    def go_on_working(self, what: int) -> None:
        """The same once more: most of what is done in a centre is work."""
        self.work(what)

    @precondition(has_cases)
    @rule(first=ANY, second=ANY)
    def work_on_two(self, first: int, second: int) -> None:
        self.work(first)
        self.every_row_is_what_its_lines_tell()
        self.work(second)

    @precondition(has_cases)
    @rule(what=ANY)
    def take_back(self, what: int) -> None:
        random = self.luck(what)
        if random.random() < 0.3:
            self.work(what)
            return
        case = self.one(random)
        last = self.watcher.facts[case.id][-1].by
        by = random.choice((last, last, "both", random.choice(NAMES)))
        note = random.choice(("", "误操作", "误操作"))
        seen = random.choice((None, case.version, case.version, case.version, case.version + 1))
        refused = self.attempt(
            "undo", undo_step, case.code, by=by, at=self.tick(random), seen=seen, note=note
        )
        assert (refused == "stale") == (seen == case.version + 1)

    @precondition(has_cases)
    @rule(what=ANY)
    def act_on_many(self, what: int) -> None:
        random = self.luck(what)
        if random.random() < 0.6:
            self.work(what)
            return
        wanted = [
            (code, random.choice((None, 2, 3))) for code in random.sample(self.codes, min(4, len(self.codes)))
        ]
        operation, by = sensible(random, self.one(random), PRACTICE, self.now)
        told = said(random, operation, self.codes, self.now)
        at = self.tick(random)
        outcomes = self.change("bulk", take_steps, wanted, operation, told, by=by, at=at)
        self.weigh(outcomes)
        if random.random() < 0.3:
            self.weigh(
                self.change("bulk undo", undo_steps, [(code, None) for code, _ in wanted], by=by, at=at)
            )

    @precondition(has_cases)
    @rule(what=ANY)
    def suspensions_end(self, what: int) -> None:
        random = self.luck(what)
        ends = [case.suspended_until for case in self.watcher.cases.values() if case.suspended_until]
        if ends and random.random() < 0.6:
            self.now = max(self.now, random.choice(ends))
        with self.store.read() as view:
            codes = suspensions_over(view, self.now)
        if not codes:
            self.work(what)
            return
        resumed = self.change("resume", resume_suspended, codes, at=self.now)
        assert [case.code for case in resumed] == codes

    @rule(what=ANY)
    def edit_a_holiday(self, what: int) -> None:
        random = self.luck(what)
        if random.random() < 0.85:
            self.work(what)
            return
        day = self.now.date() + timedelta(days=random.randrange(-2, 12))
        by = LEADER if random.random() < 0.8 else random.choice(NAMES)
        at = self.tick(random)
        if day not in self.days:
            mark = {day: SiteDay(random.random() < 0.5, "临时")}
            if not self.attempt("calendar", set_days, mark, by=by, at=at):
                self.days.add(day)
        elif not self.attempt("calendar", remove_days, [day], by=by, at=at):
            self.days.remove(day)

    @precondition(has_cases)
    @rule(what=ANY)
    def break_down_before_the_commit(self, what: int) -> None:
        random = self.luck(what)
        case = self.one(random)
        operation, by = sensible(random, case, PRACTICE, self.now)
        told = said(random, operation, self.codes, self.now)

        def cut(unit: Unit) -> None:
            take_step(unit, case.code, operation, told, by=by, at=self.now)
            raise PowerCutError

        with pytest.raises((PowerCutError, Refused)), self.store.write() as unit:
            cut(unit)
        self.watcher.nothing_changed()
        self.done["broken"] += 1

    @precondition(has_cases)
    @rule(what=ANY)
    def crash_and_restart(self, what: int) -> None:
        """The process is killed with an act written and not committed, or just committed."""
        random = self.luck(what)
        if random.random() < 0.9:  # a process of its own costs as much as thirty steps
            self.work(what)
            return
        case = self.one(random)
        operation, by = sensible(random, case, PRACTICE, self.now)
        told = said(random, operation, self.codes, self.now)
        committed = random.random() < 0.5
        self.store.close()
        self.watcher.close()
        _killed(
            self.path, committed, lambda unit: take_step(unit, case.code, operation, told, by=by, at=self.now)
        )
        self.store = opened(self.path)
        self.watcher = self.watcher.again()
        if not committed:
            self.watcher.nothing_changed()
        self.watcher.look(self.store)
        self.done["killed"] += 1

    @invariant()
    def every_row_is_what_its_lines_tell(self) -> None:
        if hasattr(self, "store"):
            self.done["steps"] += 1
            self.watcher.look(self.store)

    def act(self, random: Random, case: Case, operation: Operation, by: str, seen: int | None) -> None:
        told = said(random, operation, self.codes, self.now)
        at = self.tick(random)
        refused = self.attempt(
            operation.value, take_step, case.code, operation, told, by=by, at=at, seen=seen
        )
        assert (refused == "stale") == (seen is not None and seen != case.version)

    def attempt(self, name: str, service: Callable[..., Any], *args: Any, **told: Any) -> str:
        """The code by which a service refused, empty where it did its work; a refusal changes nothing."""
        try:
            self.change(name, service, *args, **told)
        except Refused as problem:
            code = problem.code
        else:
            return ""
        assert code in REFUSALS
        self.watcher.nothing_changed()
        self.done[f"refused: {code}"] += 1
        return code

    def change(self, name: str, service: Callable[..., T], *args: Any, **told: Any) -> T:
        with self.store.write() as unit:
            result = service(unit, *args, **told)
        self.done[name] += 1
        return result

    def weigh(self, outcomes: list[Outcome]) -> None:
        for one in outcomes:
            assert (one.case is None) == (one.problem is not None)
            assert one.problem is None or one.problem.code in REFUSALS

    def luck(self, what: int) -> Random:
        """Chances that differ from turn to turn: Hypothesis likes to draw the same number again."""
        self.turn += 1
        return Random(f"{what} {self.turn}")

    def one(self, random: Random) -> Case:
        """Mostly a case with which something can still be done."""
        everything = list(self.watcher.cases.values())
        return (
            random.choice(self.alive() or everything) if random.random() < 0.9 else random.choice(everything)
        )

    def alive(self) -> list[Case]:
        return [case for case in self.watcher.cases.values() if case.state not in BURIED]

    def tick(self, random: Random) -> Any:
        self.now += random.choices(PAUSES, (8, 5, 5, 2, 1))[0]
        return self.now


class PowerCutError(Exception):
    """Whatever ends a transaction in the middle."""


def _killed(path: Path, committed: bool, act: Callable[[Unit], object]) -> None:
    child = os.fork()
    if not child:
        try:
            store = opened(path)
            with store.write() as unit:
                act(unit)
                if not committed:
                    os.kill(os.getpid(), signal.SIGKILL)
        finally:
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)


def opened(path: Path) -> Store:
    """The store with its durability off, for the disk is not what is tested here."""
    store = Store(database_url(f"sqlite:///{path}", path.parent), practice=PRACTICE)

    def hasten(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA synchronous=OFF")

    event.listen(store.engine, "connect", hasten)
    return store


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("crowd") / "console.sqlite"
    store = opened(path)
    store.prepare()
    with store.write() as unit:
        load_city(unit, crowded_city(), by=LEADER, at=MONDAY)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return path


@pytest.mark.timeout(0)
def test_that_whatever_a_crowd_does_keeps_to_the_rules(template: Path) -> None:
    done: Counter[str] = Counter()
    machine = seed(SEED)(type("CrowdOnSqlite", (Crowd,), {"template": template, "done": done}))
    examples = max(1, STEPS // STEPS_OF_ONE)
    run(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=STEPS_OF_ONE,
            deadline=None,
            database=None,
            phases=(Phase.generate, Phase.shrink) if STEPS <= SHORT else (Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
    print(f"seed {SEED}: {dict(sorted(done.items()))}")
    assert done["steps"] >= STEPS // 2, done
