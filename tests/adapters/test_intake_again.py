"""The same file again, a newer one, and an import that did not reach its end."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.adapters.intake import run
from console.adapters.intake.run import import_cases, write_report
from console.domain.case import Source
from console.domain.errors import Refused
from console.domain.flow import State
from console.domain.operation import Operation
from console.domain.report import Report
from console.services.city import load_city
from console.services.collection import register_report
from console.services.steps import NOTHING, take_step
from console.storage.unit import Store
from tests.adapters.intake_city import (
    NOW,
    OWN,
    adds_up,
    bring,
    city_store,
    csv_file,
    dumped,
    found,
    is_whole,
    mapping,
    row,
)
from tests.cities import LOADED, LOADER, small_city

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with city_store(tmp_path / "data") as opened:
        yield opened
        is_whole(opened)


def test_that_a_second_import_leaves_the_same_database(store: Store, tmp_path: Path) -> None:
    rows = [row(number, 类别="井盖" if number % 2 else "未知") for number in range(1, 60)]
    path = csv_file(tmp_path, [*rows, row(99, 上报时间="")])
    first = bring(store, path)
    before = dumped(store)
    second = bring(store, path, now=datetime(2027, 1, 1, tzinfo=UTC))
    assert dumped(store) == before
    assert (second.imported, second.updated, second.unchanged) == (0, 0, first.imported)
    assert second.rejected == first.rejected
    adds_up(second)


def test_that_changed_rows_update_and_the_others_stay(store: Store, tmp_path: Path) -> None:
    rows = [row(number) for number in range(1, 11)]
    bring(store, csv_file(tmp_path, rows))
    rows[3] = row(4, 状态="已办结", 办结时间="2026-11-03 10:00")
    report = bring(store, csv_file(tmp_path, [*rows, row(11)]))
    assert (report.imported, report.updated, report.unchanged) == (1, 1, 9)
    case, facts = found(store, 4)
    assert case.state is State.CLOSED
    assert facts[-1].changes == {"state": State.CLOSED, "ended_at": datetime(2026, 11, 3, 2, tzinfo=UTC)}


def test_that_fields_the_operators_hold_are_listed(store: Store, tmp_path: Path) -> None:
    bring(store, csv_file(tmp_path, [row(1)]))
    with store.write() as unit:
        take_step(unit, found_code(store), Operation.FEED_BACK, NOTHING, by="受理员01", at=NOW)
    report = bring(store, csv_file(tmp_path, [row(1, 状态="已办结", 办结时间="2026-11-03 10:00")]))
    assert [(item.row, item.external_id, sorted(item.fields)) for item in report.held] == [
        (2, "nb:A-1", ["ended_at", "state"])
    ]
    assert report.unchanged == 1
    assert found(store)[0].state is State.FED_BACK


def found_code(store: Store) -> str:
    with store.read() as view:
        code: str = view.connection.exec_driver_sql("SELECT code FROM cases").scalar_one()
        return code


@pytest.fixture
def one_row_a_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "WRITE_SECONDS", 0)


@pytest.mark.usefixtures("one_row_a_transaction")
def test_that_others_can_write_between_two_rows(store: Store, tmp_path: Path) -> None:
    heard: list[tuple[int, int | None]] = []

    def clicked(done: int, total: int | None) -> None:
        heard.append((done, total))
        with store.write() as unit:
            register_report(unit, Report(Source.PATROL, "积水"), by="受理员01", at=NOW)

    report = bring(store, csv_file(tmp_path, [row(number) for number in range(1, 8)]), progress=clicked)
    assert report.imported == 7
    assert heard[0] == (0, None)
    assert [done for done, total in heard if total == 7][-1] == 7
    assert {done for done, _ in heard} == set(range(8))
    assert is_whole(store) == 7 + len(heard)


@pytest.mark.usefixtures("one_row_a_transaction")
def test_that_a_cancelled_import_is_whole_and_completed_by_another(store: Store, tmp_path: Path) -> None:
    path = csv_file(tmp_path, [row(number) for number in range(1, 11)])
    done: list[int] = []
    report = bring(
        store,
        path,
        progress=lambda count, _: done.append(count),
        cancelled=lambda: bool(done) and done[-1] >= 4,
    )
    adds_up(report)
    assert (report.cancelled, report.rows, report.imported, report.not_reached) == (True, 10, 4, 6)
    assert is_whole(store) == 4
    again = bring(store, path)
    assert (again.imported, again.unchanged) == (6, 4)
    assert is_whole(store) == 10


def test_that_a_survey_can_be_cancelled(store: Store, tmp_path: Path) -> None:
    before = dumped(store)
    report = bring(store, csv_file(tmp_path, [row(1)]), cancelled=lambda: True)
    assert (report.cancelled, report.rows, report.imported) == (True, 0, 0)
    assert dumped(store) == before


KILLED = """
import os, signal, sys
from pathlib import Path
from console.adapters.intake import run
from console.storage.engine import database_url
from console.storage.unit import Store
from tests.adapters.intake_city import NOW, mapping

def dies(done, total):
    if total and done >= 7:
        os.kill(os.getpid(), signal.SIGKILL)

run.WRITE_SECONDS = 0
store = Store(database_url(None, Path(sys.argv[1])))
run.import_cases(
    store, Path(sys.argv[2]), mapping(), progress=dies, cancelled=lambda: False, now=NOW
)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_that_a_killed_import_is_whole_and_completed_by_another(tmp_path: Path) -> None:
    path = csv_file(tmp_path, [row(number) for number in range(1, 21)])
    with city_store(tmp_path / "killed") as store:
        died = subprocess.run(
            [sys.executable, "-c", KILLED, str(tmp_path / "killed"), str(path)],
            cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, check=False,
        )  # fmt: skip
        assert died.returncode == -signal.SIGKILL, died.stderr.decode()
        assert 7 <= is_whole(store) < 20
        report = bring(store, path)
        assert report.imported + report.unchanged == 20
        assert is_whole(store) == 20
        completed = dumped(store, revisions=False)
    with city_store(tmp_path / "unhurt") as store:
        bring(store, path)
        assert dumped(store, revisions=False) == completed


def test_that_the_report_is_written_whole(store: Store, tmp_path: Path) -> None:
    path = csv_file(tmp_path, [row(1), row(2, 上报时间="")])
    report = bring(store, path)
    write_report(report, tmp_path / "out.json")
    told = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert told == report.as_json()
    assert (told["file"], told["mapping"], len(told["sha256"])) == ("cases.csv", "neighbour", 64)
    assert told["started"] == NOW.isoformat() <= told["ended"]
    assert not list(tmp_path.glob("*.new"))


def test_that_a_report_that_cannot_be_written_is_told(store: Store, tmp_path: Path) -> None:
    report = bring(store, csv_file(tmp_path, []))
    with pytest.raises(Refused, match="report_not_writable"):
        write_report(report, tmp_path / "none" / "out.json")


def test_that_an_operator_may_sign_the_import(store: Store, tmp_path: Path) -> None:
    import_cases(
        store, csv_file(tmp_path, [row(1)]), mapping(),
        progress=lambda done, total: None, cancelled=lambda: False, now=NOW, by="受理员01",
    )  # fmt: skip
    assert found(store)[1][0].by == "受理员01"


def test_that_a_city_loaded_anew_keeps_the_lists_that_its_cases_name(store: Store, tmp_path: Path) -> None:
    path = csv_file(tmp_path, [row(1), row(2, 类别="井盖", 部门="排水")])
    bring(store, path, mapping(**OWN))
    before = found(store, 1), found(store, 2)
    with store.write() as unit:
        load_city(unit, small_city(), by=LOADER, at=LOADED)
    report = bring(store, path, mapping(**OWN))
    assert (report.unchanged, report.classes, report.departments) == (2, 0, 0)
    assert (found(store, 1), found(store, 2)) == before
