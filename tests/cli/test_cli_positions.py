"""Places of patrollers from a file on the command line."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.cli.conftest import Run

NOW = datetime.now(UTC)


def test_that_good_rows_are_taken_and_bad_ones_listed_by_row_and_field(cli: Run, tmp_path: Path) -> None:
    people = tmp_path / "名单.csv"
    people.write_text("name,posts\n张三,patroller\n李四,patroller\n王芳,leader\n", encoding="utf-8")
    assert cli("staff", "load", str(people), "--by", "王芳").code == 0
    file = tmp_path / "位置.csv"
    rows = (
        f"张三,113.66,34.74,{NOW.isoformat()}",
        f"李四,113.66,34.74,{(NOW + timedelta(hours=2)).isoformat()}",
        f"赵六,113.66,34.74,{NOW.isoformat()}",
        f"张三,191,34.74,{NOW.isoformat()}",
        "张三,113.66,34.74,2026-03-20 10:00",
    )
    file.write_text("name,lon,lat,at\n" + "\n".join(rows) + "\n", encoding="utf-8")
    done = cli("--lang", "zh", "staff", "positions", str(file))
    assert done.code == 1
    assert "位置.csv 第 5 行 lon" in done.out
    assert "位置.csv 第 6 行 at" in done.out
    assert "赵六:名单中没有这位监督员" in done.out
    assert "李四:定位时间晚于现在" in done.out
    assert "已更新 1 人的位置" in done.out
    told = cli("staff", "positions", str(file), "--json").told
    assert (told["positions"], told["unknown"], told["ahead"]) == (1, ["赵六"], ["李四"])


def test_that_a_file_without_the_columns_is_refused(cli: Run, tmp_path: Path) -> None:
    file = tmp_path / "位置.csv"
    file.write_text("name,x,y\n张三,1,2\n", encoding="utf-8")
    assert cli("staff", "positions", str(file), "--json").told["refused"] == "missing_columns"
