"""No-report zones in a real store: proposed by one, approved by another, ended, told in the journal."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from console.domain.actor import Post
from console.domain.case import Source
from console.domain.city_act import CityAct
from console.domain.errors import Refused
from console.domain.flow import State
from console.domain.staff import Member
from console.domain.zone import Zone, ZoneArea
from console.services.collection import register_report
from console.services.practice import load_staff
from console.services.zones import Proposal, approve_zone, end_zone, propose_zone
from console.storage.journal import city_facts
from console.storage.unit import Store
from console.words import refusal
from tests.lives import BY, CHIEF, INSIDE, MINUTE, MONDAY, REPORT

UNTIL = MONDAY + timedelta(days=2)
PROPOSAL = Proposal("地铁施工", ZoneArea.STREET, ("410105001",), ("event:01",), until=UNTIL)
SEEN = replace(REPORT, source=Source.PATROL)


def proposed(store: Store, proposal: Proposal = PROPOSAL, by: str = BY) -> Zone:
    with store.write() as unit:
        return propose_zone(unit, proposal, by=by, at=MONDAY)


def approved(store: Store) -> Zone:
    zone = proposed(store)
    with store.write() as unit:
        return approve_zone(unit, zone.id, by=CHIEF, at=MONDAY)


def reported(store: Store, at: datetime = MONDAY + MINUTE) -> str:
    """The refusal's code, empty where the report came in."""
    try:
        with store.write() as unit:
            register_report(unit, SEEN, by=BY, at=at)
    except Refused as problem:
        return problem.code
    return ""


def test_that_a_zone_keeps_reports_out_from_its_approval_to_its_end(city_store: Store) -> None:
    zone = proposed(city_store)
    assert reported(city_store) == ""
    with city_store.write() as unit:
        approve_zone(unit, zone.id, by=CHIEF, at=MONDAY)
    assert reported(city_store) == "no_report_zone"
    with city_store.write() as unit:
        end_zone(unit, zone.id, by=CHIEF, at=MONDAY + MINUTE)
    assert reported(city_store) == ""


def test_that_the_refusal_names_zone_and_end_in_words(city_store: Store) -> None:
    approved(city_store)
    with pytest.raises(Refused) as refused, city_store.write() as unit:
        register_report(unit, SEEN, by=BY, at=MONDAY)
    assert (refused.value.facts["zone"], refused.value.facts["until"]) == (1, UNTIL)
    assert "地铁施工" in refusal(refused.value)


def test_that_a_zone_runs_out_by_itself(city_store: Store) -> None:
    approved(city_store)
    assert reported(city_store, UNTIL - MINUTE) == "no_report_zone"
    assert reported(city_store, UNTIL) == ""


def test_that_a_citizen_and_another_class_come_in(city_store: Store) -> None:
    approved(city_store)
    for report in (REPORT, replace(SEEN, class_key="part:0103"), replace(SEEN, lon=INSIDE[0] + 0.01)):
        with city_store.write() as unit:
            assert register_report(unit, report, by=BY, at=MONDAY).state is State.REPORTED
    assert reported(city_store, MONDAY) == "no_report_zone"


def test_that_a_zone_reads_back_as_it_was_written(city_store: Store) -> None:
    zone = approved(city_store)
    with city_store.read() as view:
        assert view.reference.zones == (zone,)
    assert (zone.id, zone.approved_by, zone.sources) == (1, CHIEF, (Source.PATROL, Source.VIDEO))
    assert proposed(city_store).id == 2


def test_that_nobody_approves_his_own_zone_nor_one_twice(city_store: Store) -> None:
    zone = proposed(city_store)
    with pytest.raises(Refused, match="own_request"), city_store.write() as unit:
        approve_zone(unit, zone.id, by=BY, at=MONDAY)
    with city_store.write() as unit:
        approve_zone(unit, zone.id, by=CHIEF, at=MONDAY)
    with pytest.raises(Refused, match="zone_settled"), city_store.write() as unit:
        approve_zone(unit, zone.id, by=CHIEF, at=MONDAY)


def test_that_an_ended_zone_stays_ended(city_store: Store) -> None:
    zone = approved(city_store)
    with city_store.write() as unit:
        ended = end_zone(unit, zone.id, by=CHIEF, at=MONDAY, note="提前完工")
    assert (ended.ended_by, ended.ended_at) == (CHIEF, MONDAY)
    for act in (approve_zone, end_zone):
        with pytest.raises(Refused, match="zone_settled"), city_store.write() as unit:
            act(unit, zone.id, by=CHIEF, at=MONDAY)
    with pytest.raises(Refused, match="no_such_zone"), city_store.write() as unit:
        end_zone(unit, 99, by=CHIEF, at=MONDAY)


def test_that_one_that_ran_out_is_approved_no_more(city_store: Store) -> None:
    zone = proposed(city_store)
    with pytest.raises(Refused, match="zone_period"), city_store.write() as unit:
        approve_zone(unit, zone.id, by=CHIEF, at=UNTIL)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"reason": " "}, "needs_reason"),
        ({"codes": ()}, "zone_codes"),
        ({"area": ZoneArea.CITY}, "zone_codes"),
        ({"area": ZoneArea.CITY, "codes": (), "until": None}, "zone_without_bound"),
        ({"sources": ()}, "zone_sources"),
        ({"until": MONDAY}, "zone_period"),
        ({"since": UNTIL}, "zone_period"),
        ({"codes": ("410105009",)}, "no_such_areas"),
        ({"area": ZoneArea.UNIT_GRID}, "no_such_areas"),
        ({"classes": ("event:9",)}, "unknown_class"),
    ],
)
def test_that_a_zone_that_makes_no_sense_is_refused(
    city_store: Store, change: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused, match=code):
        proposed(city_store, replace(PROPOSAL, **change))
    with city_store.read() as view:
        assert view.reference.zones == ()


@pytest.mark.parametrize(
    ("area", "codes"),
    [
        (ZoneArea.CITY, ()),
        (ZoneArea.DISTRICT, ("410105",)),
        (ZoneArea.COMMITTEE, ("410171",)),
        (ZoneArea.COMMUNITY, ("410105001001",)),
        (ZoneArea.RESPONSIBILITY_GRID, ("4101050010000",)),
        (ZoneArea.UNIT_GRID, ("410105001001001", "410105001001002")),
    ],
)
def test_that_every_kind_of_area_can_be_named(
    city_store: Store, area: ZoneArea, codes: tuple[str, ...]
) -> None:
    zone = proposed(city_store, replace(PROPOSAL, area=area, codes=codes))
    assert (zone.area, zone.codes) == (area, codes)


def test_that_posts_propose_approve_and_end(city_store: Store) -> None:
    people = {"领导": Post.LEADER, "班长": Post.SHIFT_LEADER, "派遣": Post.DISPATCHER, "受理": Post.ACCEPTOR}
    with city_store.write() as unit:
        load_staff(unit, [Member(n, frozenset({p})) for n, p in people.items()], by=BY, at=MONDAY)
    with pytest.raises(Refused, match="needs_post"):
        proposed(city_store, by="受理")
    zone = proposed(city_store, by="派遣")
    with pytest.raises(Refused, match="needs_post"), city_store.write() as unit:
        approve_zone(unit, zone.id, by="班长", at=MONDAY)
    with city_store.write() as unit:
        approve_zone(unit, zone.id, by="领导", at=MONDAY)
    with pytest.raises(Refused, match="needs_post"), city_store.write() as unit:
        end_zone(unit, zone.id, by="派遣", at=MONDAY)
    with city_store.write() as unit:
        end_zone(unit, zone.id, by="班长", at=MONDAY)
    again = proposed(city_store, by="派遣")
    with city_store.write() as unit:
        end_zone(unit, again.id, by="派遣", at=MONDAY)  # he takes his own proposal back


def test_that_the_journal_tells_the_whole_story(city_store: Store) -> None:
    zone = approved(city_store)
    with city_store.write() as unit:
        end_zone(unit, zone.id, by=CHIEF, at=MONDAY, note="提前完工")
        told = city_facts(unit.connection)[-3:]
    assert [(one.act, one.by, one.note) for one in told] == [
        (CityAct.ZONE_PROPOSED, BY, "地铁施工"),
        (CityAct.ZONE_APPROVED, CHIEF, ""),
        (CityAct.ZONE_ENDED, CHIEF, "提前完工"),
    ]
    assert told[0].details["codes"] == ["410105001"]
    assert all(one.details["zone"] == zone.id for one in told)
