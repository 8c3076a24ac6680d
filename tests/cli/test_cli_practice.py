"""Practice, staff and no-report zones on the command line."""

from pathlib import Path

import pytest
from sqlalchemy import URL

from console.settings import Settings, write_settings
from console.storage.unit import Store
from tests.cli.conftest import Run
from tests.lives import registered

PEOPLE = (
    "name,posts,department,responsibility_grid\n"
    "领导01,leader,,\n派遣01,dispatcher,,\n巡查01,patroller,,4101050010000\n"
)


@pytest.fixture
def placed(city_url: URL) -> str:
    """The code of a case with a place."""
    store = Store(city_url)
    code = registered(store).code
    store.close()
    return code


def kept(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_that_the_standard_practice_is_in_force_and_shown(cli: Run) -> None:
    told = cli("practice", "show", "--json").told
    assert told["name"] == "标准规程"
    assert told["rights"]["file"] == ["shift_leader"]
    said = cli("--lang", "zh", "practice", "show").out
    assert "立案: 值班长  10 秒内可撤销\n" in said
    assert "受理员(核查中、核实中)" in said
    assert "待受理: 15 分钟\n" in said


def test_that_a_practice_can_be_exported_edited_checked_and_loaded(cli: Run, tmp_path: Path) -> None:
    file = tmp_path / "practice.toml"
    assert cli("practice", "export", str(file)).code == 0
    assert cli("practice", "export", str(file), "--json").told["refused"] == "file_exists"
    assert cli("practice", "check", str(file)).code == 0
    text = file.read_text("utf-8")
    file.write_text(text.replace("most_extensions = 2", "most_extensions = 1"), "utf-8")
    assert cli("practice", "load", str(file), "--json").told["changed"] == ["most_extensions"]
    assert cli("practice", "show", "--json").told["most_extensions"] == 1


def test_that_every_flaw_is_told_by_key_and_nothing_is_changed(cli: Run, tmp_path: Path) -> None:
    file = kept(
        tmp_path,
        "bad.toml",
        'based_on = "standard"\nmost_extensions = 1\n[rights]\nfile = ["mayor"]\nfly = []\n',
    )
    done = cli("practice", "check", file, "--json")
    assert done.code == 1
    assert [(one["key"], one["rule"]) for one in done.told["flaws"]] == [
        ("rights.file", "unknown_post"),
        ("rights.file", "nobody_may"),
        ("rights.fly", "unknown_operation"),
    ]
    said = cli("--lang", "zh", "practice", "load", file)
    assert said.code == 2
    assert "rights.fly: 没有这项操作 (fly)" in said.out
    refused = cli("practice", "load", file, "--json").told
    assert (refused["refused"], refused["facts"]["flaws"]) == ("practice_flaws", 3)
    assert cli("practice", "show", "--json").told["most_extensions"] == 2


def test_that_the_labels_of_the_city_are_spoken(cli: Run, tmp_path: Path) -> None:
    text = 'based_on = "standard"\n[labels.pre_check]\nzh = "核查"\n[labels.post_check]\nzh = "核实"\n'
    assert cli("practice", "load", kept(tmp_path, "own.toml", text)).code == 0
    said = cli("--lang", "zh", "practice", "show").out
    assert "派核查" in said.split("立案", maxsplit=1)[0]  # the check before filing comes first


def test_that_a_list_of_staff_is_loaded_but_for_its_bad_rows(cli: Run, tmp_path: Path) -> None:
    file = kept(tmp_path, "staff.csv", PEOPLE + "坏,mayor,,\n坏,leader,D9,\n")
    done = cli("staff", "load", file, "--json")
    assert done.code == 1
    assert (done.told["staff"], done.told["added"]) == (3, 3)
    assert [(one["row"], one["field"]) for one in done.told["problems"]] == [(5, "posts"), (6, "department")]
    assert [one["name"] for one in cli("staff", "list", "--json").told["staff"]] == [
        "巡查01",
        "派遣01",
        "领导01",
    ]
    assert cli("staff", "list", "--post", "patroller", "--json").told["total"] == 1
    assert "staff.csv 第 5 行 posts" in cli("staff", "load", file, "--by", "领导01").out
    assert cli("staff", "load", file, "--by", "派遣01", "--json").told["refused"] == "needs_post"
    assert cli("staff", "load", file, "--json").told["refused"] == "needs_post"  # not in the list


def test_that_the_operator_of_the_settings_signs(cli: Run, tmp_path: Path) -> None:
    cli("staff", "load", kept(tmp_path, "staff.csv", PEOPLE))
    write_settings(tmp_path, Settings(operator="领导01"))
    assert cli("staff", "load", kept(tmp_path, "staff.csv", PEOPLE)).code == 0


def test_that_the_nearest_patrollers_are_told(cli: Run, tmp_path: Path, placed: str) -> None:
    cli("staff", "load", kept(tmp_path, "staff.csv", PEOPLE))
    (near,) = cli("staff", "nearest", placed, "--json").told["nearest"]
    assert (near["name"], near["by_grid"]) == ("巡查01", True)
    assert 0 < near["metres"] < 500
    assert "责任网格中心" in cli("--lang", "zh", "staff", "nearest", placed).out


def test_that_a_zone_is_proposed_approved_listed_and_ended(cli: Run) -> None:
    words = ("--reason", "地铁施工", "--area", "street", "--code", "410105001", "--class", "event:01")
    until = ("--until", "2099-01-01")
    zone = cli("zones", "propose", *words, *until, "--by", "甲", "--json").told["zone"]
    assert (zone["id"], zone["until"]) == (1, "2098-12-31T16:00:00+00:00")  # midnight in the city
    assert "待批准" in cli("--lang", "zh", "zones", "list").out
    assert cli("zones", "approve", "1", "--by", "甲", "--json").told["refused"] == "own_request"
    assert cli("zones", "approve", "1", "--by", "乙").code == 0
    said = cli("--lang", "zh", "zones", "list").out
    assert "生效中" in said
    assert "2099-01-01 00:00" in said
    assert cli("zones", "end", "1", "--by", "乙", "--note", "完工").code == 0
    assert cli("zones", "list", "--json").told["zones"] == []
    assert [one["ended_by"] for one in cli("zones", "list", "--all", "--json").told["zones"]] == ["乙"]


def test_that_a_nonsense_zone_is_refused_in_words(cli: Run) -> None:
    done = cli("--lang", "zh", "zones", "propose", "--reason", "不想收")
    assert (done.code, "终止时间" in done.err) == (2, True)
