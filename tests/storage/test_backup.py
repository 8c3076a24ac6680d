"""The copy of an embedded database before an upgrade: whole, told of, few, and nothing where it fails."""

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from console.domain.errors import Refused
from console.storage.backup import KEPT, back_up, copies

AT = datetime(2026, 11, 27, 4, 0, tzinfo=UTC)
ROWS = 3000


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return filled(tmp_path)


def filled(folder: Path) -> Path:
    """A database in WAL with some megabytes in it."""
    database = folder / "console.sqlite"
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE cases (id INTEGER PRIMARY KEY, text TEXT)")
        connection.executemany("INSERT INTO cases (text) VALUES (?)", [("网格" * 1000,)] * ROWS)
    return database


def rows(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        (number,) = connection.execute("SELECT count(*) FROM cases").fetchone()
        return int(number)


def test_that_progress_is_told_and_ends_with_the_place_of_the_copy(database: Path) -> None:
    told: list[tuple[int, int, Path | None]] = []
    copy = back_up(database, "0007", lambda *words: told.append(words), AT)
    assert copy.name == "console-0007-20261127T040000Z.sqlite"
    assert rows(copy) == ROWS
    assert len(told) > 2
    done = [number for number, _, _ in told]
    assert done == sorted(done)
    assert all(number <= whole for number, whole, _ in told)
    assert [where for *_, where in told] == [*[None] * (len(told) - 1), copy]


def test_that_what_others_write_meanwhile_neither_stops_the_copy_nor_gets_into_it(database: Path) -> None:
    with closing(sqlite3.connect(database)) as other:

        def write(_done: int, _whole: int, copy: Path | None) -> None:
            if copy is None:
                other.execute("INSERT INTO cases (text) VALUES ('later')")
                other.commit()

        copy = back_up(database, "0007", write, AT)
    assert rows(copy) == ROWS
    assert rows(database) > ROWS


def test_that_only_the_newest_copies_stay_and_files_of_others_are_left_alone(database: Path) -> None:
    folder = database.parent / "backups"
    folder.mkdir()
    for name in ("console-notes.sqlite", "console-0001-mine.sqlite", "other-0001-20260101T000000Z.sqlite"):
        (folder / name).write_text("mine")
    made = [back_up(database, "0007", None, AT + timedelta(days=day)) for day in range(KEPT + 2)]
    assert copies(database) == made[::-1][:KEPT]
    assert len(list(folder.iterdir())) == KEPT + 3


def test_that_a_damaged_database_is_refused_and_leaves_no_copy(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with database.open("r+b") as file:
        file.seek(database.stat().st_size // 2)
        file.write(os.urandom(100_000))
    with pytest.raises(Refused) as caught:
        back_up(database, "0007", None, AT)
    assert caught.value.code == "database_damaged"
    assert list((database.parent / "backups").iterdir()) == []


def test_that_a_copy_broken_off_leaves_nothing(database: Path) -> None:
    def stop(*_words: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        back_up(database, "0007", stop, AT)
    assert list((database.parent / "backups").iterdir()) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 48 MB of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", place], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("a small disk can only be mounted by root")
    yield place
    subprocess.run(["umount", place], check=True)


def test_that_a_full_disk_is_refused_before_anything_is_copied(small_disk: Path) -> None:
    database = filled(small_disk)
    with pytest.raises(Refused) as caught:
        back_up(database, "0007", None, AT)
    assert caught.value.code == "backup_no_room"
    assert int(caught.value.facts["needed"]) > int(caught.value.facts["free"])
    assert list((small_disk / "backups").iterdir()) == []
    assert rows(database) == ROWS


def test_that_nobody_reads_the_copy_who_may_not_read_the_database(database: Path) -> None:
    database.chmod(0o600)
    seen: list[int] = []

    def look(_done: int, _whole: int, _copy: Path | None) -> None:
        seen.extend(path.stat().st_mode & 0o777 for path in (database.parent / "backups").iterdir())

    copy = back_up(database, "0007", look, AT)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert set(seen) == {0o600}
