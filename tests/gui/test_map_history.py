"""Back and forth through views, and bookmarks as they are kept: without a page."""

import pytest

from console.domain.errors import Refused
from console.ui.places.bookmarks import MOST as MOST_BOOKMARKS
from console.ui.places.bookmarks import Bookmark, of_document, with_bookmark, written
from console.ui.places.history import MOST, History, MapView

ONE, TWO, THREE = (MapView(113.6 + number / 100, 34.7, 12 + number) for number in range(3))


def test_that_one_goes_back_and_forth_and_a_new_way_forgets_the_old_one() -> None:
    history = History()
    for view in (ONE, TWO, TWO, THREE):
        history.visit(view)
    assert history.go(-1) == TWO
    history.visit(TWO)  # the page tells that it shows it
    assert history.go(-1) == ONE
    history.visit(ONE)
    assert history.go(-1) is None
    assert history.go(1) == TWO
    history.visit(THREE)
    assert (history.go(1), history.go(-1)) == (None, TWO)


def test_that_the_history_does_not_grow_without_end() -> None:
    history = History()
    for number in range(3 * MOST):
        history.visit(MapView(number / 1000, 0, 10))
    assert len(history.views) == MOST
    assert history.go(1 - MOST) == MapView((2 * MOST) / 1000, 0, 10)


def test_that_bookmarks_come_back_as_they_were_and_damaged_ones_are_passed_over() -> None:
    known = with_bookmark(with_bookmark([], Bookmark("火车站", ONE)), Bookmark("东区", TWO))
    assert of_document(written(known)) == known
    again = with_bookmark(known, Bookmark("火车站", THREE))
    assert [one.view for one in again] == [THREE, TWO]
    place = {"lon": 1, "lat": 1, "zoom": 3}
    damaged = [{"name": "x"}, {"name": "", **place}, 7, {"name": "y", **place, "lon": 1e9},
               {"name": "z", **place, "lon": True}]  # fmt: skip
    assert of_document(damaged) == []
    assert of_document({"a": 1}) == []


def test_that_no_bookmark_is_pushed_out_by_another() -> None:
    full = [Bookmark(f"地点 {number}", ONE) for number in range(MOST_BOOKMARKS)]
    with pytest.raises(Refused) as told:
        with_bookmark(full, Bookmark("又一个", TWO))
    assert told.value.code == "too_many_bookmarks"
    assert with_bookmark(full, Bookmark("地点 0", TWO))[0].view == TWO
