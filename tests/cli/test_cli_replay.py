"""The past from the command line: a moment in figures, and a film without a screen."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import URL

from console.storage.unit import Store
from tests.cli.conftest import Run
from tests.lives import SEVEN_STEPS, registered, taken

MINUTE = timedelta(minutes=1)


def test_that_a_moment_is_told_and_a_film_written(cli: Run, city_url: URL, tmp_path: Path) -> None:
    at = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(hours=3)
    store = Store(city_url, tmp_path / "evidence")
    taken(store, registered(store, at=at), *SEVEN_STEPS[:2], at=at + MINUTE)
    store.close()

    def local(minutes: int) -> str:
        return f"{(at + minutes * MINUTE).astimezone(ZoneInfo('Asia/Shanghai')):%Y-%m-%dT%H:%M}"

    assert cli("replay", "at", local(0), "--json").told["steps"] == {"collection": {"open": 1, "late": 0}}
    assert cli("replay", "at", local(5), "--json").told["steps"] == {"dispatch": {"open": 1, "late": 0}}
    assert "未结合计" in cli("--lang", "zh", "replay", "at", local(5)).out
    period = ("--since", local(0), "--until", local(10), "--speed", "300")
    done = cli("replay", "export", str(tmp_path / "pictures"), *period, "--json").told
    assert done["pictures"] == 21 == len(list((tmp_path / "pictures").iterdir()))
    again = cli("replay", "export", str(tmp_path / "pictures"), *period, "--json").told
    assert again["refused"] == "film_present"
    turned = ("--since", local(10), "--until", local(0))
    assert cli("replay", "export", str(tmp_path / "x"), *turned, "--json").told["refused"] == "film_empty"
    ahead = ("--since", local(0), "--until", local(9999))
    assert cli("replay", "export", str(tmp_path / "x"), *ahead, "--json").told["refused"] == "replay_period"
