"""Drills from the command line: made at a moment of the city's time, listed, worked on, removed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import URL

from console.storage.unit import Store
from tests.cli.conftest import Run
from tests.lives import SEVEN_STEPS, registered, taken


def test_that_a_drill_is_started_listed_worked_on_and_removed(
    cli: Run, city_url: URL, tmp_path: Path
) -> None:
    at = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(hours=3)
    store = Store(city_url, tmp_path / "evidence")
    case = taken(store, registered(store, at=at), *SEVEN_STEPS[:2], at=at + timedelta(minutes=1))
    later = registered(store, at=at + timedelta(hours=2))
    store.close()
    moment = f"{(at + timedelta(hours=1)).astimezone(ZoneInfo('Asia/Shanghai')):%Y-%m-%dT%H:%M}"
    told = cli("drill", "start", "--at", moment, "--no-window", "--json").told
    assert told["cases"] == 1
    (listed,) = cli("drill", "list", "--json").told["drills"]
    assert listed["name"] == told["name"]
    assert told["name"] in cli("drill", "list").out
    folder = tmp_path / "drills" / told["name"]
    assert folder.is_dir()
    drill = Store(URL.create("sqlite", database=str(folder / "console.sqlite")), folder / "evidence")
    with drill.read() as view:
        assert view.cases.by_code(case.code).state == case.state
        assert view.reference.profile.drill
    drill.close()
    assert later.code != case.code
    assert "移除" in cli("--lang", "zh", "drill", "remove", told["name"]).out
    assert not folder.exists()
    assert cli("drill", "remove", told["name"], "--json").told["refused"] == "no_such_drill"
    ahead = f"{datetime.now(UTC) + timedelta(days=2):%Y-%m-%dT%H:%M}"
    assert cli("drill", "start", "--at", ahead, "--no-window", "--json").told["refused"] == "drill_moment"
    assert cli("verify").code == 0
