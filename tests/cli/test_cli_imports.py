"""The import at the door: what a report may replace, Ctrl-C, and what is said of rows without a grid."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import tomli_w

from console.adapters.intake import run as intake
from tests.adapters.intake_city import TOLD, csv_file, row
from tests.cli.conftest import Run, run_with
from tests.conftest import CITY, Databases


@pytest.fixture
def one(tmp_path: Path, sqlite_databases: Databases) -> Run:
    sqlite_databases.new(CITY, tmp_path)
    csv_file(tmp_path, [row(1), row(2)])
    (tmp_path / "mapping.toml").write_text(tomli_w.dumps(TOLD), "utf-8")
    return run_with("--data", str(tmp_path))


def words(folder: Path, *more: str) -> list[str]:
    return ["cases", "import", str(folder / "cases.csv"), "--mapping", str(folder / "mapping.toml"), *more]


@pytest.mark.parametrize(
    "name",
    ["cases.csv", "mapping.toml", "console.sqlite", "console.sqlite-wal", "other.json", "link.csv", "pipe"],
)
def test_that_a_report_replaces_nothing_but_a_report(one: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "other.json").write_text('{"mapping": "mine"}', "utf-8")
    (tmp_path / "link.csv").symlink_to(tmp_path / "cases.csv")
    os.mkfifo(tmp_path / "pipe")
    before = (tmp_path / "cases.csv").read_bytes()
    said = one(*words(tmp_path, "--report", str(tmp_path / name), "--json"))
    assert (said.code, said.told["refused"]) == (2, "report_place_taken")
    assert (tmp_path / "cases.csv").read_bytes() == before
    assert one("cases", "list", "--all", "--json").told["total"] == 0


def test_that_an_earlier_report_is_replaced_and_nothing_is_left_beside_it(one: Run, tmp_path: Path) -> None:
    report = tmp_path / "out" / "report.json"
    report.parent.mkdir()
    for imported in (2, 0):
        assert one(*words(tmp_path, "--report", str(report))).code == 0
        assert json.loads(report.read_text("utf-8"))["imported"] == imported
    assert [path.name for path in report.parent.iterdir()] == ["report.json"]


def test_that_a_report_without_a_folder_is_refused_before_the_import(one: Run, tmp_path: Path) -> None:
    said = one(*words(tmp_path, "--report", str(tmp_path / "gone" / "report.json"), "--json"))
    assert (said.code, said.told["refused"]) == (2, "report_not_writable")
    assert one("cases", "list", "--all", "--json").told["total"] == 0


def test_that_ctrl_c_cancels_the_import_and_still_reports(
    one: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    surveyed = intake.survey

    def pressed(*args: object) -> object:
        found = surveyed(*args)  # type: ignore[arg-type]
        signal.raise_signal(signal.SIGINT)
        return found

    monkeypatch.setattr(intake, "survey", pressed)
    before = signal.getsignal(signal.SIGINT)
    report = tmp_path / "report.json"
    said = one(*words(tmp_path, "--report", str(report), "--json"))
    assert (said.code, said.told["cancelled"], said.told["not_reached"]) == (1, True, 2)
    assert json.loads(report.read_text("utf-8"))["cancelled"] is True
    assert signal.getsignal(signal.SIGINT) is before


def test_that_rows_outside_every_grid_are_findings(one: Run, tmp_path: Path) -> None:
    csv_file(tmp_path, [row(1, 经度="114.9", 纬度="35.9")])
    said = one(*words(tmp_path))
    assert said.code == 1
    assert "网格之外: 1\n" in said.out
    assert "全部落在单元网格之外" in said.out


def test_that_the_summary_is_in_the_users_language(one: Run, tmp_path: Path) -> None:
    said = one("--lang", "en", *words(tmp_path))
    assert "Added: 2\n" in said.out
    assert "Own changes kept: 0\n" in said.out
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in said.out)


def test_that_an_interrupted_demo_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from console.adapters.demo import history

    def pressed(*_args: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(history, "write_history", pressed)
    run = run_with("--data", str(tmp_path))
    said = run("city", "demo", "--cases", "1", "--json")
    assert (said.code, said.told["refused"]) == (2, "interrupted")
    assert run("cases", "list", "--json").told["refused"] == "no_city"


def test_that_an_import_lets_the_windows_of_the_machine_go_first(tmp_path: Path) -> None:
    """In a process of its own, as it always is: it does not come forward again."""
    words = ["cases", "import", "there-is-none.csv", "--mapping", "there-is-none.toml"]
    told = subprocess.run(
        [sys.executable, "-c", _RANKED, "--data", str(tmp_path), *words],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    before, after = map(int, told.stdout.split()[-2:])
    assert after > before, told.stderr


_RANKED = """
import atexit, os
print(os.nice(0))
atexit.register(lambda: print(os.nice(0)))
from console.__main__ import main
main()
"""
