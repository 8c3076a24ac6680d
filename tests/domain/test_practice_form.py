"""A practice as plain values: the same there and back, and every flaw named by its key."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from console.adapters.practice import BUILTIN, builtin, standard
from console.domain.actor import Post
from console.domain.flow import TRANSITIONS, State
from console.domain.operation import Operation
from console.domain.practice import OPEN, RULED, Practice
from console.domain.practice_form import STAGES, as_plain, from_plain
from console.words.practice import FLAWS, flaw


def flaws(**told: Any) -> list[tuple[str, str]]:
    found, wrong = from_plain(told, standard())
    assert (found is None) == bool(wrong)
    return [(one.key, one.rule) for one in wrong]


@pytest.mark.parametrize("name", BUILTIN)
def test_that_a_practice_is_the_same_after_being_plain(name: str) -> None:
    plain = json.loads(json.dumps(as_plain(builtin(name))))
    assert from_plain(plain) == (builtin(name), ())


@pytest.mark.parametrize("name", BUILTIN)
def test_that_each_operation_of_the_table_has_a_post(name: str) -> None:
    rights = builtin(name).rights
    assert {row.operation for row in TRANSITIONS} <= rights.keys()
    assert [operation for operation in rights if not rights[operation]] == []


@pytest.mark.parametrize("name", BUILTIN)
def test_that_what_can_be_undone_has_a_time_for_it(name: str) -> None:
    undoable = {row.operation for row in TRANSITIONS if row.undoable}
    assert builtin(name).grace.keys() == undoable
    assert all(timedelta() < span <= timedelta(minutes=1) for span in builtin(name).grace.values())


def test_that_where_there_is_no_shift_leader_nothing_waits_for_one() -> None:
    rights = builtin("no_shift_leader").rights
    waiting = [operation for operation, posts in rights.items() if set(posts) == {Post.SHIFT_LEADER}]
    assert waiting == []
    assert {Post.ACCEPTOR} == rights[Operation.FILE].keys() == rights[Operation.CLOSE].keys()


def test_that_the_stages_last_as_published() -> None:
    minutes = {state: limit / timedelta(minutes=1) for state, limit in standard().stage_limits.items()}
    assert minutes == {
        State.REPORTED: 15,
        State.TO_DISPATCH: 15,
        State.PRE_CHECK: 30,
        State.POST_CHECK: 30,
    }
    assert State.HANDLING not in STAGES


def test_that_what_is_not_told_is_that_of_the_ground() -> None:
    found, wrong = from_plain({"most_extensions": 1, "rights": {"file": ["acceptor"]}}, standard())
    assert wrong == ()
    assert found is not None
    assert found.most_extensions == 1
    assert found.rights[Operation.FILE] == {Post.ACCEPTOR: None}
    assert found.rights[Operation.CLOSE] == standard().rights[Operation.CLOSE]
    assert found.grace == standard().grace


def test_that_without_a_ground_every_operation_must_be_told() -> None:
    found, wrong = from_plain({"name": "空"})
    assert found is None
    assert {one.rule for one in wrong} == {"missing_operation"}
    assert {one.key for one in wrong} == {f"rights.{one}" for one in RULED}


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ({"mood": "good"}, [("mood", "unknown_key")]),
        ({"name": ""}, [("name", "bad_name")]),
        ({"bundled": "yes"}, [("bundled", "not_a_flag")]),
        ({"most_extensions": 99}, [("most_extensions", "out_of_range")]),
        ({"most_extensions": True}, [("most_extensions", "out_of_range")]),
        ({"spot_share": 1.5}, [("spot_share", "out_of_range")]),
        ({"rights": ["file"]}, [("rights", "not_a_table")]),
        ({"rights": {"fly": ["leader"]}}, [("rights.fly", "unknown_operation")]),
        ({"rights": {"reclock": ["leader"]}}, [("rights.reclock", "unknown_operation")]),
        ({"rights": {"file": ["mayor"]}}, [("rights.file", "unknown_post"), ("rights.file", "nobody_may")]),
        ({"rights": {"file": ["system"]}}, [("rights.file", "unknown_post"), ("rights.file", "nobody_may")]),
        ({"rights": {"file": 3}}, [("rights.file", "not_a_list"), ("rights.file", "nobody_may")]),
        ({"rights": {"void": {"leader": ["lost"]}}}, [("rights.void", "unknown_state")]),
        ({"rights": {"void": {"leader": ["closed"]}}}, [("rights.void", "not_from_state")]),
        ({"rights": {"void": {"leader": "none"}}}, [("rights.void", "not_a_list")]),
        ({"grace_seconds": {"file": -1}}, [("grace_seconds.file", "out_of_range")]),
        ({"grace_seconds": {"register": 5}}, [("grace_seconds.register", "not_undoable")]),
        ({"grace_seconds": {"fly": 5}}, [("grace_seconds.fly", "unknown_operation")]),
        ({"stage_minutes": {"handling": 5}}, [("stage_minutes.handling", "no_stage")]),
        ({"stage_minutes": {"lost": 5}}, [("stage_minutes.lost", "unknown_state")]),
        ({"stage_minutes": {"reported": "5"}}, [("stage_minutes.reported", "out_of_range")]),
        ({"tiers": {"410105": "IV"}}, [("tiers.410105", "unknown_tier")]),
        ({"labels": {"nap": {"zh": "睡"}}}, [("labels.nap", "unknown_key")]),
        ({"labels": {"pre_check": {"fr": "x"}}}, [("labels.pre_check", "bad_label")]),
        ({"labels": {"pre_check": {"zh": ""}}}, [("labels.pre_check.zh", "bad_name")]),
        ({"planting": [["03-01"]]}, [("planting.0", "bad_span")]),
        ({"planting": [["03-01", "02-30"]]}, [("planting.0", "bad_span")]),
        ({"emergencies": "event:05"}, [("emergencies", "not_a_list")]),
        ({"emergencies": ["event:05", "flood"]}, [("emergencies.1", "not_a_class")]),
        ({"planting": "spring"}, [("planting", "not_a_list")]),
    ],
)
def test_that_a_flaw_is_named_by_its_key(told: dict[str, Any], wrong: list[tuple[str, str]]) -> None:
    assert flaws(**told) == wrong


def test_that_all_flaws_are_told_at_once_and_in_words() -> None:
    _, wrong = from_plain({"mood": 1, "bundled": 2, "tiers": {"1": "X"}}, standard())
    assert len(wrong) == 3
    assert {one.rule for one in wrong} <= FLAWS.keys()
    assert flaw("tiers.1", "unknown_tier", "X") == "tiers.1: 须为 I、II 或 III (X)"


def test_that_the_tier_is_that_of_the_most_exact_area() -> None:
    practice = Practice("", {}, tiers={"410105": "II", "410105001": "III"})
    assert practice.tier("410105001", "", "410105") == "III"
    assert practice.tier("410105002", "", "410105") == "II"
    assert practice.tier("410103001", "", "410103") == ""


@pytest.mark.parametrize(
    ("day", "plants"),
    [
        (date(2026, 3, 1), True),
        (date(2026, 4, 30), True),
        (date(2026, 5, 1), False),
        (date(2026, 12, 31), True),
        (date(2027, 1, 10), True),
        (date(2027, 1, 11), False),
    ],
)
def test_that_a_season_holds_on_its_last_day_and_over_the_turn_of_the_year(day: date, plants: bool) -> None:
    practice = Practice("", {}, planting=(((3, 1), (4, 30)), ((11, 20), (1, 10))))
    assert practice.plants(day) == plants


def test_that_nothing_is_narrowed_where_nobody_said_so() -> None:
    assert all(posts.keys() == OPEN.rights[Operation.FILE].keys() for posts in OPEN.rights.values())
    assert Post.SYSTEM not in OPEN.rights[Operation.FILE]
    assert from_plain(as_plain(OPEN)) == (OPEN, ())
