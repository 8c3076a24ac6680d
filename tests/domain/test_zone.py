"""No-report zones: where, when, for what and from whom a report is kept out."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.case import Case, Source
from console.domain.zone import USUAL_SOURCES, Zone, ZoneArea, forbidding
from tests.lives import MONDAY, opened

HOUR = timedelta(hours=1)
ZONE = Zone(
    id=1,
    reason="地铁施工",
    area=ZoneArea.STREET,
    codes=("410105001",),
    classes=(),
    sources=USUAL_SOURCES,
    since=None,
    until=MONDAY + HOUR,
    proposed_by="甲",
    proposed_at=MONDAY - HOUR,
    approved_by="乙",
    approved_at=MONDAY - HOUR,
)


def case(**fields: object) -> Case:
    found, _facts = opened()
    return replace(
        found,
        source=Source.PATROL,
        cell="410105001001004",
        responsibility_grid="4101050010000",
        street="410105001",
        district="410105",
        **fields,
    )


def test_that_a_report_inside_is_kept_out_until_the_end() -> None:
    assert forbidding([ZONE], case(), MONDAY) is ZONE
    assert forbidding([ZONE], case(), MONDAY + HOUR - timedelta(microseconds=1)) is ZONE
    assert forbidding([ZONE], case(), MONDAY + HOUR) is None


def test_that_a_zone_holds_from_its_beginning() -> None:
    later = replace(ZONE, since=MONDAY)
    assert forbidding([later], case(), MONDAY - timedelta(microseconds=1)) is None
    assert forbidding([later], case(), MONDAY) is later


def test_that_a_proposal_and_an_ended_zone_keep_nothing_out() -> None:
    assert forbidding([replace(ZONE, approved_at=None)], case(), MONDAY) is None
    assert forbidding([replace(ZONE, ended_at=MONDAY)], case(), MONDAY) is None


@pytest.mark.parametrize("source", sorted(set(Source) - set(USUAL_SOURCES)))
def test_that_what_citizens_report_always_comes_in(source: Source) -> None:
    assert forbidding([ZONE], replace(case(), source=source), MONDAY) is None


@pytest.mark.parametrize(
    ("area", "inside", "outside"),
    [
        (ZoneArea.DISTRICT, "410105", "410103"),
        (ZoneArea.COMMITTEE, "410171", "410172"),
        (ZoneArea.STREET, "410105001", "410105002"),
        (ZoneArea.COMMUNITY, "410105001001", "410105001002"),
        (ZoneArea.RESPONSIBILITY_GRID, "4101050010000", "4101050010001"),
        (ZoneArea.UNIT_GRID, "410105001001004", "410105001001005"),
    ],
)
def test_that_each_kind_of_area_is_known(area: ZoneArea, inside: str, outside: str) -> None:
    found = replace(case(), committee="410171")
    assert forbidding([replace(ZONE, area=area, codes=(outside, inside))], found, MONDAY) is not None
    assert forbidding([replace(ZONE, area=area, codes=(outside,))], found, MONDAY) is None
    nowhere, _facts = opened()
    unplaced = replace(nowhere, source=Source.PATROL)
    assert forbidding([replace(ZONE, area=area, codes=(inside,))], unplaced, MONDAY) is None


def test_that_the_whole_city_needs_no_code() -> None:
    assert forbidding([replace(ZONE, area=ZoneArea.CITY, codes=())], case(), MONDAY) is not None


@pytest.mark.parametrize(
    ("listed", "kept_out"),
    [
        ("event:0110", True),
        ("event:01", True),
        ("event:", True),
        ("event:0111", False),
        ("event:011", False),  # no class and no major class: the beginning of others
        ("part:", False),
    ],
)
def test_that_classes_are_listed_whole_by_major_class_or_by_kind(listed: str, kept_out: bool) -> None:
    zone = replace(ZONE, classes=("part:0101", listed))
    assert (forbidding([zone], case(class_key="event:0110"), MONDAY) is zone) == kept_out


def test_that_a_report_without_a_class_is_kept_out_only_where_every_class_is() -> None:
    assert forbidding([replace(ZONE, classes=("event:",))], case(class_key=""), MONDAY) is None
    assert forbidding([ZONE], case(class_key=""), MONDAY) is ZONE


def test_that_of_several_the_one_that_lasts_longest_is_named() -> None:
    endless = replace(ZONE, id=3, until=None)
    longer = replace(ZONE, id=2, until=MONDAY + 2 * HOUR)
    assert forbidding([longer, ZONE], case(), MONDAY) is longer
    assert forbidding([ZONE, endless, longer], case(), MONDAY) is endless
