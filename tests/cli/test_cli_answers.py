"""Answers a script can hold on to: exit codes, one JSON object, refusals with their facts."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import URL, text

from console import __version__
from console.cli.main import _COMMANDS
from console.storage.unit import Store
from tests.cli.conftest import Run, opened, run_with
from tests.conftest import CITY, Databases
from tests.lives import registered
from tests.servers import free_port

ROOT = Path(__file__).resolve().parents[2]
DAYS = ("--from", "2026-03-01", "--to", "2026-03-31")


@pytest.fixture
def folder(tmp_path: Path, sqlite_databases: Databases) -> Path:
    """A data folder with the small city and one report."""
    store = Store(sqlite_databases.new(CITY, tmp_path))
    registered(store)
    store.close()
    return tmp_path


@pytest.fixture
def one(folder: Path) -> Run:
    return run_with("--data", str(folder))


CODE = "2026030900001"
REFUSED = [
    (("cases", "show", "9"), "no_such_case", {"code": "9"}),
    (("cases", "do", "accept", "9"), "no_such_case", {"code": "9"}),
    (("cases", "do", "close", CODE), "wrong_step", {"operation": "close", "state": "reported", "code": CODE}),
    (("cases", "do", "reject", CODE), "needs_reason", {}),
    (("cases", "do", "undo", CODE), "nothing_to_undo", {"code": CODE}),
    (("cases", "do", "accept", CODE, "--department", "X"), "unknown_department", {"department": "X"}),
    (("cases", "do", "accept", CODE, "--class", "event:9"), "unknown_class", {"key": "event:9"}),
]


@pytest.mark.parametrize(("words", "code", "facts"), REFUSED)
def test_that_a_refusal_is_code_two_and_says_why(
    one: Run, words: tuple[str, ...], code: str, facts: dict[str, str]
) -> None:
    said = one(*words, "--json")
    assert (said.code, said.told["refused"], said.told["facts"]) == (2, code, facts)
    assert said.told["message"]
    spoken = one(*words)
    assert (spoken.code, spoken.out, spoken.err) == (2, "", said.told["message"] + "\n")


def test_that_an_operation_nobody_knows_names_those_there_are(one: Run) -> None:
    said = one("cases", "do", "dance", CODE, "--json")
    assert (said.code, said.told["refused"]) == (2, "unknown_operation")
    assert "accept, reject, answer" in said.told["facts"]["known"]
    assert "register" not in said.told["facts"]["known"]


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("cases", "list", "--step", "nonsense"),
        ("cases", "list", "--most", "0"),
        ("board", "--from", "yesterday", "--to", "2026-03-31"),
        ("board",),
        ("feed", "--speed", "601"),
        ("cases", "show"),
    ],
)
def test_that_words_that_make_no_command_are_code_two(one: Run, words: tuple[str, ...]) -> None:
    said = one(*words)
    assert (said.code, said.out) == (2, "")
    assert said.err


@pytest.mark.parametrize(
    "words",
    [("cases", "list"), ("cases", "show", "1"), ("board", *DAYS), ("feed", "--seconds", "0")],
)
def test_that_without_a_city_everything_points_to_how_to_get_one(empty: Run, words: tuple[str, ...]) -> None:
    said = empty(*words, "--json")
    assert said.code == 2
    assert said.told["refused"] in {"no_city", "no_such_case"}


def test_that_an_empty_store_is_verified_without_findings(empty: Run) -> None:
    said = empty("verify", "--json")
    assert (said.code, said.told) == (0, {"cases": 0, "mismatches": []})


def test_that_a_difference_between_row_and_journal_is_code_one(cli: Run, city_url: URL) -> None:
    store = Store(city_url)
    case = registered(store)
    with store.write() as unit:
        unit.connection.execute(text("UPDATE cases SET address = 'elsewhere'"))
    store.close()
    said = cli("verify", "--json")
    wrong = {"code": case.code, "problem": "row_differs", "fields": ["address"]}
    assert (said.code, said.told) == (1, {"cases": 1, "mismatches": [wrong]})
    assert cli("verify").out == f"{case.code}: 现状与流水不符: address\n核对 1 件,不符 1 件\n"


def test_that_a_list_is_narrowed_ordered_and_cut(one: Run, folder: Path) -> None:
    store = Store(address_of(folder))
    for _ in range(4):
        registered(store)
    store.close()
    said = one("cases", "list", "--order", "code", "--descending", "--most", "2", "--json").told
    assert said["total"] == 5
    assert [case["code"] for case in said["cases"]] == ["2026030900005", "2026030900004"]
    for words, total in {
        ("--division", "410105"): 5, ("--division", "410103"): 0, ("--class", "event:"): 5,
        ("--class", "part:"): 0,
        ("--text", "垃圾"): 5, ("--text", "50%"): 0, ("--step", "filing"): 0, ("--late",): 0,
        ("--department", "D105"): 0, ("--all",): 5,
    }.items():  # fmt: skip
        assert one("cases", "list", *words, "--json").told["total"] == total, words


def address_of(folder: Path) -> URL:
    return URL.create("sqlite", database=str(folder / "console.sqlite"))


def test_that_a_real_city_refuses_the_simulation(tmp_path: Path, sqlite_databases: Databases) -> None:
    store = Store(sqlite_databases.new(CITY, tmp_path))
    with store.write() as unit:
        unit.connection.execute(
            text("UPDATE meta SET value = replace(value, '\"generated\": true', '\"generated\": false')")
        )
    store.close()
    run = run_with("--data", str(tmp_path))
    said = run("feed", "--seconds", "0", "--json")
    assert (said.code, said.told["refused"]) == (2, "feed_in_real_city")
    said = run("city", "demo", "--cases", "0", "--json")
    assert (said.code, said.told["refused"]) == (2, "other_city")


def test_that_a_generated_city_that_is_there_is_left_alone(one: Run) -> None:
    said = one("city", "demo", "--json")
    assert (said.code, said.told) == (0, {"city": "小城(演示)", "made": False})
    assert one("cases", "list", "--json").told["total"] == 1


def test_that_the_feed_runs_as_long_as_it_was_told(one: Run) -> None:
    said = one("feed", "--speed", "600", "--seconds", "0.3", "--json")
    assert said.code == 0
    assert said.told["speed"] == 600
    assert said.told["rounds"] >= 1
    assert one("verify", "--json").code == 0


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("mysql://u:secret@h/d", "database_url"),
        ("postgresql://u:secret@127.0.0.1:{port}/d", "database_unreachable"),
    ],
)
def test_that_a_database_that_is_none_is_refused_without_its_password(
    tmp_path: Path, url: str, code: str
) -> None:
    said = run_with("--data", str(tmp_path), "--db", url.format(port=free_port()))("verify", "--json")
    assert (said.code, said.told["refused"]) == (2, code)
    assert "secret" not in said.out


def test_that_damaged_settings_are_told_and_nothing_is_done(folder: Path) -> None:
    (folder / "settings.toml").write_text('operator = "a\\u0000b"\n', "utf-8")
    said = run_with("--data", str(folder))("cases", "do", "accept", CODE)
    assert (said.code, said.out) == (2, "")
    assert "operator" in said.err
    (folder / "settings.toml").unlink()
    assert (
        run_with("--data", str(folder))("cases", "show", CODE, "--json").told["case"]["state"] == "reported"
    )


def test_that_the_operator_of_the_settings_signs(folder: Path) -> None:
    (folder / "settings.toml").write_text('operator = "王班长"\n', "utf-8")
    told = run_with("--data", str(folder))("cases", "do", "accept", CODE, "--json").told
    assert told["facts"][-1]["by"] == "王班长"


def test_that_no_command_opens_the_window(tmp_path: Path) -> None:
    assert run_with("--data", str(tmp_path), "--db", "postgresql://h/d")().code == 0
    assert opened == [(tmp_path, "postgresql://h/d")]


def test_that_every_command_explains_itself(one: Run) -> None:
    listed = one("--help").out
    for name in _COMMANDS:
        assert name in listed
        assert one(name, "--help").code == 0
    assert one("--version").out == f"grid-console, version {__version__}\n"


def test_that_the_doctor_names_what_it_looked_at_with_remedies(one: Run) -> None:
    said = one("doctor", "--json")
    checks = {check["name"]: check for check in said.told["checks"]}
    assert checks.keys() >= {"grid-console", "Python", "SQLAlchemy", "database", "city", "holidays", "Qt"}
    assert all(check.keys() == {"name", "well", "found", "remedy"} for check in checks.values())
    assert (checks["database"]["well"], checks["city"]["found"]) == (True, "小城(演示)")
    assert checks["database"]["found"].startswith("sqlite 3.")
    assert checks["holidays"]["found"].startswith("2025–2026")
    assert said.code == (0 if all(check["well"] for check in checks.values()) else 1)


def test_that_the_doctor_finds_a_damaged_database_and_goes_on(folder: Path) -> None:
    (folder / "console.sqlite").write_bytes(b"no database at all" * 100)
    said = run_with("--data", str(folder))("doctor", "--json")
    checks = {check["name"]: check for check in said.told["checks"]}
    assert said.code == 1
    assert (checks["database"]["well"], bool(checks["database"]["remedy"])) == (False, True)
    assert "Qt" in checks


def test_that_words_that_are_no_text_do_not_break_the_answer(folder: Path) -> None:
    """A process of its own: only there do bytes of the command line become what they are."""
    run = [os.fsencode(word) for word in (sys.executable, "-m", "console", "--data", str(folder))]
    for words in ([b"cases", b"show", b"\xff\xfe"], [b"cases", b"list", b"--text", b"\xff"]):
        done = subprocess.run([*run, *words, b"--json"], cwd=ROOT, capture_output=True, check=False)
        assert done.stderr == b""
        told = json.loads(done.stdout)
        assert told.get("refused") == "no_such_case" or told["total"] == 0
    done = subprocess.run(
        [*run, b"cases", b"do", b"reject", CODE.encode(), b"--note", b"\xff", b"--by", b"\xfe", b"--json"],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    fact = json.loads(done.stdout)["facts"][-1]
    assert (done.returncode, fact["note"], fact["by"]) == (0, "\ufffd", "\ufffd")
