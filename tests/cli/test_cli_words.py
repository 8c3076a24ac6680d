"""What people and scripts are told: nothing that moves their terminal, and a refusal for wrong words."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from console.cli.output import shown
from console.domain.operation import Operation
from console.storage.unit import Store
from tests.cli.conftest import Run, run_with
from tests.conftest import CITY, Databases
from tests.lives import REPORT, registered, taken

ROOT = Path(__file__).resolve().parents[2]
NASTY = "a\x1b[31m\u202eb\r\nc\u2028d\x9b"


@pytest.fixture
def store(tmp_path: Path, sqlite_databases: Databases) -> Store:
    return Store(sqlite_databases.new(CITY, tmp_path))


@pytest.fixture
def one(store: Store, tmp_path: Path) -> Run:
    return run_with("--data", str(tmp_path))


def test_that_a_text_cannot_move_the_terminal() -> None:
    assert shown(NASTY) == "a\\x1b[31m\\u202eb\n    | c\\u2028d\\x9b"
    assert shown("路口 🗑️ é") == "路口 🗑️ é"


def test_that_case_texts_are_shown_safely_and_told_exactly(one: Run, store: Store) -> None:
    case = registered(store, replace(REPORT, description=NASTY, address="长" * 50 + "\n\tx"))
    out = one("cases", "show", case.code).out
    assert "a\\x1b[31m\\u202eb\n    | c\\u2028d\\x9b\n" in out
    assert one("cases", "show", case.code, "--json").told["case"]["description"] == NASTY
    _heads, line, _total = one("cases", "list").out.splitlines()
    assert line.endswith("长" * 19 + "…")


def test_that_a_case_names_its_deadline_departments_and_what_was_undone(one: Run, store: Store) -> None:
    steps = (Operation.ACCEPT, Operation.FILE, Operation.DISPATCH)
    case = taken(store, registered(store), *steps)
    out = one("--lang", "zh", "cases", "show", case.code).out
    assert "(event:0110)" in out
    told = dict(line.split(": ", 1) for line in out.splitlines() if ": " in line)
    assert told["部门"].endswith("(D105)")
    assert told["立案条件"] == "暴露垃圾较重  结案条件: 已整改"
    assert told["截止"].startswith("2026-03-09 ")
    assert "超时倍数" in told["截止"]
    assert [line for line in out.splitlines() if "派遣" in line and "→" in line and "(D105)" in line]
    assert one("cases", "undo", case.code, "--note", "派错部门").code == 0
    *_, sent, countered = one("--lang", "zh", "cases", "show", case.code).out.splitlines()
    assert sent.endswith("[已撤销]")
    assert countered.startswith("  └ ", 2)
    assert countered.split("冲正")[1].split() == ["受理员01(值班长)", "派遣", "派错部门"]


@pytest.mark.parametrize("by", ["", "x" * 65, "a\nb", "\x1b[2J"])
def test_that_only_a_name_signs(one: Run, store: Store, by: str) -> None:
    said = one("cases", "do", "accept", registered(store).code, "--by", by, "--json")
    assert (said.code, said.told["refused"]) == (2, "bad_operator")


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        ("2026-03-01", "9999-12-31", "period_out_of_range"),
        ("0001-01-01", "2026-03-01", "period_out_of_range"),
        ("2026-03-02", "2026-03-01", "period_reversed"),
    ],
)
def test_that_a_period_is_one(one: Run, first: str, last: str, code: str) -> None:
    said = one("board", "--from", first, "--to", last, "--json")
    assert (said.code, said.told["refused"]) == (2, code)


@pytest.mark.parametrize("name", ["department", "division", "class", "cell"])
def test_that_a_code_the_city_does_not_know_is_no_empty_list(one: Run, name: str) -> None:
    said = one("cases", "list", f"--{name}", "nowhere", "--json")
    assert (said.code, said.told["refused"]) == (2, f"unknown_{name}")


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("cases", "list", "--most", "0"),
        ("board",),
        ("feed", "--seconds", "nan"),
        ("cases", "do", "file", "1", "--condition", "0"),
    ],
)
def test_that_a_script_is_told_of_wrong_words_in_json(one: Run, words: tuple[str, ...]) -> None:
    said = one(*words, "--json")
    assert (said.code, said.told["refused"], said.err) == (2, "usage", "")
    assert said.told["message"]


def test_that_broken_settings_leave_help_and_doctor(one: Run, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("operator = 1", "utf-8")
    assert one("--help").code == 0
    assert one("cases", "list", "--help").code == 0
    refused = one("--lang", "en", "cases", "list", "--json")
    assert (refused.code, refused.told["refused"]) == (2, "bad_setting")
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in refused.told["message"])
    said = one("--lang", "en", "doctor", "--json")
    checks = {check["name"]: check for check in said.told["checks"]}
    assert (said.code, checks["settings"]["well"]) == (1, False)
    assert checks["settings"]["remedy"].startswith("Correct")
    assert checks["database"] | {"found": ""} == {
        "name": "database", "well": True, "found": "", "remedy": ""
    }  # fmt: skip


def test_that_a_board_says_what_it_cannot_count(one: Run, store: Store) -> None:
    case = registered(store)
    with store.write() as unit:
        unit.connection.exec_driver_sql("UPDATE cases SET external_id = 'nb:1', version = version + 1")
    day = (datetime(2026, 3, 9, tzinfo=UTC) + timedelta(0)).date().isoformat()
    assert one("board", "--from", day, "--to", day, "--json").told["untimed"] == 1, case
    assert "1 件案件没有受理时间" in one("board", "--from", day, "--to", day).out
    assert one("board", "--from", "2026-03-10", "--to", "2026-03-10", "--json").told["untimed"] == 0


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen to ask for")
def test_that_a_window_without_a_screen_is_one_sentence(tmp_path: Path) -> None:
    screens = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    done = subprocess.run(
        [sys.executable, "-m", "console", "--data", str(tmp_path), "--lang", "en"],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={name: value for name, value in os.environ.items() if name not in screens},
    )  # fmt: skip
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert done.stderr.startswith("No screen")
