"""A database as the first schema kept it, with cases in every kind of position their clocks can be in."""

import json
import os
import sys
from collections.abc import Mapping
from signal import SIGKILL
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, event, make_url, text

from console.storage.bulk import follow_ids
from console.storage.engine import WRITES, open_engine
from console.storage.migrate import _FOLDER
from console.storage.tables import cases, journal
from console.storage.unit import Store

HOUR = 3_600_000_000
AT = 1_773_018_000_000_000  # 2026-03-09 01:00 UTC, as the first schema counts instants
_EMPTY: Mapping[str, Any] = {
    "class_key": "", "edition": "", "condition": 0, "address": "", "lon": None, "lat": None, "cell": "",
    "responsibility_grid": "", "street": "", "district": "", "committee": "", "department": "",
    "reporter": "",
    "limit_value": 0.0, "limit_unit": "", "accepted_at": None, "filed_at": None, "dispatched_at": None,
    "due_at": None, "soon_at": None, "fed_back_at": None, "ended_at": None, "redispatches": 0, "reworks": 0,
    "external_id": "",
}  # fmt: skip

Step = tuple[str, int, dict[str, Any]]  # an operation, the hour of it, what it changed
REPORT: Step = (
    "register",
    0,
    {"state": "reported", "source": "hotline", "description": "路口有垃圾“成堆”\n\t"},
)
ACCEPT: Step = ("accept", 1, {"state": "to_file", "accepted_at": AT + HOUR})
FILE: Step = ("file", 2, {"state": "to_dispatch", "limit_value": 4.0, "limit_unit": "work_hour"})
DISPATCH: Step = (
    "dispatch", 3,
    {"state": "to_handle", "department": "D105", "dispatched_at": AT + 3 * HOUR, "due_at": AT + 9 * HOUR},
)  # fmt: skip
RECEIVE: Step = ("receive", 4, {"state": "handling"})
FEED_BACK: Step = ("feed_back", 5, {"state": "fed_back", "fed_back_at": AT + 5 * HOUR})
REWORK: Step = (
    "rework", 6, {"state": "to_handle", "due_at": AT + 30 * HOUR, "fed_back_at": None, "reworks": 1},
)  # fmt: skip
CLOSE: Step = ("close", 7, {"state": "closed", "ended_at": AT + 7 * HOUR})
IMPORT: Step = (
    "import", 8,
    {"state": "handling", "source": "imported", "description": "积水", "department": "P01",
     "dispatched_at": AT - HOUR, "due_at": AT + 50 * HOUR, "external_id": "sf:1"},
)  # fmt: skip
UNDO: Step = ("undo", 5, {"state": "to_dispatch", "department": "", "dispatched_at": None, "due_at": None})

# By case id: what happened, and the instant at which a clock that still runs began.
LIVES: Mapping[int, tuple[tuple[Step, ...], int | None]] = {
    1: ((REPORT,), None),
    2: ((REPORT, ACCEPT, FILE, DISPATCH), AT + 3 * HOUR),
    3: ((REPORT, ACCEPT, FILE, DISPATCH, RECEIVE, FEED_BACK), None),
    4: ((REPORT, ACCEPT, FILE, DISPATCH, RECEIVE, FEED_BACK, REWORK), AT + 6 * HOUR),
    5: ((REPORT, ACCEPT, FILE, DISPATCH, RECEIVE, FEED_BACK, CLOSE), None),
    6: ((IMPORT,), AT - HOUR),
    7: ((REPORT, ACCEPT, FILE, DISPATCH, UNDO), None),
}


def make(url: URL) -> None:
    """Make the database and fill it."""
    engine = open_engine(url)
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        _fill(connection)
    engine.dispose()


def _fill(connection: Connection) -> None:
    line = 10  # ids do not begin at one everywhere
    connection.execute(text("INSERT INTO calendar_days VALUES ('2026-04-06', :works)"), {"works": False})
    for case_id, (steps, _began) in LIVES.items():
        row: dict[str, Any] = dict(_EMPTY)
        told = [(operation, hour, dict(changes)) for operation, hour, changes in steps]
        told[0][2].update(code=f"2026030900{case_id:03d}", reported_at=AT)
        for _operation, _hour, changes in told:
            row |= changes
        row |= {"id": case_id, "version": len(told)}
        names = ", ".join(f'"{name}"' for name in row)
        values = ", ".join(f":{name}" for name in row)
        connection.execute(text(f"INSERT INTO cases ({names}) VALUES ({values})"), row)
        for number, (operation, hour, changes) in enumerate(told, 1):
            line += 1
            connection.execute(
                text(
                    "INSERT INTO journal "
                    "VALUES (:id, :case_id, :number, :operation, :at, :by, :changes, :note)"
                ),
                {
                    "id": line, "case_id": case_id, "number": number, "operation": operation,
                    "at": AT + hour * HOUR, "by": "受理员“01”", "note": "原\\因",
                    "changes": json.dumps(changes, ensure_ascii=False, separators=(",", ":")),
                },
            )  # fmt: skip
    for table in (cases, journal):
        follow_ids(connection, table)


def killed(url: str, words: str) -> None:
    """Bring the schema up to date, and die at once after the first statement that says `words`."""
    store = Store(make_url(url))

    def die(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if words in " ".join(statement.split()):
            os.kill(os.getpid(), SIGKILL)

    event.listen(store.engine, "after_cursor_execute", die)
    store.prepare()


if __name__ == "__main__":
    killed(sys.argv[1], sys.argv[2])
