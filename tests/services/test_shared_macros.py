"""Shared macros on both databases: given by whoever works cases, had by all, changed by their owner alone."""

import pytest

from console.domain.actor import Post
from console.domain.city_act import CityAct
from console.domain.errors import Refused
from console.domain.shared_macro import MOST, SharedMacro
from console.domain.staff import Member
from console.queries.macros import shared_macros
from console.services.macros import share_macro, withdraw_macro
from console.services.practice import load_staff
from console.storage.journal import city_facts
from console.storage.unit import Changes, Store
from tests.lives import MONDAY

BOSS, CHIEF, CLERK = "领导01", "值班长01", "受理01"
PEOPLE = (
    Member(BOSS, frozenset({Post.LEADER})),
    Member(CHIEF, frozenset({Post.SHIFT_LEADER})),
    Member(CLERK, frozenset({Post.ACCEPTOR})),
)


@pytest.fixture
def centre(city_store: Store) -> Store:
    with city_store.write() as unit:
        load_staff(unit, PEOPLE, by=BOSS, at=MONDAY)
    return city_store


def shared(store: Store, name: str, *lines: str, by: str = CLERK, before: str = "") -> Changes:
    with store.write() as unit:
        share_macro(unit, name, lines, before, by=by, at=MONDAY)
    return unit.changes


def told(store: Store) -> list[tuple[str, str, tuple[str, ...]]]:
    with store.read() as view:
        return [(one.name, one.owner, one.lines) for one in shared_macros(view)]


def test_that_a_macro_is_shared_under_its_owners_name_and_the_journal_tells_it(centre: Store) -> None:
    assert shared(centre, " 快  办 ", "受理", " 立案 ").acts == {CityAct.MACRO_SHARED}
    assert told(centre) == [("快 办", CLERK, ("受理", "立案"))]
    with centre.read() as view:
        fact = city_facts(view.connection)[-1]
    assert (fact.act, fact.by, fact.post, fact.note, fact.details) == (
        CityAct.MACRO_SHARED, CLERK, Post.ACCEPTOR, "快 办", {"lines": ["受理", "立案"]}
    )  # fmt: skip


def test_that_two_owners_may_call_theirs_the_same_and_each_changes_his_own(centre: Store) -> None:
    shared(centre, "快办", "受理")
    shared(centre, "快办", "立案", by=CHIEF)
    shared(centre, "快速", "立案", "派遣", by=CHIEF, before="快办")
    assert told(centre) == [("快办", CLERK, ("受理",)), ("快速", CHIEF, ("立案", "派遣"))]


def test_that_only_its_owner_takes_it_back(centre: Store) -> None:
    shared(centre, "快办", "受理")
    with pytest.raises(Refused) as refused, centre.write() as unit:
        withdraw_macro(unit, "快办", by=BOSS, at=MONDAY)
    assert refused.value.code == "no_such_macro"
    assert len(told(centre)) == 1
    with centre.write() as unit:
        gone = withdraw_macro(unit, "快办", by=CLERK, at=MONDAY)
    assert unit.changes.acts == {CityAct.MACRO_WITHDRAWN}
    assert isinstance(gone, SharedMacro)
    assert told(centre) == []


@pytest.mark.parametrize(
    ("name", "lines", "by", "code"),
    [
        ("", ("受理",), CLERK, "macro_name"),
        ("长" * 25, ("受理",), CLERK, "macro_name"),
        ("空", (), CLERK, "macro_empty"),
        ("空行", ("受理", " "), CLERK, "macro_empty"),
        ("长", ("受理",) * 21, CLERK, "macro_long"),
        ("外人", ("受理",), "外人", "needs_post"),
    ],
)
def test_that_what_is_no_macro_is_refused(
    centre: Store, name: str, lines: tuple[str, ...], by: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        shared(centre, name, *lines, by=by)
    assert refused.value.code == code
    assert told(centre) == []


def test_that_a_name_one_shares_already_is_not_taken_twice_and_that_there_is_an_end(centre: Store) -> None:
    for number in range(MOST):
        shared(centre, f"宏{number}", "受理")
    with pytest.raises(Refused) as refused:
        shared(centre, "宏1", "受理", before="宏0")
    assert refused.value.code == "macro_name"
    with pytest.raises(Refused) as refused:
        shared(centre, "再来一个", "受理")
    assert refused.value.code == "macro_many"
    shared(centre, "改名", "受理", before="宏0")
    assert len(told(centre)) == MOST
