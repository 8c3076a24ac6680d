"""English on the command line and on paper: every line of it, with counts of one and with dates."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import click
import pytest
from pypdf import PdfReader

from console.cli.main import grid_console
from console.domain.case import Case
from console.domain.operation import Operation
from console.i18n import use_language
from console.settings import Settings
from console.storage.engine import database_url
from console.storage.unit import Store
from tests.cli.conftest import Run, run_with
from tests.conftest import EMPTY, Databases
from tests.english_city import CHINESE, DONE, SENT, faults, founded, lived
from tests.lives import MONDAY

DAY = "2026-03-09"
_HOUR = timedelta(hours=1)
_FILES: Mapping[str, Sequence[Sequence[str]]] = {
    "staff.csv": (
        ("name", "posts", "department", "division", "responsibility_grid", "lon", "lat"),
        ("clerk01", "acceptor", "", "", "", "", ""),
        ("chief01", "leader shift_leader dispatcher", "", "", "", "", ""),
        ("other01", "leader shift_leader", "", "", "", "", ""),
        ("walker01", "patroller", "", "", "", "113.661", "34.741"),
        ("wrong01", "nonsense", "", "", "", "", ""),
    ),
    "days.csv": (("date", "works", "name"), ("2026-05-09", "rest", "City day")),
    "roster.csv": (
        ("date", "shift", "name", "post", "seat", "leads"),
        (DAY, "day", "chief01", "", "", "yes"),
        (DAY, "noon", "chief01", "", "", ""),
    ),
    "places.csv": (
        ("name", "lon", "lat", "at"),
        ("walker01", "113.661", "34.741", "2026-03-09T01:00:00Z"),
        ("nobody", "113.661", "34.741", "2026-03-09T01:00:00Z"),
    ),
}

_TYPED = """
    cases list
    cases list --all
    cases show {closed}
    cases show {asked}
    cases show {supervised}
    why {closed}
    why {new}
    approvals
    board --from 2026-03-09 --to 2026-03-09
    board --from 2026-03-09 --to 2026-03-09 --by department
    board --from 2026-03-09 --to 2026-03-08
    calendar show 2026
    calendar show 2031
    calendar set 2026-05-10 work --name Cleaning --by chief01
    calendar load {folder}/days.csv
    calendar remove 2026-05-10
    calendar remove 2026-05-10
    calendar season 2026-06-01 08:00-12:00
    calendar update
    calendar show 2026
    practice show
    practice export {folder}/p.toml
    practice check {folder}/p.toml
    practice load {folder}/p.toml --by chief01
    staff load {folder}/staff.csv --by chief01
    staff list
    staff nearest {closed}
    staff positions {folder}/places.csv
    roster shifts
    roster load {folder}/roster.csv --by chief01
    roster list --since 2026-03-09 --days 1
    roster put 2026-03-09 day clerk01 --by chief01
    roster remove 2026-03-09 day clerk01 --by chief01
    roster remove 2026-03-09 day clerk01 --by chief01
    roster now
    handover show --by chief01
    handover give --by chief01
    handover list
    handover read 1
    handover print 1 --out {folder}/handover.pdf
    handover acknowledge 1 --by other01
    handover list
    handover read 1
    zones propose --area city --until 2031-01-01 --reason marathon --by chief01
    zones list
    zones approve 1 --by other01
    zones approve 1 --by other01
    zones list
    cases register again --source patrol --class event:0110 --by walker01
    zones end 1 --by other01
    zones list --all
    basemap list
    text-index show
    text-index build
    case-sets show
    case-sets build
    settings set operator chief01
    settings show
    settings set zoom 1000
    settings reset zoom
    replay at 2026-03-09T12:30
    drill start --no-window --at 2026-03-09T12:30
    drill list
    drill remove 20260309-123000
    verify
    manual
    dossier save {closed} --out {folder}/case.pdf
    dossier verify {folder}/case.pdf
    dossier photos {closed} --out {folder}/photos
    cases do accept {new} --by clerk01
    cases undo {new} --by clerk01
    cases do close {new} --by chief01
    cases do nonsense {new}
    cases spot-check --since 2026-03-09 --until 2026-03-10
    cases resume-over
    cases show nowhere
    approvals allow {asked} --by other01
    cases show {asked}
    feed --seconds 0
"""


class City:
    """A store with one case closed, one that waits for a decision, one supervised and one new."""

    def __init__(self, folder: Path, databases: Databases) -> None:
        self.folder = folder
        databases.new(EMPTY, folder)
        store = Store(database_url(None, folder))
        store.prepare()
        founded(store)
        self.closed: Case = lived(store, *DONE)
        asked = (*SENT, Operation.RECEIVE, Operation.ASK_SUSPENSION)
        self.asked = lived(store, *asked, at=MONDAY + _HOUR)
        self.supervised = lived(store, *SENT, Operation.SUPERVISE, at=MONDAY + 2 * _HOUR)
        self.new = lived(store, at=MONDAY + 3 * _HOUR)
        store.close()
        for name, rows in _FILES.items():
            with (folder / name).open("w", newline="") as file:
                csv.writer(file).writerows(rows)
        self.run: Run = run_with("--data", str(folder), "--lang", "en")

    def lines(self) -> Iterator[str]:
        """What is typed, in order."""
        yield from filter(None, map(str.strip, _TYPED.splitlines()))

    def said(self, line: str) -> str:
        codes = {name: getattr(self, name).code for name in ("closed", "asked", "supervised", "new")}
        words = [word.format(folder=self.folder, **codes) for word in line.split()]
        answer = self.run(*words)
        return (answer.out + answer.err).replace(str(self.folder), "/folder")


@pytest.fixture
def city(tmp_path: Path, sqlite_databases: Databases) -> City:
    return City(tmp_path, sqlite_databases)


def test_that_english_answers_are_english_to_the_last_sign(city: City) -> None:
    wrong, usage = [], []
    for line in city.lines():
        told = city.said(line)
        wrong += [f"{line}: {fault}" for fault in faults(told, own=(Settings().operator,))]
        usage += [f"{line}: {told}" for _found in re.findall("^Usage:", told)]
    assert not usage, "\n".join(usage)  # a line that was not understood answers nothing that could be wrong
    assert not wrong, "\n".join(wrong)
    told = city.said("cases show {closed}")
    assert "9 Mar 2026 09:03:00" in told
    assert "clerk01 (Acceptor)" in told
    for name in ("case.pdf", "handover.pdf"):
        pages = "\n".join(page.extract_text() for page in PdfReader(city.folder / name).pages)
        assert re.search(r"\b\d{1,2} (Mar|Apr) ", pages), pages
        found = faults(pages)
        assert not found, "\n".join(found)


def test_that_one_of_a_kind_is_told_in_the_singular(city: City) -> None:
    for line, told in (
        ("approvals", "1 application waits, 1 of them for you"),
        ("staff load {folder}/staff.csv --by chief01", "4 people on the list"),
        ("staff positions {folder}/places.csv", "Places of 1 person updated"),
        ("roster load {folder}/roster.csv --by chief01", "1 day loaded, 1 duty"),
        ("text-index build", "1 of 1 block;"),
        ("case-sets build", "Sets: 1 block,"),
        (f"board --from {DAY} --to {DAY}", "100.00 %"),
    ):
        assert told in city.said(line), line


def test_that_what_is_wrong_in_english_is_seen() -> None:
    for line in (
        "1 cases", "done: 1 days", "9 Mar 2026，ended", "clerk01(Acceptor)", "Grid :x", "one ; two", "Late; ",
        "at 2026-03-09", "03-09 14:00", "3/9 14:00", "全市", "12 件", "Seat and map:Name", "ａ", "1 (of 2 )",
    ):  # fmt: skip
        assert faults(line), line
    for line in (
        "1 case", "1 class", "11 cases", "9 Mar 2026 14:00", "0:42", "file (x), y; z", "2 of 1 block; x",
        "08:00-12:00", "20260309-123000", "2026030900001", "“quoted” – so…", "0.1 cases",
    ):  # fmt: skip
        assert not faults(line), (line, faults(line))


def every_command(
    path: tuple[str, ...] = (), command: click.Command = grid_console
) -> Iterator[tuple[str, ...]]:
    yield path
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from every_command((*path, name), below)


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_that_every_help_speaks_the_language_that_was_asked_for(tmp_path: Path, spoken: str) -> None:
    run = run_with("--data", str(tmp_path), "--lang", spoken)
    wrong = []
    for path in every_command():
        out = run(*path, "--help").out
        assert out.startswith("Usage:"), path
        if spoken == "en":
            wrong += [f"{path}: {line}" for line in out.splitlines() if CHINESE.search(line)]
            assert "\n\n  " in out, path
        else:
            wrong += [f"{path}: {line}" for line in out.splitlines() if " / " in line and "--" not in line]
            assert CHINESE.search(out), path
    assert not wrong, "\n".join(wrong)


def test_that_the_setting_chooses_the_language_of_the_help(tmp_path: Path) -> None:
    run = run_with("--data", str(tmp_path))
    assert CHINESE.search(run("--help").out)
    assert run("settings", "set", "language", "en").code == 0
    assert not CHINESE.search(run("--help").out)
    assert not CHINESE.search(run("cases", "list", "--help").out)
    use_language("zh")
