"""Practice and staff in a real store: what holds without them, who changes them, what the journal tells."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import URL

from console.adapters.practice import builtin, standard
from console.domain.actor import EVERY_POST, Actor, Post
from console.domain.city_act import CityAct
from console.domain.errors import Refused
from console.domain.flow import State
from console.domain.operation import Operation
from console.domain.practice import OPEN
from console.domain.staff import Member
from console.services.city import load_city
from console.services.practice import load_practice, load_staff
from console.services.steps import take_step
from console.storage.journal import city_facts
from console.storage.practice import read_practice
from console.storage.staff import read_staff
from console.storage.unit import Store
from tests.cities import LOADED, LOADER, small_city
from tests.lives import BY, MINUTE, MONDAY, TOLD, registered, taken

LEADER = Member("领导01", frozenset({Post.LEADER}))
ACCEPTOR = Member("受理员02", frozenset({Post.ACCEPTOR, Post.PATROLLER}))
PATROLLER = Member("采集员01", frozenset({Post.PATROLLER}), responsibility_grid="4101050010000")
STAFF = (LEADER, ACCEPTOR, PATROLLER)


def practised(store: Store) -> str:
    with store.read() as view:
        return view.reference.practice.name


def listed(store: Store) -> None:
    with store.write() as unit:
        load_staff(unit, STAFF, by=BY, at=MONDAY)


def test_that_a_city_without_a_practice_has_that_of_the_product(city_url: URL) -> None:
    for usual, name in ((OPEN, "open"), (standard(), "标准规程")):
        store = Store(city_url, practice=usual)
        assert practised(store) == name
        store.close()


def test_that_a_loaded_practice_holds_at_once_and_for_every_seat(city_url: URL) -> None:
    one, other = Store(city_url, practice=standard()), Store(city_url, practice=standard())
    assert practised(other) == "标准规程"
    with one.write() as unit:
        done = load_practice(unit, builtin("no_shift_leader"), by=BY, at=MONDAY)
    assert done.changed == ("name", "rights")
    assert practised(one) == practised(other) == "不设值班长"
    with other.read() as view:
        assert view.reference.practice == builtin("no_shift_leader")
    one.close()
    other.close()


def test_that_the_journal_tells_what_was_changed_and_by_whom(city_store: Store) -> None:
    with city_store.write() as unit:
        load_practice(unit, standard(), by=BY, at=MONDAY)
        load_practice(unit, replace(standard(), most_extensions=1), by=BY, at=MONDAY + MINUTE)
        _city, fact = city_facts(unit.connection)[-2:]
    assert (fact.act, fact.by, fact.post) == (CityAct.PRACTICE_CHANGED, BY, Post.LEADER)
    assert fact.details == {"most_extensions": 1, "before": {"most_extensions": 2}}


def test_that_a_practice_from_a_newer_version_keeps_what_this_one_adds(city_store: Store) -> None:
    lacking = dict(standard().rights)
    del lacking[Operation.URGE]
    with city_store.write() as unit:
        load_practice(unit, replace(standard(), rights=lacking, name="旧版"), by=BY, at=MONDAY)
        found = read_practice(unit.connection, standard())
    assert found.name == "旧版"
    assert found.rights[Operation.URGE] == standard().rights[Operation.URGE]


def test_that_tiers_are_of_areas_that_the_city_has(city_store: Store) -> None:
    with pytest.raises(Refused) as refused, city_store.write() as unit:
        load_practice(unit, replace(standard(), tiers={"410105": "II", "999999": "II"}), by=BY, at=MONDAY)
    assert refused.value.code == "no_such_areas"
    assert refused.value.facts == {"codes": "999999"}
    assert practised(city_store) == "open"


def test_that_a_bundled_clock_let_go_moves_the_deadlines_it_held(city_store: Store) -> None:
    steps = (Operation.ACCEPT, Operation.FILE, Operation.DISPATCH, Operation.RECEIVE, Operation.FEED_BACK)
    case = taken(city_store, registered(city_store), *steps)
    case = taken(city_store, case, Operation.REWORK, at=MONDAY + timedelta(hours=1))
    with city_store.write() as unit:
        before = unit.cases.by_code(case.code)
        done = load_practice(unit, replace(OPEN, name="不捆绑", bundled=False), by=BY, at=MONDAY)
        after = unit.cases.by_code(case.code)
        fact = unit.cases.facts(case.id)[-1]
    assert "bundled" in done.changed
    assert (done.clocks.looked_at, done.clocks.moved) == (1, 1)
    assert before.due_at is not None
    assert after.due_at == before.due_at + 2 * MINUTE  # what the first visit used counts no more
    assert (fact.operation, fact.details) == (Operation.RECLOCK, {"practice": "bundled -"})


def test_that_without_a_list_everybody_holds_every_post(city_store: Store) -> None:
    with city_store.read() as view:
        assert view.reference.actor("谁") == Actor("谁", EVERY_POST)


def test_that_with_a_list_only_who_is_in_it_acts_and_in_his_posts(city_store: Store) -> None:
    case = registered(city_store)
    listed(city_store)
    with city_store.read() as view:
        assert view.reference.actor("谁").posts == frozenset()
        assert view.reference.actor(ACCEPTOR.name) == ACCEPTOR.actor
    with pytest.raises(Refused, match="unknown_staff"), city_store.write() as unit:
        take_step(unit, case.code, Operation.ACCEPT, by="谁", at=MONDAY + MINUTE)
    with city_store.write() as unit:
        load_practice(unit, standard(), by=LEADER.name, at=MONDAY)
        after = take_step(unit, case.code, Operation.ACCEPT, by=ACCEPTOR.name, at=MONDAY + MINUTE)
        assert after.state is State.TO_FILE
        assert unit.cases.facts(case.id)[-1].post == Post.ACCEPTOR
    told = TOLD[Operation.FILE]
    with pytest.raises(Refused, match="wrong_post"), city_store.write() as unit:
        take_step(unit, case.code, Operation.FILE, told, by=ACCEPTOR.name, at=MONDAY + MINUTE)


def test_that_only_leaders_edit(city_store: Store) -> None:
    listed(city_store)
    for by in (ACCEPTOR.name, "谁"):
        with pytest.raises(Refused, match="needs_post"), city_store.write() as unit:
            load_practice(unit, standard(), by=by, at=MONDAY)
        with pytest.raises(Refused, match="needs_post"), city_store.write() as unit:
            load_staff(unit, STAFF, by=by, at=MONDAY)
    assert practised(city_store) == "open"


def test_that_a_list_without_a_leader_is_refused(city_store: Store) -> None:
    with pytest.raises(Refused, match="no_leader"), city_store.write() as unit:
        load_staff(unit, (ACCEPTOR,), by=BY, at=MONDAY)


def test_that_the_journal_tells_who_came_went_and_changed(city_store: Store) -> None:
    listed(city_store)
    promoted = replace(ACCEPTOR, posts=frozenset({Post.SHIFT_LEADER}))
    new = Member("派遣员01", frozenset({Post.DISPATCHER}))
    with city_store.write() as unit:
        done = load_staff(unit, (LEADER, promoted, new), by=LEADER.name, at=MONDAY)
        fact = city_facts(unit.connection)[-1]
    assert done == {"added": ["派遣员01"], "changed": ["受理员02"], "removed": ["采集员01"]}
    assert (fact.act, fact.by, fact.post) == (CityAct.STAFF_CHANGED, LEADER.name, Post.LEADER)
    assert fact.details["changed"] == {"受理员02": {"posts": ["shift_leader"]}}
    assert fact.details["removed"] == {"采集员01": {}}


def test_that_a_patroller_without_a_position_stands_at_the_centre_of_his_grid(city_store: Store) -> None:
    listed(city_store)
    grids = [one for one in small_city().unit_grids if one.responsibility_grid == "4101050010000"]
    with city_store.read() as view:
        found = view.reference.staff[PATROLLER.name]
        assert found.by_grid
        assert found.lon == pytest.approx(sum(one.lon for one in grids) / len(grids))
        assert found.lat == pytest.approx(sum(one.lat for one in grids) / len(grids))
        assert read_staff(view.connection)[LEADER.name] == LEADER
    with city_store.write() as unit:
        done = load_staff(unit, (LEADER, ACCEPTOR, found), by=LEADER.name, at=MONDAY)
    assert done["changed"] == []  # a place that only follows from the grid is not one that was told


def test_that_a_city_that_is_loaded_again_keeps_its_practice_and_staff(city_store: Store) -> None:
    listed(city_store)
    with city_store.write() as unit:
        load_practice(unit, standard(), by=LEADER.name, at=MONDAY)
        load_city(unit, small_city(), by=LOADER, at=LOADED)
        assert unit.reference.practice == standard()
        assert unit.reference.staff.keys() == {one.name for one in STAFF}
    brings = replace(small_city(), practice=builtin("no_shift_leader"), staff=(LEADER,))
    with city_store.write() as unit:
        load_city(unit, brings, by=LOADER, at=LOADED)
        assert unit.reference.practice == standard()
        assert unit.reference.staff.keys() == {one.name for one in STAFF}


def test_that_a_pack_brings_a_new_city_its_practice_and_staff(store: Store) -> None:
    brings = replace(small_city(), practice=builtin("no_shift_leader"), staff=(LEADER,))
    with store.write() as unit:
        load_city(unit, brings, by=LOADER, at=LOADED)
        assert unit.reference.practice == builtin("no_shift_leader")
        assert unit.reference.staff == {LEADER.name: LEADER}
