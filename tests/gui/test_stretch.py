"""The rows at hand: what arrives between the rows that are seen waits, and every place stays right."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from console.domain.case import Source
from console.domain.flow import State
from console.queries.queue import QueueRow
from console.ui.queue.stretch import Stretch

AT = datetime(2026, 3, 20, tzinfo=UTC)


def row(number: int) -> QueueRow:
    told: dict[str, Any] = dict.fromkeys(QueueRow._fields, "")
    told |= {"id": number, "code": str(number), "state": State.REPORTED, "source": Source.HOTLINE}
    return QueueRow(**told | {"reported_at": AT, "version": 1, "flags": (), "reworks": 0})


@st.composite
def moments(draw: st.DrawFn) -> tuple[list[int], list[int], int, int]:
    """A list, what it is a while later in the same order, and which of its rows are seen."""
    whole = draw(st.lists(st.integers(1, 400), unique=True, min_size=4, max_size=60).map(sorted))
    old = [one for one in whole if draw(st.booleans())] or whole[:1]
    kept = {one for one in old if draw(st.integers(0, 4))}
    later = [one for one in whole if one in kept or one not in old]
    first = draw(st.integers(0, len(old) - 1))
    return old, later, first, draw(st.integers(1, 12))


@given(moments())
def test_that_rows_in_view_that_stay_keep_their_distances(
    told: tuple[list[int], list[int], int, int],
) -> None:
    old, later, first, room = told
    known = Stretch(0, [row(one) for one in old], ended=True)
    seen = known.rows[first : first + room]
    fresh = Stretch(0, [row(one) for one in later], ended=True)
    fresh.hold_back(seen, known, (), at_top=first == 0)
    shown = [one.id for one in fresh.rows]
    stay = [one.id for one in seen if one.id in shown]
    if stay:
        assert stay == shown[shown.index(stay[0]) : shown.index(stay[-1]) + 1]
    assert sorted([*shown, *fresh.held]) == later
    assert fresh.total == len(later) - len(fresh.held)
    assert all(one not in old for one in fresh.held)
    for place, one in enumerate(shown):
        assert fresh.place_of(one) == place
        assert fresh.row(place) == row(one)


@given(moments())
def test_that_what_waits_goes_on_waiting_until_it_is_expected(
    told: tuple[list[int], list[int], int, int],
) -> None:
    old, later, first, room = told
    known = Stretch(0, [row(one) for one in old], ended=True)
    seen = known.rows[first : first + room]
    fresh = Stretch(0, [row(one) for one in later], ended=True)
    fresh.hold_back(seen, known, (), at_top=True)
    again = Stretch(0, [row(one) for one in later], ended=True)
    again.hold_back(fresh.rows[first : first + room], fresh, (), at_top=True)
    if fresh.rows[first : first + room]:
        assert again.held == fresh.held
    shown = Stretch(0, [row(one) for one in later], ended=True)
    shown.hold_back(fresh.rows[first : first + room], fresh, set(fresh.held), at_top=True)
    assert not shown.held


def test_that_a_beginning_that_is_nearer_than_was_told_is_place_nought() -> None:
    stretch = Stretch(10, [row(5), row(6)], ended=False, counted=40)
    stretch.add_before([row(3), row(4)], started=True)
    assert (stretch.first, stretch.place_of(5), stretch.total) == (0, 2, 40)
    stretch.add_after([row(6), row(7)], ended=True)
    assert [one.id for one in stretch.rows] == [3, 4, 5, 6, 7]
    assert stretch.total == 5


def test_that_rows_far_away_are_let_go() -> None:
    stretch = Stretch(0, [row(one) for one in range(1, 101)], ended=True)
    stretch.keep(40, 60)
    assert (stretch.first, stretch.end, stretch.ended) == (40, 60, False)
    assert stretch.row(40) == row(41)
    assert stretch.row(39) is None
