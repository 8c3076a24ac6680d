"""An area as text: it reads back as itself, and what is no area is refused by its piece."""

import pytest

from console.domain.area import Area, Piece, checked, read_area, shape, with_piece
from console.domain.errors import Refused
from console.domain.filter_form import filter_form, read_filter_form
from console.domain.wanted import CaseFilter

TRIANGLE = ((113.66, 34.74), (113.6700001, 34.74), (113.66, 34.75))
BOTH = Area((Piece("grids", ("4101050010000",)), shape((TRIANGLE, TRIANGLE[::-1]), adds=False)), "火车站 东")


def test_that_an_area_reads_back_as_itself() -> None:
    told = BOTH.told()
    assert told == (
        "火车站 东;+g4101050010000;-p113.66 34.74,113.6700001 34.74,113.66 34.75"
        "/113.66 34.75,113.6700001 34.74,113.66 34.74"
    )
    assert read_area(told) == BOTH


def test_that_a_saved_view_keeps_the_area_with_its_name() -> None:
    wanted = CaseFilter(within=BOTH, late=True)
    assert read_filter_form(filter_form(wanted)) == wanted


NO_AREAS = (
    ("", ""), ("name", "name"), ("+x1", "+x1"), ("a;b;+c1", "b"), ("+c1,,2", "+c1,,2"), ("+p1 2,3 4",) * 2,
    ("+p1 2,3 4,181 6",) * 2, ("+p1 2,3 4,nan 6",) * 2, ("+p1 2,3 4,5",) * 2,
)  # fmt: skip


@pytest.mark.parametrize(("text", "piece"), NO_AREAS)
def test_that_what_is_no_area_is_refused_by_its_piece(text: str, piece: str) -> None:
    with pytest.raises(Refused) as told:
        read_area(text)
    assert (told.value.code, told.value.facts["piece"]) == ("area_damaged", piece)


@pytest.mark.parametrize("code", ["", "a b", "a,b", "a\0b", "x" * 25])
def test_that_nothing_becomes_an_area_that_could_not_be_read_again(code: str) -> None:
    """The page tells positions of cells; one that the city has not has no code."""
    with pytest.raises(Refused, match="area_damaged"):
        with_piece(None, Piece("cells", (code,)))
    if "," not in code:  # which is two codes
        with pytest.raises(Refused, match="area_damaged"):
            read_area(f"+c{code}")


def test_that_a_damaged_area_damages_the_saved_filter() -> None:
    with pytest.raises(Refused) as told:
        read_filter_form({"version": 1, "within": "+p1"})
    assert told.value.code == "filter_damaged"


def test_that_an_area_of_too_many_corners_is_refused() -> None:
    ring = tuple((113 + number / 1e4, 34.0) for number in range(1001))
    with pytest.raises(Refused, match="area_large"):
        checked(Area((shape((ring,)),)))


def test_that_like_pieces_one_after_the_other_become_one() -> None:
    area = with_piece(with_piece(None, Piece("cells", ("1", "2"))), Piece("cells", ("2", "3")))
    assert area.told() == "+c1,2,3"
    assert with_piece(area, Piece("cells", ("1",), adds=False)).told() == "+c1,2,3;-c1"
