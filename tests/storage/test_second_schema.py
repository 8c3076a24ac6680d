"""A database of the first schema becomes one of the second, with every line, id and deadline it had."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, text

from console.domain.clock import Visit
from console.domain.operation import Operation
from console.queries.chain import breaks
from console.services.city import load_city
from console.services.steps import take_step
from console.storage import migrate
from console.storage.columns import instant
from console.storage.unit import Store
from tests.cities import small_city
from tests.conftest import Databases
from tests.lives import BY, MONDAY
from tests.storage import first_schema
from tests.storage.first_schema import AT, HOUR, LIVES
from tests.storage.seats import ROOT, add_case, whole
from tests.storage.test_journal_guard import REPLACE, TAMPERING, refused_by_guard

RUNNING = {case_id: began for case_id, (_steps, began) in LIVES.items() if began is not None}
# From the first table made to the new version noted.
MOMENTS = (
    "CREATE TABLE limit_variants",
    "ADD COLUMN visits",
    "INTO calendar_days",
    "RENAME TO old_journal",
    "UPDATE cases SET visits",
    "INTO journal",
    "DROP TABLE old_journal",
    "CREATE TRIGGER",
    "UPDATE alembic_version",
)


@pytest.fixture
def old_url(databases: Databases, tmp_path: Path) -> Iterator[URL]:
    url = databases.blank(tmp_path)
    first_schema.make(url)
    yield url
    databases.drop(url)


@pytest.fixture
def moved(old_url: URL) -> Iterator[Store]:
    """The old database, opened by the new program."""
    store = Store(old_url)
    store.prepare()
    yield store
    store.close()


def rows(store: Store, query: str) -> list[Any]:
    with store.read() as view:
        return list(view.connection.execute(text(query)).all())


def test_that_rows_and_journals_agree_afterwards(moved: Store) -> None:
    assert whole(moved) == len(LIVES)
    with moved.read() as view:
        assert list(breaks(view.connection)) == []


def test_that_every_old_line_is_there_word_for_word_under_its_id(moved: Store) -> None:
    told = rows(moved, "SELECT id, case_id, number, operation, at, note, changes FROM journal ORDER BY id")
    line = 10
    for case_id, (steps, _began) in LIVES.items():
        for number, (operation, hour, changes) in enumerate(steps, 1):
            found = told[line - 10]
            line += 1
            assert tuple(found)[:6] == (line, case_id, number, operation, AT + hour * HOUR, "原\\因")
            assert changes.items() <= json.loads(found.changes).items()
    assert [tuple(found)[:4] for found in told[line - 10 :]] == [
        (line + at, case_id, len(LIVES[case_id][0]) + 1, "reclock") for at, case_id in enumerate(RUNNING, 1)
    ]


def test_that_a_running_clock_keeps_its_deadline_and_knows_its_beginning(moved: Store) -> None:
    with moved.write() as unit:
        for case_id in LIVES:
            case = unit.cases.by_id(case_id)
            if case_id not in RUNNING:
                assert (case.current_due_at, case.visits) == (None, ())
                continue
            assert case.current_due_at == case.due_at is not None
            assert case.visits == (Visit(case.department, instant(RUNNING[case_id])),)


def test_that_days_of_before_are_the_official_ones(moved: Store) -> None:
    assert [tuple(row)[1:] for row in rows(moved, "SELECT day, source, name FROM calendar_days")] == [
        ("package", "")
    ]


def test_that_work_goes_on_where_it_stood(moved: Store) -> None:
    with moved.write() as unit:
        load_city(unit, small_city(), by=BY, at=MONDAY)
    with moved.write() as unit:
        take_step(unit, "2026030900002", Operation.RECEIVE, by=BY, at=instant(AT + 4 * HOUR))
    with moved.write() as unit:
        case = take_step(unit, "2026030900002", Operation.FEED_BACK, by=BY, at=instant(AT + 5 * HOUR))
    assert case.visits[-1].stop == instant(AT + 5 * HOUR)
    assert add_case(moved, "new").id == max(LIVES) + 1
    assert whole(moved) == len(LIVES) + 1


def test_that_the_journal_is_guarded_as_before(moved: Store) -> None:
    for statement in (*TAMPERING.values(), REPLACE[moved.engine.dialect.name]):
        refused_by_guard(moved, statement)
    assert whole(moved) == len(LIVES)


@pytest.mark.parametrize("moment", MOMENTS)
def test_that_a_migration_killed_in_between_leaves_the_old_schema_or_the_new(
    old_url: URL, moment: str
) -> None:
    told = old_url.render_as_string(hide_password=False)
    child = subprocess.run(
        [sys.executable, "-m", "tests.storage.first_schema", told, moment], cwd=ROOT, check=False
    )
    assert child.returncode == -9, "it never came to say that"
    store = Store(old_url)
    assert migrate.version_of(store.engine) == "0001"
    lines = sum(len(steps) for steps, _began in LIVES.values())
    assert rows(store, "SELECT count(*) FROM journal") == [(lines,)]
    store.prepare()
    assert whole(store) == len(LIVES)
    store.close()
