"""The duty roster on the command line."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.cli.conftest import Run

TODAY = datetime.now(UTC).astimezone(ZoneInfo("Asia/Shanghai")).date()


def test_that_a_roster_is_loaded_shown_and_edited(cli: Run, tmp_path: Path) -> None:
    file = tmp_path / "班表.csv"
    rows = "".join(f"{TODAY + timedelta(days=day)},全天,王芳,,1 号席,是\n" for day in (-1, 0, 1))
    file.write_text(f"日期,班次,姓名,岗位,席位,带班\n{rows}{TODAY},不明,李强,,,\n", encoding="utf-8")
    assert cli("roster", "set-shifts", "all,全天,06:00,06:00", "--by", "王芳").code == 0
    done = cli("roster", "load", str(file), "--by", "王芳")
    assert done.code == 1
    assert "班表.csv 第 5 行 shift:没有这个班次 (不明)" in done.out
    assert "装入 3 天,3 人次" in done.out
    assert cli("roster", "now", "--json").told["leader"] == "王芳"
    assert "带班领导:王芳" in cli("--lang", "zh", "roster", "now").out
    listed = cli("roster", "list", "--json").told
    assert [one["day"] for one in listed["duties"]] == [str(TODAY), str(TODAY + timedelta(days=1))]
    assert cli("roster", "put", str(TODAY), "all", "李强", "--post", "acceptor").code == 0
    assert cli("roster", "remove", str(TODAY), "all", "王芳").code == 0
    assert cli("roster", "remove", str(TODAY), "all", "王芳", "--json").told["refused"] == "not_on_roster"
    listed = cli("roster", "list", "--days", "1", "--json").told
    assert [(one["person"], one["leads"]) for one in listed["duties"]] == [("李强", False)]


def test_that_shifts_are_shown_and_bad_ones_refused(cli: Run) -> None:
    told = cli("roster", "shifts", "--json").told
    assert [one["code"] for one in told["shifts"]] == ["night", "day", "evening"]
    assert cli("roster", "set-shifts", "day,白班,8点,16:00").code == 2
    assert cli("roster", "put", str(TODAY), "late", "王芳", "--json").told["refused"] == "no_such_shift"
