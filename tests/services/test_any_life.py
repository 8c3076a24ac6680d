"""Whatever is done to cases in a real store, legal or not: rows, journals and a model of them agree."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from console.domain.case import Case, difference
from console.domain.errors import Refused
from console.domain.flow import ENDED, transition
from console.domain.operation import Operation
from console.services.steps import Told, take_step, undo_step
from console.storage.unit import Store
from tests.conftest import CITY, Databases
from tests.lives import BY, MINUTE, MONDAY, TOLD, registered
from tests.storage.seats import whole

ASKED = sorted(set(Operation) - {Operation.REGISTER, Operation.IMPORT, Operation.UNDO})
told = st.sampled_from([None, None, None, Told(), Told(department="P01"), Told(condition=2, note="x")])


class AnyLife(RuleBasedStateMachine):
    """Operators who do whatever comes to their mind, some of them looking at yesterday's screen."""

    databases: Databases
    codes = Bundle("codes")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store = Store(self.databases.new(CITY, self.folder))
        self.model: dict[str, list[Case]] = {}
        self.done: dict[str, list[Operation]] = {}
        self.now = MONDAY

    def teardown(self) -> None:
        assert whole(self.store) == len(self.model)
        self.store.close()
        shutil.rmtree(self.folder)

    @rule(target=codes)
    def report(self) -> str:
        case = registered(self.store, at=self.tick())
        self.model[case.code] = [case]
        self.done[case.code] = [Operation.REGISTER]
        return case.code

    @rule(code=codes, operation=st.sampled_from(ASKED), words=told, old_screen=st.booleans())
    def act(self, code: str, operation: Operation, words: Told | None, old_screen: bool) -> None:
        before = self.model[code][-1]
        seen = before.version - 1 if old_screen else before.version
        said = words or TOLD.get(operation, Told())
        after, refused = self.tried(take_step, code, operation, said, seen=seen)
        row = transition(before.state, operation)
        assert (refused == "stale") == old_screen
        assert (refused == "wrong_step") == (row is None and not old_screen)
        if after is not None:
            assert row is not None
            assert (after.state, after.version) == (row.target, before.version + 1)
            self.model[code].append(after)
            self.done[code].append(operation)

    @rule(code=codes)
    def undo(self, code: str) -> None:
        after, refused = self.tried(undo_step, code)
        nothing = self.done[code][-1] in {Operation.REGISTER, Operation.UNDO}
        assert refused == ("nothing_to_undo" if nothing else "")
        if after is not None:
            assert difference(self.model[code][-2], after) == {}
            self.model[code].append(after)
            self.done[code].append(Operation.UNDO)

    @invariant()
    def rows_are_the_model(self) -> None:
        with self.store.read() as view:
            found = {
                line.code: (line.state, line.version)
                for line in view.connection.exec_driver_sql("SELECT code, state, version FROM cases")
            }
        assert found == {
            code: (lives[-1].state.value, lives[-1].version) for code, lives in self.model.items()
        }

    @invariant()
    def an_end_has_its_time(self) -> None:
        for lives in self.model.values():
            assert (lives[-1].ended_at is not None) == (lives[-1].state in ENDED)

    def tried(self, service: Callable[..., Case], *told: Any, **seen: Any) -> tuple[Case | None, str]:
        """The case after a service, or the code by which it was refused."""
        try:
            with self.store.write() as unit:
                return service(unit, *told, by=BY, at=self.tick(), **seen), ""
        except Refused as problem:
            return None, problem.code

    def tick(self) -> datetime:
        self.now += MINUTE
        return self.now


def test_that_any_life_keeps_rows_and_journals_in_step(sqlite_databases: Databases) -> None:
    machine: Any = type("AnyLifeOnSqlite", (AnyLife,), {"databases": sqlite_databases})
    machine.TestCase.settings = settings(
        max_examples=12, stateful_step_count=30, deadline=None, derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],
    )  # fmt: skip
    machine.TestCase("runTest").runTest()
