"""Two seats, two windows, two clicks: of all that act on what they saw of one case exactly one wins."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Sequence

import pytest
from sqlalchemy import URL

from console.domain.errors import Refused
from console.domain.flow import State
from console.domain.operation import Operation
from console.runtime.desk import Desk
from console.services.steps import Told, take_step
from console.storage.unit import Store
from tests.lives import BY, CHIEF, MINUTE, MONDAY, SEVEN_STEPS, registered, taken
from tests.storage.seats import ROOT, whole

CASES = 25
LATER = MONDAY + 20 * MINUTE

Racer = subprocess.Popen[str]


def racer(url: URL, name: str, operation: Operation, wanted: Sequence[tuple[str, int]]) -> Racer:
    told = url.render_as_string(hide_password=False)
    return subprocess.Popen(
        [sys.executable, "-m", "tests.services.racer", told, name, operation.value, json.dumps(wanted)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def raced(
    url: URL, first: Operation, second: Operation, wanted: Sequence[tuple[str, int]]
) -> list[dict[str, str]]:
    """What two processes were told of each case, when they were let go at once."""
    racers = [racer(url, name, one, wanted) for name, one in ((BY, first), (CHIEF, second))]
    for one in racers:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in racers:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    said = [one.communicate(timeout=120)[0] for one in racers]
    assert [one.returncode for one in racers] == [0, 0]
    return [dict(map(json.loads, lines.splitlines())) for lines in said]


@pytest.mark.parametrize(
    ("way", "first", "second"),
    [
        (SEVEN_STEPS[:1], Operation.FILE, Operation.FILE),
        (SEVEN_STEPS[:2], Operation.DISPATCH, Operation.ASK_VOID),
        (SEVEN_STEPS[:5], Operation.REWORK, Operation.CHECK),
        (SEVEN_STEPS[:2], Operation.DISPATCH, Operation.UNDO),
    ],
)
def test_that_of_two_processes_exactly_one_wins_each_case(
    city_store: Store,
    city_url: URL,
    way: Sequence[Operation],
    first: Operation,
    second: Operation,
) -> None:
    cases = [taken(city_store, registered(city_store), *way) for _ in range(CASES)]
    outcomes = raced(city_url, first, second, [(case.code, case.version) for case in cases])
    for case in cases:
        assert sorted(told[case.code] for told in outcomes) == ["", "stale"], "one wins, the other is told"
    with city_store.write() as unit:
        for case in cases:
            facts = unit.cases.facts(case.id)
            assert len(facts) == case.version + 1, "one fact, not two"
            operation, by = (first, BY) if outcomes[0][case.code] == "" else (second, CHIEF)
            # What another did is taken back by a counter-entry.
            expected = Operation.COUNTER if operation is Operation.UNDO else operation
            assert (facts[-1].operation, facts[-1].by) == (expected, by)
    assert whole(city_store) == CASES


def test_that_of_two_windows_one_wins_and_the_other_sees_what_changed(desk: Desk, city_url: URL) -> None:
    case = taken(desk.store, registered(desk.store), *SEVEN_STEPS[:2])
    other = Desk(Store(city_url))

    async def both() -> list[object]:
        acts = (
            one.do(take_step, case.code, Operation.DISPATCH, Told(department=code), by=name, at=LATER, seen=3)
            for one, code, name in ((desk, "D105", BY), (other, "P01", CHIEF))
        )
        return await asyncio.gather(*acts, return_exceptions=True)

    assert case.version == 3
    first, second = asyncio.run(both())
    other.close()
    lost = first if isinstance(first, Refused) else second
    won = second if lost is first else first
    assert isinstance(lost, Refused)
    assert lost.code == "stale"
    assert lost.facts == {"code": case.code}
    with desk.store.write() as unit:
        assert unit.cases.by_code(case.code) == won


def test_that_a_double_click_does_a_thing_once(desk: Desk) -> None:
    case = registered(desk.store)

    async def clicks() -> list[object]:
        acts = (
            desk.do(take_step, case.code, Operation.ACCEPT, by=BY, at=LATER, seen=case.version)
            for _ in range(3)
        )
        return await asyncio.gather(*acts, return_exceptions=True)

    outcomes = asyncio.run(clicks())
    assert [type(one).__name__ for one in outcomes] == ["Case", "Refused", "Refused"]
    with desk.store.write() as unit:
        assert unit.cases.by_code(case.code).state is State.TO_FILE
        assert len(unit.cases.facts(case.id)) == 2
