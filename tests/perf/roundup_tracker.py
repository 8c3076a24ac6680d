"""A Roundup tracker with as many issues as a store has cases, lived through by its own library layer.

Its rows of before are loaded by SQL, as nobody would wait for them else; only the measured calls go through
the library, with its default indexer, no detectors and no mail. It is asked for by the extra `perf`.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_SCHEMA = """
user = Class(db, "user", username=String(), password=Password(), address=String(),
             alternate_addresses=String(), roles=String())
user.setkey("username")
for name in ("status", "department", "keyword"):
    Class(db, name, name=String()).setkey("name")
msg = FileClass(db, "msg", author=Link("user"), date=Date(), summary=String(), recipients=Multilink("user"),
                files=Multilink("file"), messageid=String(), inreplyto=String())
file = FileClass(db, "file", name=String())
issue = IssueClass(db, "issue", status=Link("status"), department=Link("department"), kind=Link("keyword"),
                   cell=String(), address=String(), lon=Number(), lat=Number(), due=Date())
"""
_STATES = ("reported", "to_file", "to_dispatch", "to_handle", "handling", "fed_back", "post_check", "closed")
_DATA = f"""
db.getclass("user").create(username="admin", password=adminpw, address=admin_email, roles="Admin")
db.getclass("user").create(username="anonymous", roles="Anonymous")
for name in {_STATES!r}:
    db.getclass("status").create(name=name)
db.getclass("department").create(name="环卫处")
db.getclass("keyword").create(name="暴露垃圾")
"""
_CREATED = "20260320060000.000"
_ENDED = "closed", "voided", "not_accepted", "forced_closed", "merged"


def installed() -> bool:
    return find_spec("roundup") is not None


@contextmanager
def opened(home: Path, store: Path) -> Iterator["Tracker"]:
    """A tracker in `home` with an issue for every case of the embedded `store`."""
    from roundup import configuration, instance, password

    for folder in ("detectors", "extensions", "html", "db"):
        (home / folder).mkdir(parents=True)
    config = configuration.CoreConfig()
    for name, value in {
        "RDBMS_BACKEND": "sqlite",
        "DATABASE": "db",
        "MAIL_DOMAIN": "example.invalid",
        "ADMIN_EMAIL": "admin@example.invalid",
        "TRACKER_WEB": "http://localhost/",
        "WEB_SECRET_KEY": "0" * 32,
    }.items():
        config[name] = value
    config.save(str(home / "config.ini"))
    (home / "schema.py").write_text(_SCHEMA, "utf-8")
    (home / "initial_data.py").write_text(_DATA, "utf-8")
    tracker = instance.open(str(home))
    tracker.init(password.Password("secret", config=tracker.config))
    database = tracker.open("admin")
    file = Path(database.conn.execute("PRAGMA database_list").fetchone()[2])
    database.close()
    _load(file, store)
    database = tracker.open("admin")
    try:
        yield Tracker(database)
    finally:
        database.close()


def _load(file: Path, store: Path) -> None:
    """The cases as issues, each with its first journal line."""
    with sqlite3.connect(file) as tracker:
        tracker.execute("ATTACH ? AS store", (str(store),))
        ended = ", ".join(f"'{state}'" for state in _ENDED)
        tracker.execute(
            "INSERT INTO _issue (id, _activity, _actor, _creation, _creator, _title, _address, _cell, _lon, "
            "_lat, _department, _kind, _status) SELECT id, :at, 1, :at, 1, substr(description, 1, 100), "
            f"address, cell, lon, lat, 1, 1, CASE WHEN state IN ({ended}) THEN 8 ELSE 5 END FROM store.cases",
            {"at": _CREATED},
        )
        tracker.execute(
            "INSERT INTO issue__journal SELECT id, ?, 1, 'create', '{}' FROM store.cases", (_CREATED,)
        )
        tracker.execute("UPDATE ids SET num = (SELECT max(id) + 1 FROM _issue) WHERE name = 'issue'")
    tracker.close()


class Tracker:
    """An open tracker; a life is nine operations, each committed."""

    def __init__(self, database: Any) -> None:
        self._database = database

    def live(self) -> None:
        from roundup.date import Date

        issue = self._database.issue
        made = issue.create(
            title="人行道上有成堆垃圾", address="大学路 1 号", lon=113.7, lat=34.7, status="1",
            due=Date("2026-03-20.10:00"),
        )  # fmt: skip
        self._database.commit()
        said: list[dict[str, Any]] = [
            {"status": "2"},
            {"kind": "1", "cell": "41010500123456", "status": "3"},
            {"department": "1", "status": "4"},
            {"status": "5"},
            {"status": "6", "messages": "已清理干净"},
            {"status": "7"},
            {"status": "6"},
            {"status": "8"},
        ]
        for changes in said:
            if "messages" in changes:
                text = changes["messages"]
                message = self._database.msg.create(author="1", date=Date("."), content=text, summary=text)
                changes["messages"] = [message]
            issue.set(made, **changes)
            self._database.commit()
