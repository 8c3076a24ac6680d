"""Saved views on both databases: one's own, those that all share, and who may give and take these."""

import json
from collections.abc import Callable

import pytest

from console.domain.actor import Post
from console.domain.area import Area, Piece
from console.domain.city_act import CityAct
from console.domain.errors import Refused
from console.domain.filter_form import NOWHERE, Standpoint, read_filter_form
from console.domain.saved_view import SavedView
from console.domain.staff import Member
from console.domain.wanted import CaseFilter
from console.queries.areas import saved_areas
from console.queries.views import saved_views
from console.services.practice import load_staff
from console.services.views import (
    delete_view,
    keep_view,
    order_views,
    rename_view,
    restore_view,
    share_view,
)
from console.storage.journal import city_facts
from console.storage.unit import Changes, Store, Unit
from tests.lives import MONDAY

BOSS, CHIEF, CLERK = "领导01", "值班长01", "受理01"
PEOPLE = (
    Member(BOSS, frozenset({Post.LEADER})),
    Member(CHIEF, frozenset({Post.SHIFT_LEADER})),
    Member(CLERK, frozenset({Post.ACCEPTOR})),
)
LATE = CaseFilter(late=True, late_times=2)


@pytest.fixture
def centre(city_store: Store) -> Store:
    with city_store.write() as unit:
        load_staff(unit, PEOPLE, by=BOSS, at=MONDAY)
    return city_store


def kept(store: Store, name: str, by: str, wanted: CaseFilter = LATE) -> SavedView:
    with store.write() as unit:
        return keep_view(unit, name, wanted, NOWHERE, by=by)


def names(store: Store, owner: str) -> list[str]:
    with store.read() as view:
        return [one.name for one in saved_views(view, owner)]


def shared(store: Store, view: SavedView, by: str, to_all: bool = True) -> Changes:
    with store.write() as unit:
        share_view(unit, view.id, to_all, by=by, at=MONDAY)
    return unit.changes


def test_that_a_view_is_kept_for_who_kept_it_and_written_over_by_its_name(centre: Store) -> None:
    kept(centre, "  我的   超期 ", CLERK)
    kept(centre, "其他", CLERK)
    again = kept(centre, "我的 超期", CLERK, CaseFilter(late=True))
    assert names(centre, CLERK) == ["我的 超期", "其他"]
    assert names(centre, CHIEF) == []
    assert read_filter_form(json.loads(again.form)) == CaseFilter(late=True)


def test_that_a_leader_shares_and_takes_back_and_the_journal_tells_it(centre: Store) -> None:
    view = kept(centre, "超期两倍", CHIEF)
    told = shared(centre, view, CHIEF)
    assert told.acts == {CityAct.VIEW_SHARED}
    assert names(centre, CLERK) == names(centre, BOSS) == ["超期两倍"]
    with centre.read() as seen:
        fact = city_facts(seen.connection)[-1]
    assert (fact.act, fact.by, fact.post, fact.note) == (
        CityAct.VIEW_SHARED, CHIEF, Post.SHIFT_LEADER, "超期两倍"
    )  # fmt: skip
    assert read_filter_form(fact.details["filter"]) == LATE
    assert shared(centre, view, BOSS, False).acts == {CityAct.VIEW_WITHDRAWN}
    assert (names(centre, CLERK), names(centre, BOSS)) == ([], ["超期两倍"])


COMMON, OWN = 1, 2
DEEDS: dict[str, Callable[[Unit], object]] = {
    "share": lambda unit: share_view(unit, OWN, True, by=CLERK, at=MONDAY),
    "withdraw": lambda unit: share_view(unit, COMMON, False, by=CLERK, at=MONDAY),
    "rename": lambda unit: rename_view(unit, COMMON, "别的", by=CLERK, at=MONDAY),
    "delete": lambda unit: delete_view(unit, COMMON, by=CLERK, at=MONDAY),
    "order": lambda unit: order_views(unit, [OWN, COMMON], by=CLERK),
    "restore": lambda unit: restore_view(unit, SavedView(0, "", "新", "{}", 0), by=CLERK, at=MONDAY),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_that_others_may_not_touch_what_all_share(centre: Store, deed: Callable[[Unit], object]) -> None:
    common = kept(centre, "共用", CHIEF)
    shared(centre, common, CHIEF)
    own = kept(centre, "自用", CLERK)
    assert (common.id, own.id) == (COMMON, OWN)
    with pytest.raises(Refused) as refused, centre.write() as unit:
        deed(unit)
    assert refused.value.code == "needs_post"
    assert names(centre, CLERK) == ["共用", "自用"]


def test_that_another_ones_own_view_is_not_there(centre: Store) -> None:
    own = kept(centre, "自用", CLERK)
    with pytest.raises(Refused) as refused, centre.write() as unit:
        delete_view(unit, own.id, by=BOSS, at=MONDAY)
    assert refused.value.code == "no_such_view"


def test_that_a_deleted_view_comes_back_to_its_place(centre: Store) -> None:
    views = [kept(centre, name, CLERK) for name in ("一", "二", "三")]
    with centre.write() as unit:
        gone = delete_view(unit, views[1].id, by=CLERK, at=MONDAY)
    assert names(centre, CLERK) == ["一", "三"]
    with centre.write() as unit:
        back = restore_view(unit, gone, by=CLERK, at=MONDAY)
    assert names(centre, CLERK) == ["一", "二", "三"]
    with centre.write() as unit:
        order_views(unit, [views[2].id, views[0].id, back.id], by=CLERK)
    assert names(centre, CLERK) == ["三", "一", "二"]


def test_that_nobody_brings_back_what_another_deleted_for_himself(centre: Store) -> None:
    one = kept(centre, "自用", CHIEF)
    with centre.write() as unit:
        gone = delete_view(unit, one.id, by=CHIEF, at=MONDAY)
    with pytest.raises(Refused) as refused, centre.write() as unit:
        restore_view(unit, gone, by=CLERK, at=MONDAY)
    assert refused.value.code == "no_such_view"
    assert names(centre, CHIEF) == []


@pytest.mark.parametrize(
    ("name", "code"), [(" \n ", "view_needs_name"), ("长" * 41, "view_name_long"), ("一", "view_exists")]
)
def test_that_a_name_says_something_is_short_and_free(centre: Store, name: str, code: str) -> None:
    kept(centre, "一", CLERK)
    other = kept(centre, "二", CLERK)
    with pytest.raises(Refused) as refused, centre.write() as unit:
        rename_view(unit, other.id, name, by=CLERK, at=MONDAY)
    assert refused.value.code == code


def test_that_mine_is_kept_as_mine(centre: Store) -> None:
    here = Standpoint(CHIEF, (Post.SHIFT_LEADER,))
    with centre.write() as unit:
        view = keep_view(unit, "我的", CaseFilter(handler=CHIEF), here, by=CHIEF)
    assert read_filter_form(json.loads(view.form), Standpoint(CLERK)) == CaseFilter(handler=CLERK)


def test_that_an_area_goes_by_the_name_it_was_saved_under_and_his_own_before_that_of_all(
    centre: Store,
) -> None:
    def drawn(code: str) -> CaseFilter:
        return CaseFilter(within=Area((Piece("cells", (code,)),), "从前"))

    def areas(owner: str) -> dict[str, str]:
        with centre.read() as view:
            return {area.name: area.pieces[0].codes[0] for area in saved_areas(view, owner)}

    shared = kept(centre, "整治;片区", CHIEF, drawn("1"))
    with centre.write() as unit:
        share_view(unit, shared.id, True, by=CHIEF, at=MONDAY)
    kept(centre, "无选区", CLERK)
    assert areas(CLERK) == {"整治 片区": "1"}
    mine = kept(centre, "我的", CLERK, drawn("2"))
    assert areas(CLERK) == {"整治 片区": "1", "我的": "2"}
    assert areas(BOSS) == {"整治 片区": "1"}
    with centre.write() as unit:
        rename_view(unit, mine.id, "整治 片区", by=CLERK, at=MONDAY)
    assert areas(CLERK) == {"整治 片区": "2"}
    with centre.read() as view:
        form = next(one.form for one in saved_views(view, CLERK) if one.id == mine.id)
    within = read_filter_form(json.loads(form)).within
    assert within is not None
    assert within.name == "整治 片区"
