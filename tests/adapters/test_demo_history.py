"""The demo city's history: its size, its mix, and that every life in it is one the domain allows."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from console.adapters.demo.course import SEED
from console.adapters.demo.history import (
    ASTRAY,
    QUARTER,
    Life,
    Span,
    demo_history,
    report_instants,
    write_history,
)
from console.adapters.demo.mix import PARTS, SHARES, ClassMix, group_of
from console.adapters.demo.rhythm import Rhythm
from console.adapters.demo.town import Town, read_town
from console.domain.actor import SYSTEM
from console.domain.calendar import WorkCalendar
from console.domain.case import Source, fold
from console.domain.flow import Goes, State, transition
from console.domain.operation import Operation
from console.domain.report import Report
from console.queries.verify import Mismatch, mismatches
from console.services.collection import register_report
from console.storage.unit import Store
from tests.adapters.demo_store import digest, new_city_store
from tests.cities import JINSHUI, ZHENGDONG, small_city

# What no life comes to by itself, or for minutes only: see console.adapters.demo.scenes.
BY_SCENES = {State.PRE_CHECK, State.MERGED, State.RETURNED, State.SUSPENDED, State.FORCED_CLOSED}
UNTIL = datetime(2026, 3, 20, 7, 0, tzinfo=UTC)  # a Friday, three in the afternoon
COUNT = 1500


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = new_city_store(tmp_path_factory.mktemp("history"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def town(store: Store) -> Town:
    with store.read() as view:
        return read_town(view)


@pytest.fixture(scope="module")
def lives(town: Town) -> list[Life]:
    """A quarter, thinned out."""
    span = Span(UNTIL, count=COUNT)
    return list(demo_history(town, span, report_instants(town, span), range(1, COUNT + 1)))


@pytest.fixture(scope="module")
def days(town: Town) -> list[Life]:
    """Three days as dense as the real quarter."""
    span = Span(UNTIL, count=COUNT, days=3)
    return list(demo_history(town, span, report_instants(town, span), range(1, COUNT + 1)))


def test_that_a_quarter_has_the_published_number_of_cases_before_its_end(town: Town) -> None:
    instants = report_instants(town, Span(UNTIL))
    assert len(instants) == QUARTER == 51_135
    assert UNTIL - timedelta(days=91) <= instants[0]
    assert instants == sorted(instants)
    assert instants[-1] < UNTIL


def test_that_the_published_share_goes_to_a_wrong_department_first(lives: list[Life]) -> None:
    sent_on = [case for case, _ in lives if case.redispatches]
    assert len(sent_on) == round(COUNT * ASTRAY / QUARTER) == 3
    assert ASTRAY == 89


def test_that_a_case_sent_on_ends_with_the_department_the_list_names(town: Town, lives: list[Life]) -> None:
    sent_on = [(case, facts) for case, facts in lives if case.redispatches]
    assert sent_on
    for case, facts in sent_on:
        given = [fact.changes["department"] for fact in facts if "department" in fact.changes]
        assert given[0] != given[1] == case.department == town.responsible(case)


def test_that_every_life_folds_to_its_case(lives: list[Life], days: list[Life]) -> None:
    for case, facts in [*lives, *days]:
        assert fold(facts, case.id) == case


def test_that_every_life_is_a_walk_the_table_allows(lives: list[Life], days: list[Life]) -> None:
    for _, facts in [*lives, *days]:
        assert facts[0].operation is Operation.REGISTER
        for length, fact in enumerate(facts[1:], start=1):
            before = fold(facts[:length])
            row = transition(before.state, fact.operation, before.request)
            assert row is not None
            after = fact.changes.get("state", before.state)
            assert after is {Goes.NOWHERE: before.state, Goes.BACK: before.held}.get(row.target, row.target)


def test_that_time_runs_forward_in_every_life_until_the_end(lives: list[Life], days: list[Life]) -> None:
    for _, facts in [*lives, *days]:
        assert all(one.at <= other.at for one, other in pairwise(facts))
        assert facts[-1].at <= UNTIL


def test_that_every_state_has_its_cases(days: list[Life]) -> None:
    found = Counter(case.state for case, _ in days)
    assert set(found) >= set(State) - BY_SCENES
    assert all(5 <= found[state] <= 40 for state in (State.REPORTED, State.TO_FILE, State.TO_DISPATCH))
    assert found[State.HANDLING] > 100


def test_that_open_cases_are_in_time_soon_and_late(days: list[Life]) -> None:
    running = [case for case, _ in days if case.state is State.HANDLING and case.due_at and case.soon_at]
    late = [case for case in running if case.due_at and case.due_at < UNTIL]
    soon = [case for case in running if case.soon_at and case.soon_at <= UNTIL and case not in late]
    assert late
    assert soon
    assert len(late) + len(soon) < len(running)


def test_that_the_operator_finds_work_at_any_hour(town: Town) -> None:
    for hour in range(24):
        span = Span(UNTIL + timedelta(hours=hour), count=300, days=1)
        states = Counter(
            case.state for case, _ in demo_history(town, span, report_instants(town, span), range(1, 301))
        )
        assert min(states[State.REPORTED], states[State.TO_FILE], states[State.TO_DISPATCH]) >= 1


def test_that_collectors_report_nine_cases_in_ten(lives: list[Life]) -> None:
    sources = Counter(case.source for case, _ in lives)
    assert 0.90 <= sources[Source.PATROL] / COUNT <= 0.95
    assert {Source.HOTLINE, Source.PUBLIC, Source.VIDEO} <= set(sources)


def test_that_departments_keep_deadlines_as_their_area_does(lives: list[Life]) -> None:
    def in_time(area: str) -> float:
        answered = [
            case.fed_back_at <= case.due_at
            for case, _ in lives
            if area == (case.committee or case.district)
            and case.fed_back_at
            and case.due_at
            and not case.reworks
        ]
        return sum(answered) / len(answered)

    assert in_time(JINSHUI) == pytest.approx(0.9587, abs=0.03)
    assert in_time(ZHENGDONG) == pytest.approx(0.5054, abs=0.06)


def test_that_some_cases_come_back_for_rework(lives: list[Life]) -> None:
    assert 0.003 <= sum(case.reworks > 0 for case, _ in lives) / COUNT <= 0.02


def test_that_every_point_lies_in_its_cell_and_few_share_one(town: Town, lives: list[Life]) -> None:
    for case, _ in lives:
        assert case.lon is not None
        assert case.lat is not None
        place = town.places.at(case.lon, case.lat)
        assert place is not None
        assert replace(case, cell=place.cell, street=place.street, committee=place.committee) == case
    assert len({(case.lon, case.lat) for case, _ in lives}) > 0.95 * COUNT


def test_that_addresses_name_the_roads_of_the_city_or_the_street(lives: list[Life]) -> None:
    addresses = [case.address for case, _ in lives]
    assert all(addresses)
    assert any("大学路与陇海路交叉口" in address for address in addresses)
    assert all("路" in address or "街" in address for address in addresses)


def test_that_nobody_in_it_could_be_taken_for_a_real_person(lives: list[Life]) -> None:
    for case, facts in lives:
        assert case.reporter.startswith("演示")
        assert all(fact.by.startswith("演示") or fact.by == SYSTEM.name for fact in facts)


def test_that_the_classes_come_in_the_published_shares(town: Town) -> None:
    mix, chance = ClassMix(town.reference.catalogue), Random(1).random
    drawn = Counter(
        group_of(mix.pick(chance(), chance(), month=7, hour=10, wet=False)) for _ in range(20_000)
    )
    for group, share in SHARES.items():
        assert drawn[group] / 20_000 == pytest.approx(share, abs=0.012)
    assert SHARES["街面秩序"] == 0.40
    assert SHARES["市容环境"] == 0.3144
    assert 0.03 <= SHARES[PARTS] <= 0.12
    assert sum(SHARES.values()) == pytest.approx(1.0)


def test_that_roads_flood_mostly_in_rain(town: Town) -> None:
    mix = ClassMix(town.reference.catalogue)

    def flooded(wet: bool) -> int:
        chance = Random(2).random
        picked = (mix.pick(chance(), chance(), month=7, hour=10, wet=wet) for _ in range(5000))
        return sum(item.name == "道路积水" for item in picked)

    assert flooded(wet=True) >= flooded(wet=False) > 0


def test_that_reports_come_by_day_and_less_on_free_days(town: Town) -> None:
    table = small_city().calendar
    rhythm = Rhythm(WorkCalendar(table, UNTIL.date().replace(month=1, day=1), UNTIL.date()), SEED)

    def mean(day: datetime) -> float:
        weeks = [day + timedelta(weeks=week) for week in range(8)]
        return sum(rhythm.rate(at) for at in weeks) / len(weeks)

    morning = datetime(2026, 1, 6, 2, 0, tzinfo=UTC)  # Tuesday, ten o'clock in the city
    assert mean(morning) > 20 * mean(morning + timedelta(hours=17))
    assert mean(morning) > mean(morning + timedelta(days=5))
    assert rhythm.patrol_share(morning) > 0.9 > rhythm.patrol_share(morning + timedelta(hours=17))


def test_that_the_mean_rate_of_a_quarter_is_about_one(town: Town) -> None:
    hours = [UNTIL - timedelta(hours=hour) for hour in range(91 * 24)]
    assert sum(map(town.rhythm.rate, hours)) / len(hours) == pytest.approx(1.0, abs=0.08)


def test_that_the_written_rows_are_what_their_journal_tells(city_store: Store) -> None:
    told: list[tuple[int, int]] = []
    with city_store.write() as unit:
        done = write_history(unit, Span(UNTIL, count=200, days=2), lambda *step: told.append(step))
    with city_store.read() as view:
        found = list(mismatches(view))
    assert [item for item in found if isinstance(item, Mismatch)] == []
    assert found[-1] == done == 200
    assert told[-1] == (200, 200)


def test_that_the_next_report_of_the_day_gets_the_next_number_and_id(city_store: Store) -> None:
    with city_store.write() as unit:
        write_history(unit, Span(UNTIL, count=200, days=2))
        codes = [unit.cases.by_id(case_id).code for case_id in range(1, 201)]
        case = register_report(unit, Report(Source.HOTLINE, "新来件"), by="受理员", at=UNTIL)
    today = [code for code in codes if code.startswith("20260320")]
    assert today == [f"20260320{number:05d}" for number in range(1, len(today) + 1)]
    assert case.code == f"20260320{len(today) + 1:05d}"
    assert case.id == 201


WRITE = """
import sys
from datetime import datetime
from pathlib import Path
from console.adapters.demo.history import Span, write_history
from tests.adapters.demo_store import digest, new_city_store
store = new_city_store(Path(sys.argv[1]))
with store.write() as unit:
    write_history(unit, Span(datetime.fromisoformat(sys.argv[2]), count=150))
print(digest(store))
"""


def test_that_the_same_end_gives_the_same_rows_in_any_process(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]

    def made(name: str, hash_seed: str, until: datetime) -> str:
        command = [sys.executable, "-c", WRITE, str(tmp_path / name), until.isoformat()]
        environment = os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(root)}
        return subprocess.check_output(command, cwd=root, env=environment, text=True).strip()

    one = made("one", "1", UNTIL)
    assert made("two", "2", UNTIL) == one
    other = new_city_store(tmp_path / "three")
    with other.write() as unit:
        write_history(unit, Span(UNTIL + timedelta(hours=1), count=150))
    assert digest(other) != one
    other.close()


def test_that_a_city_without_roads_still_has_addresses(tmp_path: Path) -> None:
    content = small_city()
    store = new_city_store(tmp_path, replace(content, layers={"cells": content.layers["cells"]}))
    with store.read() as view:
        town = read_town(view)
    store.close()
    span = Span(UNTIL, count=20, days=1)
    made = demo_history(town, span, report_instants(town, span), range(1, 21))
    assert all(case.address.endswith("街道辖区内") for case, _ in made)
