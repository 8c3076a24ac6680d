"""Many cases in one go: the same outcome, rows and journal as one by one, foreseen before it is done."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from console.domain.case import Case
from console.domain.decision import Decision
from console.domain.errors import Refused
from console.domain.operation import Operation
from console.queries.chain import breaks
from console.services.city import load_city
from console.services.collection import register_report
from console.services.foresight import foreseen
from console.services.steps import Outcome, Told, take_step, take_steps, undo_step, undo_steps
from console.storage.kin import parts_of
from console.storage.tables import cases, journal
from console.storage.unit import Store
from tests.conftest import CITY, Databases
from tests.lives import BY, CHIEF, MINUTE, MONDAY, SEVEN_STEPS, TOLD, registered, taken
from tests.services.crowd import ASKED, NAMES, crowded_city, report, said, sensible
from tests.storage.seats import whole

LATER = MONDAY + timedelta(days=2)
CASES = 60
STEPS = 9

Asked = list[tuple[str, int | None]]


@pytest.fixture
def twins(databases: Databases, tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """Two stores with the same cases far and wide over the process, told by the same people."""
    stores, urls = [], []
    for name in ("many", "single"):
        folder = tmp_path / name
        folder.mkdir()
        urls.append(databases.new(CITY, folder))
        store = Store(urls[-1], folder / "evidence")
        store.prepare()
        live(store, Random(4))
        stores.append(store)
    yield stores[0], stores[1]
    for store, url in zip(stores, urls, strict=True):
        store.close()
        databases.drop(url)


def live(store: Store, random: Random) -> None:
    with store.write() as unit:
        load_city(unit, crowded_city(), by=BY, at=MONDAY)
    found = []
    now = MONDAY
    while len(found) < CASES:
        now += MINUTE
        try:
            with store.write() as unit:
                found.append(register_report(unit, report(random), by="both", at=now))
        except Refused:
            continue
    codes = [case.code for case in found]
    for at, case in enumerate(found):
        for _step in range(random.randrange(STEPS)):
            now += MINUTE
            try:
                with store.write() as unit:
                    practice = unit.reference.practice
                    operation, by = sensible(random, case, practice, now)
                    told = said(random, operation, codes[:at], now)
                    case = take_step(unit, case.code, operation, told, by=by, at=now)
            except Refused:
                continue


def content(store: Store) -> tuple[list[object], list[object]]:
    """Every row of the cases and every line of the journal, hashes and all."""
    with store.read() as view:
        return (
            [tuple(row) for row in view.connection.execute(select(*cases.columns).order_by(cases.c.id))],
            [
                tuple(row)[1:]
                for row in view.connection.execute(select(*journal.columns).order_by(journal.c.id))
            ],
        )


def wanted(store: Store, random: Random) -> Asked:
    """All the cases in some order, a few of them gone on since they were seen, one unknown, one twice."""
    with store.read() as view:
        known = list(view.connection.execute(select(cases.c.code, cases.c.version).order_by(cases.c.id)))
    found = [(code, version - (random.random() < 0.1)) for code, version in known]
    random.shuffle(found)
    return [*found, ("9999", 1), (found[0][0], None)]


def singles(
    store: Store, deed: str, asked: list[tuple[str, int | None]], told: dict[str, object]
) -> list[Outcome]:
    found = []
    for code, seen in asked:
        try:
            with store.write() as unit:
                act: Callable[..., Case] = take_step if deed == "take" else undo_step
                case = act(unit, code, seen=seen, **told)
            found.append(Outcome(code, case))
        except Refused as problem:
            found.append(Outcome(code, None, problem))
    return found


def told_of(outcomes: list[Outcome]) -> list[tuple[object, ...]]:
    return [(one.code, one.case, one.problem and (one.problem.code, one.problem.facts)) for one in outcomes]


def test_that_many_are_as_one_by_one_to_the_last_hash(twins: tuple[Store, Store]) -> None:
    many, single = twins
    assert content(many) == content(single)
    random = Random(7)
    now = LATER
    did: dict[str, int] = {"take": 0, "undo": 0, "refused": 0}
    for turn in range(24):
        now += timedelta(seconds=7)
        told: dict[str, Any]
        asked = wanted(many, random)
        if turn % 4 == 3:
            told = {"by": random.choice(NAMES), "at": now, "note": random.choice(("", "误操作"))}
            with many.write() as unit:
                outcomes = undo_steps(unit, asked, **told)
            others = singles(single, "undo", asked, told)
        else:
            operation = random.choice(ASKED)
            codes = [code for code, _seen in asked]
            told = {
                "operation": operation,
                "told": said(random, operation, codes, now),
                "by": random.choice(NAMES),
                "at": now,
            }
            with many.read() as view:
                before = foreseen(view, asked, **told)
            with many.write() as unit:
                outcomes = take_steps(unit, asked, **told)
            others = singles(single, "take", asked, told)
            once = {one.code for one in before[:-1]}
            if operation not in (Operation.MERGE, Operation.UNMERGE, Operation.SPLIT, Operation.CLOSE):
                assert [one.problem and one.problem.code for one in before[: len(once)]] == [
                    one.problem and one.problem.code for one in outcomes[: len(once)]
                ]
        assert told_of(outcomes) == told_of(others)
        did["undo" if turn % 4 == 3 else "take"] += sum(one.case is not None for one in outcomes)
        did["refused"] += sum(one.problem is not None for one in outcomes)
    assert content(many) == content(single)
    assert all(count > 20 for count in did.values()), did
    with many.read() as view:
        assert list(breaks(view.connection)) == []
    whole(many)


def test_that_many_go_the_whole_way_and_back(city_store: Store) -> None:
    codes = [registered(city_store).code for _case in range(30)]
    for operation in SEVEN_STEPS:
        with city_store.write() as unit:
            found = take_steps(
                unit,
                [(code, None) for code in codes],
                operation,
                TOLD.get(operation, Told()),
                by=BY,
                at=LATER,
            )
            assert [one.problem for one in found] == [None] * len(codes)
    for _operation in SEVEN_STEPS:
        with city_store.write() as unit:
            found = undo_steps(unit, [(code, None) for code in codes], by=BY, at=LATER)
            assert [one.problem for one in found] == [None] * len(codes)
    assert whole(city_store) == len(codes)


def test_that_nothing_is_written_by_looking_ahead(city_store: Store) -> None:
    codes = [registered(city_store).code for _case in range(3)]
    before = content(city_store)
    with city_store.read() as view:
        found = foreseen(view, [(code, 1) for code in codes], Operation.ACCEPT, by=BY, at=LATER)
    assert [one.problem for one in found] == [None] * 3
    assert content(city_store) == before


def test_that_one_decision_is_for_each_the_one_on_its_own_application(city_store: Store) -> None:
    handling = SEVEN_STEPS[:4]
    late = taken(city_store, registered(city_store), *handling, Operation.ASK_EXTENSION)
    held = taken(city_store, registered(city_store), *handling, Operation.ASK_SUSPENSION)
    none = taken(city_store, registered(city_store), *handling)
    asked = [(case.code, case.version) for case in (late, held, none)]
    at = MONDAY + 10 * MINUTE
    with city_store.write() as unit:
        found = take_steps(unit, asked, Decision.ALLOW, by=CHIEF, at=at)
    assert [one.problem and one.problem.code for one in found] == [None, None, "no_request"]
    with city_store.write() as unit:
        last = [unit.cases.facts(case.id)[-1].operation for case in (late, held)]
    assert last == [Operation.ALLOW_EXTENSION, Operation.ALLOW_SUSPENSION]


def test_that_a_case_named_twice_is_done_twice_in_the_order_of_its_versions(city_store: Store) -> None:
    case = taken(city_store, registered(city_store), *SEVEN_STEPS[:2])
    other = taken(city_store, registered(city_store), *SEVEN_STEPS[:2], Operation.CONSULT)
    asked = [(code, None) for code in (other.code, case.code, case.code, case.code)]
    with city_store.write() as unit:
        found = take_steps(unit, asked, Operation.CONSULT, TOLD[Operation.CONSULT], by=BY, at=LATER)
    assert [one.case and one.case.version for one in found] == [5, 4, 5, 6]
    with city_store.read() as view:
        assert list(breaks(view.connection)) == []
    assert whole(city_store) == 2


def test_that_a_splitting_whose_second_part_moved_leaves_the_first_as_it_was(city_store: Store) -> None:
    whole_case = taken(city_store, registered(city_store), *SEVEN_STEPS[:2], Operation.SPLIT)
    with city_store.write() as unit:
        first, second = parts_of(unit.connection, whole_case.code)
        take_step(unit, second.code, Operation.CONSULT, TOLD[Operation.CONSULT], by=BY, at=LATER)
    with city_store.write() as unit:
        (found,) = undo_steps(unit, [(whole_case.code, None)], by=BY, at=LATER + MINUTE, note="误操作")
    assert found.problem is not None
    assert found.problem.code == "parts_moved"
    with city_store.write() as unit:
        assert unit.cases.by_code(first.code) == first
        assert unit.cases.by_code(whole_case.code) == whole_case
    with city_store.read() as view:
        assert list(breaks(view.connection)) == []
    assert whole(city_store) == 3


def test_that_among_many_a_case_does_not_come_to_rest_again_in_one_that_has_ended(city_store: Store) -> None:
    other, merged = registered(city_store), registered(city_store)
    with city_store.write() as unit:
        take_step(unit, merged.code, Operation.MERGE, Told(other=other.code), by=BY, at=MONDAY)
        apart = take_step(unit, merged.code, Operation.UNMERGE, TOLD[Operation.UNMERGE], by=BY, at=MONDAY)
        ended = take_step(unit, other.code, Operation.REJECT, TOLD[Operation.REJECT], by=BY, at=MONDAY)
    asked = [(merged.code, None), (other.code, None)]
    with city_store.write() as unit:
        found = undo_steps(unit, asked, by=BY, at=MONDAY, note="误操作")
    assert [one.problem and one.problem.code for one in found] == ["merge_ended", None]
    with city_store.write() as unit:
        assert unit.cases.by_code(merged.code) == apart
        assert unit.cases.by_code(other.code).version == ended.version + 1
    assert whole(city_store) == 2


def test_that_a_splitting_whose_parts_moved_is_not_half_taken_back_among_many(city_store: Store) -> None:
    whole_case = taken(city_store, registered(city_store), *SEVEN_STEPS[:2], Operation.SPLIT)
    simple = taken(city_store, registered(city_store), *SEVEN_STEPS[:2])
    with city_store.read() as view:
        (part, *_others) = view.connection.execute(
            select(cases.c.code).where(cases.c.split_from == whole_case.code, cases.c.department != "")
        ).scalars()
    with city_store.write() as unit:
        take_step(unit, part, Operation.RECEIVE, by=BY, at=LATER)
    asked = [(simple.code, None), (whole_case.code, None)]
    with city_store.write() as unit:
        found = undo_steps(unit, asked, by=BY, at=MONDAY + 3 * MINUTE, note="误操作")
    assert [one.problem and one.problem.code for one in found] == [None, "parts_moved"]
    with city_store.write() as unit:
        assert unit.cases.by_code(whole_case.code) == whole_case
    assert whole(city_store) == 4
