"""What was acknowledged is there after a writer, or the whole server, was killed."""

import random
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import URL

from console.storage.engine import database_url
from console.storage.unit import Store
from tests.conftest import EMPTY, Databases
from tests.servers import Server
from tests.storage.seats import add_case, codes, seat, whole

KILLS = 10


def killed(url: URL, name: str, after: int) -> set[str]:
    """What a writer had acknowledged when it was killed, some time after its `after`th commit."""
    writer = seat(url, name, 100_000)
    assert writer.stdout is not None
    said = [writer.stdout.readline() for _ in range(after)]
    writer.kill()
    told = "".join(said) + writer.stdout.read()
    writer.stdout.close()
    writer.wait(30)
    return set(told[: told.rfind("\n")].split())  # a line cut short was no acknowledgement


def test_that_a_killed_writer_loses_nothing_it_acknowledged(
    tmp_path: Path, sqlite_databases: Databases
) -> None:
    url = sqlite_databases.new(EMPTY, tmp_path)
    dice = random.Random(20260309)
    acknowledged: set[str] = set()
    for kill in range(KILLS):
        acknowledged |= killed(url, f"k{kill}", dice.randint(1, 40))
        store = Store(url)
        store.prepare()
        found = codes(store)
        assert acknowledged <= found
        assert len(found - acknowledged) <= kill + 1, "at most one commit a kill was not yet told"
        assert whole(store) == len(found)
        store.close()
    checked = sqlite3.connect(str(url.database))
    assert checked.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert checked.execute("PRAGMA foreign_key_check").fetchall() == []
    checked.close()
    assert len(acknowledged) >= KILLS


@pytest.mark.postgres
def test_that_a_killed_seat_holds_up_nobody(postgres_databases: Databases, tmp_path: Path) -> None:
    url = postgres_databases.new(EMPTY, tmp_path)
    acknowledged = killed(url, "k", 20)
    store = Store(url)
    add_case(store, "next")
    assert acknowledged | {"next"} <= codes(store)
    assert whole(store) == len(codes(store))
    store.close()


@pytest.mark.postgres
def test_that_a_server_that_lost_power_comes_back_with_every_commit(
    postgres: Server, postgres_databases: Databases, tmp_path: Path
) -> None:
    store = Store(database_url(postgres_databases.new(EMPTY, tmp_path).render_as_string(False), tmp_path))
    acknowledged = {add_case(store, str(number)).code for number in range(50)}
    postgres.crash()
    postgres.start()
    assert codes(store) == acknowledged, "the same seat goes on without being opened anew"
    add_case(store, "after")
    assert whole(store) == 51
    store.close()
