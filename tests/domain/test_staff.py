"""The staff: how far people are, and who is nearest."""

import pytest

from console.domain.actor import Post
from console.domain.staff import Member, distance_m, nearest_patrollers

PATROL = frozenset({Post.PATROLLER})
HERE = (113.66, 34.74)


def staff(*members: Member) -> dict[str, Member]:
    return {one.name: one for one in members}


def test_that_a_hundredth_of_a_degree_north_is_the_length_it_is() -> None:
    assert distance_m(113.66, 34.74, 113.66, 34.75) == pytest.approx(1109, rel=0.005)  # on the ellipsoid
    assert distance_m(113.66, 34.74, 113.67, 34.74) == pytest.approx(916, rel=0.005)
    assert distance_m(*HERE, *HERE) == 0


def test_that_the_nearest_patrollers_come_first_and_nobody_else() -> None:
    found = nearest_patrollers(
        staff(
            Member("远", PATROL, lon=113.70, lat=34.74),
            Member("近", PATROL, lon=113.661, lat=34.74, by_grid=True),
            Member("丙", PATROL, lon=113.68, lat=34.74),
            Member("坐席", frozenset({Post.ACCEPTOR}), lon=113.66, lat=34.74),
            Member("不知", PATROL),
        ),
        *HERE,
        2,
    )
    assert [one.member.name for one in found] == ["近", "丙"]
    assert found[0].metres == pytest.approx(91.6, rel=0.005)


def test_that_of_two_at_one_place_the_name_decides() -> None:
    there = {"lon": 113.67, "lat": 34.74}
    found = nearest_patrollers(staff(Member("乙", PATROL, **there), Member("A", PATROL, **there)), *HERE, 5)
    assert [one.member.name for one in found] == ["A", "乙"]
