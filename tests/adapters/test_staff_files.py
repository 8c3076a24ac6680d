"""A list of staff from CSV and back: good rows kept, bad ones named by row and field."""

import pytest

from console.adapters.practice.staff import Known, read_staff, written_staff
from console.domain.actor import Post
from console.domain.errors import Refused
from console.domain.staff import Member

KNOWN = Known({"D105"}, {"410105"}, {"G1"})
HEAD = "name,posts,department,division,responsibility_grid,lon,lat\n"
GOOD = (
    "张三,acceptor shift_leader,,,,,\n李四,department_desk,D105,410105,,,\n王五,patroller,,,G1,113.66,34.74\n"
)
PEOPLE = (
    Member("张三", frozenset({Post.ACCEPTOR, Post.SHIFT_LEADER})),
    Member("李四", frozenset({Post.DEPARTMENT_DESK}), "D105", "410105"),
    Member("王五", frozenset({Post.PATROLLER}), responsibility_grid="G1", lon=113.66, lat=34.74),
)


def test_that_a_list_reads_as_it_was_written() -> None:
    assert read_staff(HEAD + GOOD, KNOWN, file="staff.csv") == (PEOPLE, ())
    assert read_staff(written_staff(PEOPLE), KNOWN, file="staff.csv") == (PEOPLE, ())


def test_that_a_place_that_only_follows_from_a_grid_is_not_written() -> None:
    by_grid = Member("王五", PEOPLE[2].posts, responsibility_grid="G1", lon=1.0, lat=2.0, by_grid=True)
    assert written_staff([by_grid]).splitlines()[1] == "王五,patroller,,,G1,,"


def test_that_name_and_posts_are_enough() -> None:
    members, problems = read_staff("name,posts\n张三,leader\n", KNOWN, file="staff.csv")
    assert (members, problems) == ((Member("张三", frozenset({Post.LEADER})),), ())


def test_that_a_wrong_post_is_told_with_the_posts_that_people_may_hold() -> None:
    _members, problems = read_staff("name,posts\n张三,god\n", KNOWN, file="staff.csv")
    assert [problem.value for problem in problems] == ["god"]
    assert problems[0].known.split(", ") == sorted(set(Post) - {Post.SYSTEM})


@pytest.mark.parametrize(
    ("row", "field", "kind"),
    [
        (",leader,,,,,", "name", "missing"),
        (f"{'长' * 65},leader,,,,,", "name", "value_error"),
        ("甲,,,,,,", "posts", "missing"),
        ("甲,mayor,,,,,", "posts", "enum"),
        ("甲,system,,,,,", "posts", "value_error"),
        ("甲,leader,D1,,,,", "department", "unknown_department"),
        ("甲,leader,,41,,,", "division", "unknown_division"),
        ("甲,leader,,,G9,,", "responsibility_grid", "unknown_grid"),
        ("甲,leader,,,,200,34", "lon", "less_than_equal"),
        ("甲,leader,,,,113.6,", "lon, lat", "half_place"),
        ("张三,leader,,,,,", "name", "repeated"),
    ],
)
def test_that_a_bad_row_is_named_and_the_good_ones_are_kept(row: str, field: str, kind: str) -> None:
    members, problems = read_staff(f"{HEAD}{GOOD}{row}\n", KNOWN, file="staff.csv")
    assert members == PEOPLE
    assert [(one.row, one.field, one.kind) for one in problems] == [(5, field, kind)]


def test_that_missing_columns_are_named() -> None:
    with pytest.raises(Refused) as refused:
        read_staff("name\n张三\n", KNOWN, file="staff.csv")
    assert refused.value.code == "missing_columns"
    assert refused.value.facts["columns"] == "posts"
