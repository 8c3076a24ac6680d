"""A handover is signed once, kept word for word, and taken over by somebody else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from console.domain.actor import Post
from console.domain.city_act import CityAct
from console.domain.errors import Refused
from console.domain.handover import Brief, Edit, Handover
from console.domain.staff import Member
from console.queries.handover import handover_brief
from console.queries.handovers import last_handovers, waiting_handovers
from console.queries.verify import Mismatch, mismatches
from console.services.handover import give_handover, take_handover
from console.services.practice import load_staff
from console.storage.journal import city_facts
from console.storage.unit import Changes, Store
from tests.cities import ERQI, JINSHUI
from tests.queries.planted import NOW, plant

PEOPLE = (
    Member("领导01", frozenset({Post.LEADER})),
    Member("派遣01", frozenset({Post.DISPATCHER})),
    Member("派遣02", frozenset({Post.DISPATCHER})),
    Member("受理01", frozenset({Post.ACCEPTOR})),
    Member("金水01", frozenset({Post.DISTRICT_DISPATCHER}), division=JINSHUI),
    Member("金水02", frozenset({Post.DISTRICT_DISPATCHER}), division=JINSHUI),
    Member("二七01", frozenset({Post.DISTRICT_DISPATCHER}), division=ERQI),
)
LATER = NOW + timedelta(minutes=20)
EDIT = Edit("余 3 件,先看紧急件")


@pytest.fixture
def centre(city_store: Store) -> Store:
    with city_store.write() as unit:
        load_staff(unit, PEOPLE, by="领导01", at=NOW)
    plant(city_store)
    return city_store


def brief(store: Store, by: str) -> Brief:
    with store.read() as view:
        return handover_brief(view, NOW, by)


def given(store: Store, edit: Edit = EDIT, by: str = "派遣01") -> tuple[Handover, Changes]:
    told = brief(store, by)
    with store.write() as unit:
        one = give_handover(unit, told, edit, by=by, at=NOW)
    return one, unit.changes


def waiting(store: Store, by: str) -> list[int]:
    with store.read() as view:
        return [one.id for one in waiting_handovers(view, LATER, by)]


def test_that_what_was_signed_is_read_again_word_for_word(centre: Store) -> None:
    code = brief(centre, "派遣01").items[0].code
    other = brief(centre, "派遣01").items[1].code
    edit = Edit("要点", frozenset({other}), {code: "已电话催办"}, "夜间有雨", "派遣02")
    one, changes = given(centre, edit)
    assert changes.acts == {CityAct.HANDOVER_GIVEN}
    with centre.read() as view:
        (read,) = last_handovers(view)
        fact = city_facts(view.connection)[-1]
    assert read == one
    assert read.whole
    told = {item["code"]: item for item in read.told["items"]}
    assert (told[code]["remark"], told[code]["struck"]) == ("已电话催办", False)
    assert told[other]["struck"]
    assert read.told["remark"] == "夜间有雨"
    assert fact.details["content"] == read.told
    assert (fact.details["hash"], fact.details["to"]) == (one.content_hash, "派遣02")


def test_that_it_waits_for_the_same_post_and_place_until_somebody_takes_it_over(centre: Store) -> None:
    one, _changes = given(centre)
    assert waiting(centre, "派遣02") == [one.id]
    assert waiting(centre, "受理01") == waiting(centre, "派遣01") == waiting(centre, "金水01") == []
    with centre.write() as unit:
        taken = take_handover(unit, one.id, by="派遣02", at=LATER, note="已阅")
    assert unit.changes.acts == {CityAct.HANDOVER_TAKEN}
    assert (taken.taken_by, taken.taken_at, taken.taken_note) == ("派遣02", LATER, "已阅")
    assert waiting(centre, "派遣02") == []


def test_that_a_district_hands_over_to_its_own_district(centre: Store) -> None:
    one, _changes = given(centre, by="金水01")
    assert waiting(centre, "金水02") == [one.id]
    assert waiting(centre, "二七01") == []


def test_that_a_named_receiver_is_asked_alone_and_a_leader_may_stand_in(centre: Store) -> None:
    one, _changes = given(centre, replace(EDIT, to="受理01"))
    assert waiting(centre, "受理01") == [one.id]
    assert waiting(centre, "派遣02") == []
    with pytest.raises(Refused, match="handover_for"), centre.write() as unit:
        take_handover(unit, one.id, by="派遣02", at=LATER)
    with centre.write() as unit:
        take_handover(unit, one.id, by="领导01", at=LATER)


def test_that_it_is_taken_over_once_and_not_by_who_gave_it(centre: Store) -> None:
    one, _changes = given(centre)
    with pytest.raises(Refused, match="own_handover"), centre.write() as unit:
        take_handover(unit, one.id, by="派遣01", at=LATER)
    with centre.write() as unit:
        take_handover(unit, one.id, by="派遣02", at=LATER)
    with pytest.raises(Refused, match="handover_taken"), centre.write() as unit:
        take_handover(unit, one.id, by="领导01", at=LATER)
    with pytest.raises(Refused, match="no_such_handover"), centre.write() as unit:
        take_handover(unit, 99, by="派遣02", at=LATER)


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (Edit("  "), "handover_empty"),
        (Edit("长" * 301), "handover_long"),
        (Edit("要点", remark="长" * 501), "remark_long"),
        (Edit("要点", struck=frozenset({"1"})), "not_in_brief"),
        (Edit("要点", remarks={"1": "?"}), "not_in_brief"),
        (Edit("要点", to="派遣01"), "own_handover"),
        (Edit("要点", to="路人"), "unknown_person"),
    ],
)
def test_that_what_cannot_be_signed_is_refused(centre: Store, edit: Edit, code: str) -> None:
    with pytest.raises(Refused, match=code):
        given(centre, edit)
    assert waiting(centre, "派遣02") == []


@pytest.mark.parametrize(
    ("statement", "field"),
    [
        ("UPDATE handovers SET content = '{}'", "content"),
        ("UPDATE handovers SET given_by = '他人'", "content"),
        ("UPDATE handovers SET taken_by = '他人'", "taken_by"),
        ("DELETE FROM handovers", "id"),
    ],
)
def test_that_verification_finds_an_altered_handover(centre: Store, statement: str, field: str) -> None:
    given(centre)
    with centre.read() as view:
        assert [one for one in mismatches(view) if isinstance(one, Mismatch) and one.code == "#1"] == []
    with centre.write() as unit:
        unit.connection.execute(text(statement))
    with centre.read() as view:
        assert Mismatch("#1", "handover_differs", (field,)) in list(mismatches(view))
