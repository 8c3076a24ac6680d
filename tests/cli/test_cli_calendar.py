"""The working calendar on the command line: shown, edited, loaded from a file, brought up to date."""

from pathlib import Path

import pytest
from sqlalchemy import URL

from console.domain.clock import Visit
from console.storage.meta import put_meta, touch
from console.storage.unit import Store
from tests.cli.conftest import Run
from tests.domain.times import at
from tests.queries.clocks import kept


@pytest.fixture
def running(city_url: URL) -> None:
    """A case begun on the last working hour of 2026, due on the first of 2027 as far as is known."""
    store = Store(city_url)
    kept(store, Visit("D105", at("2026-12-31 17:00")), code="2026123100001")
    store.close()


def test_that_a_year_is_shown_with_its_odd_days(cli: Run) -> None:
    told = cli("calendar", "show", "2026", "--json").told
    assert (told["known"], told["work_days"]) == (True, 261)
    assert told["days"] == [
        {"date": "2026-01-01", "works": False, "name": "", "by_site": False},
        {"date": "2026-01-04", "works": True, "name": "", "by_site": False},
    ]
    assert told["seasons"] == [
        {"since": "2015-01-01", "periods": ["08:00-12:00", "14:00-18:00"], "weekdays": [1, 2, 3, 4, 5]}
    ]
    said = cli("calendar", "show", "2026").out
    assert "1月4日(周日)" in said
    assert "2026 年工作日 261 天" in said


def test_that_a_year_without_a_table_is_told(cli: Run) -> None:
    assert "2028 年的节假日表尚未装入,按星期推算" in cli("calendar", "show", "2028").out


@pytest.mark.usefixtures("running")
def test_that_a_day_can_be_set_and_taken_back(cli: Run) -> None:
    done = cli("calendar", "set", "2027-01-01", "rest", "--name", "元旦", "--json").told
    assert (done["looked_at"], done["moved"]) == (1, 1)
    (clock,) = cli("why", "2026123100001", "--json").told["clocks"]
    assert (clock["due"], clock["provisional"]) == ("2027-01-04T03:00:00+00:00", True)
    (day,) = cli("calendar", "show", "2027", "--json").told["days"]
    assert day == {"date": "2027-01-01", "works": False, "name": "元旦", "by_site": True}
    assert cli("calendar", "remove", "2027-01-01").out.startswith("查看 1 个运行中的时钟,其中 1 个")
    assert cli("verify").code == 0


@pytest.mark.usefixtures("running")
def test_that_a_file_brings_a_whole_year(cli: Run, tmp_path: Path) -> None:
    file = tmp_path / "2027.csv"
    file.write_text("date,works,name\n2027-01-01,休息,元旦\n2027-01-03,上班,元旦\n", encoding="utf-8-sig")
    assert cli("calendar", "load", str(file), "--whole", "--json").told["moved"] == 1
    assert cli("calendar", "show", "2027", "--json").told["known"] is True
    (clock,) = cli("why", "2026123100001", "--json").told["clocks"]
    assert (clock["due"], clock["provisional"]) == ("2027-01-03T03:00:00+00:00", False)


@pytest.mark.parametrize("line", ["2027-13-01,rest,元旦", "2027-01-01,maybe,元旦", ",rest,"])
def test_that_a_line_that_says_nothing_clear_is_named(cli: Run, tmp_path: Path, line: str) -> None:
    file = tmp_path / "days.csv"
    file.write_text(f"date,works,name\n2027-01-01,rest,元旦\n{line}\n", encoding="utf-8")
    told = cli("calendar", "load", str(file), "--json").told
    assert (told["refused"], told["facts"]["line"]) == ("calendar_row", 3)


def test_that_a_city_without_a_package_has_nothing_to_take_up(cli: Run) -> None:
    assert cli("calendar", "update", "--json").told["years"] == []


def test_that_a_city_of_the_package_takes_up_what_came_since(cli: Run, city_url: URL) -> None:
    store = Store(city_url)
    with store.write() as unit:
        put_meta(unit.connection, "calendar_source", "china")
        put_meta(unit.connection, "calendar_known_years", "[2024]")
        touch(unit.connection)
    store.close()
    years = cli("calendar", "update", "--json").told["years"]
    assert years[:2] == [2025, 2026], "what came before the city's first year is none of its business"
    assert cli("calendar", "update", "--json").told["years"] == []
    days = cli("calendar", "show", "2026", "--json").told["days"]
    assert {"date": "2026-10-01", "works": False, "name": "国庆节", "by_site": False} in days
    assert len({day["date"] for day in days}) == len(days)


@pytest.mark.usefixtures("running")
def test_that_work_periods_can_be_set_from_a_day_on(cli: Run) -> None:
    done = cli("calendar", "season", "2026-12-01", "07:00-11:00", "13:00-17:30", "--weekdays", "1234567")
    assert done.out.startswith("查看 1 个运行中的时钟,其中 1 个")
    assert cli("calendar", "show", "2026", "--json").told["seasons"][1] == {
        "since": "2026-12-01",
        "periods": ["07:00-11:00", "13:00-17:30"],
        "weekdays": [1, 2, 3, 4, 5, 6, 7],
    }
    cli("calendar", "season", "2026-12-01", "--remove")
    assert len(cli("calendar", "show", "2026", "--json").told["seasons"]) == 1
    refused = cli("calendar", "season", "2026-12-01", "--remove", "--json").told
    assert refused["refused"] == "no_such_season"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["8-12"], "usage"),
        (["08:00-12:00", "--weekdays", "08"], "usage"),
        (["12:00-08:00"], "bad_periods"),
        ([], "bad_periods"),
    ],
)
def test_that_periods_nobody_can_read_are_refused(cli: Run, words: list[str], code: str) -> None:
    assert cli("calendar", "season", "2026-12-01", *words, "--json").told["refused"] == code


def test_that_nothing_can_be_shown_without_a_city(empty: Run) -> None:
    assert empty("calendar", "show", "2026", "--json").told["refused"] == "no_city"
