"""What a site adds to its pack: limit variants, a practice, a list of staff."""

from pathlib import Path

import pytest

from console.adapters.pack import check_pack, read_pack, write_pack
from console.adapters.practice import builtin
from console.domain.actor import Post
from console.domain.catalogue import Limit, LimitUnit
from console.domain.errors import Refused
from console.domain.staff import Member
from tests.adapters.packs import Pack, small_pack

pytestmark = pytest.mark.usefixtures("parsed_here")

VARIANTS = "edition,key,condition_number,variant,limit_value,limit_unit\n2026,part:01001,1,II,3,urgent_hour\n"
STAFF = (
    "name,posts,department,responsibility_grid\n"
    "领导01,leader,,\n队员,department_desk,D1,\n巡查,patroller,,R1\n"
)
PRACTICE = 'based_on = "no_shift_leader"\nname = "小城规程"\n'


def site_pack(folder: Path) -> Pack:
    pack = small_pack(folder)
    pack.write("limits.csv", VARIANTS).write("people.csv", STAFF).write("ours.toml", PRACTICE)
    told = 'calendar = "calendar.toml"\n'
    more = 'limit_variants = "limits.csv"\nstaff = "people.csv"\npractice = "ours.toml"\n'
    return pack.replace("city.toml", told, told + more)


def test_that_a_pack_brings_them_and_they_travel(tmp_path: Path) -> None:
    city = read_pack(site_pack(tmp_path / "city").folder)
    newest = next(item for item in city.catalogues if item.edition == "2026")
    assert newest.by_key["part:01001"].conditions[0].variants == {"II": Limit(3, LimitUnit.URGENT_HOUR)}
    assert "planting" in newest.by_key["part:04002"].conditions[1].variants
    assert city.practice is not None
    assert (city.practice.name, city.practice.rights) == ("小城规程", builtin("no_shift_leader").rights)
    assert city.staff == (
        Member("领导01", frozenset({Post.LEADER})),
        Member("队员", frozenset({Post.DEPARTMENT_DESK}), "D1"),
        Member("巡查", frozenset({Post.PATROLLER}), responsibility_grid="R1"),
    )
    write_pack(tmp_path / "again", city)
    again = read_pack(tmp_path / "again")
    assert (again.catalogues, again.practice, again.staff) == (city.catalogues, city.practice, city.staff)


def test_that_a_pack_without_them_brings_none(tmp_path: Path) -> None:
    city = read_pack(small_pack(tmp_path / "city").folder)
    assert (city.practice, city.staff) == (None, ())
    write_pack(tmp_path / "again", city)
    names = {path.name for path in (tmp_path / "again").iterdir()}
    assert names.isdisjoint({"limit_variants.csv", "practice.toml", "staff.csv"})


def test_that_what_is_wrong_in_them_is_found_by_file_row_and_field(tmp_path: Path) -> None:
    pack = site_pack(tmp_path / "city")
    pack.write("limits.csv", VARIANTS + "2026,part:99999,1,II,3,urgent_hour\n")
    pack.write("people.csv", STAFF + "甲,mayor,,\n乙,department_desk,D9,\n")
    pack.write("ours.toml", PRACTICE + "bundled = 1\n")
    found = [
        (one.rule, one.facts["file"], one.facts.get("row"), one.facts["field"])
        for one in check_pack(pack.folder)
    ]
    assert sorted(found, key=str) == [
        ("practice_flaw", "ours.toml", None, "bundled"),
        ("row_invalid", "limits.csv", 3, "condition_number"),
        ("row_invalid", "people.csv", 5, "posts"),
        ("row_invalid", "people.csv", 6, "department"),
    ]
    with pytest.raises(Refused, match="pack_findings"):
        read_pack(pack.folder)
