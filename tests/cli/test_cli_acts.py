"""Acting on cases from the command line: many at once, what was seen, photos, dates, taking back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import URL

from console.domain.case import Case
from console.domain.operation import Operation
from console.storage.unit import Store
from tests.cli.conftest import Run
from tests.lives import CLASS, INSIDE, MINUTE, registered, taken
from tests.photos import jpeg

O = Operation  # noqa: E741  the ways are read across
NOTE = ("--note", "确有必要")


@pytest.fixture
def cases(city_url: URL) -> list[Case]:
    """Three reports of a few minutes ago."""
    store = Store(city_url)
    now = datetime.now(UTC)
    found = [registered(store, at=now - MINUTE) for _ in range(3)]
    store.close()
    return found


def test_that_of_many_cases_each_is_done_or_refused_by_itself(cli: Run, cases: list[Case]) -> None:
    first, second, third = (case.code for case in cases)
    assert cli("cases", "do", "accept", second).code == 0
    said = cli("cases", "do", "accept", first, second, third, first, "9", "--json")
    assert (said.code, said.told["done"], said.told["not_done"]) == (1, 2, 2)
    told = [(row["code"], row.get("state"), row.get("refused")) for row in said.told["cases"]]
    assert told == [
        (first, "to_file", None), (second, None, "wrong_step"), (third, "to_file", None),
        ("9", None, "no_such_case"),
    ]  # fmt: skip
    spoken = cli("cases", "do", "accept", first, second)
    assert spoken.code == 1
    assert spoken.out.splitlines()[-1] == "已办 0 件,未办 2 件"
    assert "不能受理" in spoken.out


def test_that_many_acts_are_taken_back_together(cli: Run, cases: list[Case]) -> None:
    codes = [case.code for case in cases]
    assert cli("cases", "do", "accept", *codes).code == 0
    said = cli("cases", "undo", *codes, "--json")
    assert (said.code, {row["state"] for row in said.told["cases"]}) == (0, {"reported"})
    assert cli("cases", "undo", *codes, "--json").told["not_done"] == 3


def test_that_what_has_left_the_centre_is_countered_with_a_reason(
    cli: Run, city_url: URL, cases: list[Case]
) -> None:
    store = Store(city_url)
    code = taken(store, cases[0], O.ACCEPT, at=datetime.now(UTC) - timedelta(hours=1)).code
    store.close()
    assert cli("cases", "undo", code, "--json").told["refused"] == "needs_reason"
    said = cli("cases", "undo", code, "--note", "受理有误", "--json").told
    assert [(fact["operation"], fact["answers"], fact["undone_by"]) for fact in said["facts"]] == [
        ("register", 0, 0), ("accept", 0, 3), ("counter", 2, 0)
    ]  # fmt: skip
    assert said["case"]["state"] == "reported"


def test_that_who_looked_at_an_older_version_is_told(cli: Run, cases: list[Case]) -> None:
    code = cases[0].code
    assert cli("cases", "do", "accept", code, "--seen", "1").code == 0
    said = cli("cases", "do", "file", code, "--seen", "1", "--json")
    assert (said.code, said.told["refused"]) == (2, "stale")
    assert cli("cases", "undo", code, "--seen", "1", "--json").told["refused"] == "stale"
    assert cli("cases", "do", "urge", code, cases[1].code, "--seen", "1", "--json").told["refused"] == "usage"


def test_that_photos_come_with_an_act_and_bad_ones_stop_it(
    cli: Run, cases: list[Case], tmp_path: Path
) -> None:
    code = cases[0].code
    photo, broken = tmp_path / "现场:1.jpg", tmp_path / "broken.jpg"
    photo.write_bytes(jpeg())
    broken.write_bytes(jpeg()[:100])
    attach = ("cases", "do", "attach", code)
    for words, refusal in {
        (f"{photo}:near", f"{broken}"): "photo_damaged",
        (f"{tmp_path / 'none.jpg'}:far",): "photo_unreadable",
    }.items():
        given = [word for one in words for word in ("--photo", one)]
        said = cli(*attach, *given, "--json")
        assert (said.code, said.told["refused"]) == (2, refusal)
    said = cli(*attach, "--photo", f"{photo}:near", "--photo", str(photo), "--json")
    (near, other) = said.told["facts"][-1]["evidence"]
    assert (near["role"], other["role"], near["hash"] == other["hash"]) == ("near", "other", True)
    assert "[近景 · 现场:1.jpg]" in cli("cases", "show", code).out


@pytest.mark.parametrize(
    ("typed", "after"),
    [
        ("", timedelta(hours=23, minutes=59)),
        (" 18:30", timedelta(hours=18, minutes=30)),
        ("T06:00", timedelta(hours=6)),
    ],
)
def test_that_a_date_is_meant_to_its_end_on_the_citys_clock(
    cli: Run, city_url: URL, cases: list[Case], typed: str, after: timedelta
) -> None:
    store = Store(city_url)
    code = taken(store, cases[0], O.ACCEPT, O.FILE, O.DISPATCH, O.RECEIVE, at=datetime.now(UTC) - MINUTE).code
    store.close()
    day = (datetime.now(UTC) + timedelta(days=30)).date()
    said = cli("cases", "do", "ask_suspension", code, *NOTE, "--until", f"{day}{typed}", "--json").told
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=8)
    assert datetime.fromisoformat(said["case"]["asked_until"]) == midnight + after
    shown = cli("cases", "show", code).out
    assert "待审批: 挂账申请  受理员01" in shown


@pytest.mark.parametrize("until", ["tomorrow", "2026-02-30", "2026-03-09T25:00", ""])
def test_that_a_date_that_is_none_is_refused(cli: Run, cases: list[Case], until: str) -> None:
    said = cli("cases", "do", "accept", cases[0].code, "--until", until, "--json")
    assert (said.code, said.told["refused"]) == (2, "usage")


def test_that_a_list_is_narrowed_by_what_cases_carry(cli: Run, cases: list[Case]) -> None:
    first, second, _third = (case.code for case in cases)
    cli("cases", "do", "mark", first, "--flag", "urgent")
    cli("cases", "do", "hand_over", second, "--person", "李")
    cli("cases", "do", "accept", second)
    cli("cases", "do", "ask_void", second, *NOTE)
    for words, codes in {
        ("--flag", "urgent"): [first],
        ("--flag", "typical"): [],
        ("--state", "to_file"): [second],
        ("--request", "void"): [second],
        ("--request", "extension"): [],
        ("--handler", "李"): [],
    }.items():
        said = cli("cases", "list", *words, "--json").told
        assert [case["code"] for case in said["cases"]] == codes, words


def test_that_a_case_shows_its_flags_its_kin_and_who_may_what(cli: Run, cases: list[Case]) -> None:
    first, second, third = (case.code for case in cases)
    cli("cases", "do", "supervise", first, "--level", "2", *NOTE)
    cli("cases", "do", "accept", first)
    cli("cases", "do", "file", first)
    cli("cases", "do", "supervise", first, "--level", "2", *NOTE)
    assert cli("cases", "do", "merge", second, third, "--other", first).code == 0
    cli("cases", "do", "split", first, "--part", "甲", "--part", "乙=b=D105")
    told = cli("cases", "show", first, "--json").told
    assert told["case"]["flags"] == ["similar", "split", "supervised"]
    assert [(one["relation"], one["state"], one["description"]) for one in told["kin"]] == [
        ("part", "to_dispatch", "甲"), ("part", "to_handle", "乙=b"),
        ("duplicate", "merged", "路口有垃圾"), ("duplicate", "merged", "路口有垃圾"),
    ]  # fmt: skip
    assert told["clocks"]["running"]["clock"] == "to_dispatch"
    assert told["clocks"]["disposal"] == {"due_at": None, "share": None}
    assert "dispatch" in told["may"]
    assert told["may_not"]["close"]["refused"] == "wrong_step"
    out = cli("cases", "show", first).out
    assert "[有重复] [已拆分] [督办 2 级]" in out.splitlines()[0]
    assert out.count("重复案件: ") == 2
    assert f"并入: {first}" in cli("cases", "show", second).out


def test_that_cases_are_taken_up_when_their_suspension_is_over(cli: Run, city_url: URL) -> None:
    store = Store(city_url)
    way = (O.ACCEPT, O.FILE, O.DISPATCH, O.RECEIVE, O.ASK_SUSPENSION, O.ALLOW_SUSPENSION)
    over = taken(store, registered(store), *way)
    store.close()
    assert cli("cases", "resume-over", "--json").told == {"resumed": [over.code]}
    resumed = cli("cases", "show", over.code, "--json").told
    assert resumed["case"]["state"] == "handling"
    assert resumed["facts"][-1]["post"] == "system"
    assert over.suspended_until is not None
    assert datetime.fromisoformat(resumed["facts"][-1]["at"]) == over.suspended_until
    assert cli("cases", "resume-over").out == "已恢复 0 件\n"


def test_that_a_date_before_all_calendars_is_refused(cli: Run, cases: list[Case]) -> None:
    said = cli("cases", "do", "accept", cases[0].code, "--until", "0001-01-01T00:00", "--json")
    assert (said.code, said.told["refused"]) == (2, "period_out_of_range")


def test_that_a_report_is_not_taken_where_a_zone_forbids_it(cli: Run) -> None:
    proposed = ("--reason", "马拉松", "--area", "district", "--code", "410105", "--by", "派遣员")
    assert cli("zones", "propose", *proposed).code == 0
    assert cli("zones", "approve", "1", "--by", "领导").code == 0
    report = ("cases", "register", "路口有垃圾", "--lon", str(INSIDE[0]), "--lat", str(INSIDE[1]))
    refused = cli(*report, "--source", "patrol", "--json")
    assert (refused.code, refused.told["refused"]) == (2, "no_report_zone")
    assert "另行通知" in refused.told["message"]
    taken = cli(*report, "--source", "public")
    assert taken.code == 0
    assert "单元网格" not in taken.out


def test_that_a_place_outside_the_city_is_taken_and_told(cli: Run) -> None:
    taken = cli("cases", "register", "路口有垃圾", "--lon", "120.1", "--lat", "30.2")
    assert taken.code == 0
    assert "不在任何单元网格内" in taken.out


def test_that_the_clock_of_a_stage_and_that_of_the_department_are_told_apart(cli: Run) -> None:
    place = ("--lon", str(INSIDE[0]), "--lat", str(INSIDE[1]))
    said = cli("cases", "register", "路口有垃圾", "--class", CLASS, *place, "--json")
    code = said.told["case"]["code"]
    assert [line[:6] for line in cli("cases", "show", code).out.splitlines() if "截止: " in line] == [
        "环节截止: "
    ]
    for act in ("accept", "file", "dispatch", "receive"):
        told = cli("cases", "do", act, code, "--json").told["clocks"]
    assert (told["running"]["clock"], told["running"]["due_at"]) == ("disposal", told["disposal"]["due_at"])
    (line,) = (line for line in cli("cases", "show", code).out.splitlines() if "截止: " in line)
    assert line.startswith("截止: ")
    assert line.endswith("已用 0 %")
    cli("cases", "do", "feed_back", code)
    told = cli("cases", "do", "check", code, "--json").told["clocks"]
    assert (told["running"]["clock"], bool(told["disposal"]["due_at"])) == ("post_check", True)
    out = cli("cases", "show", code).out
    assert out.index("环节截止: ") < out.index("\n截止: ")
