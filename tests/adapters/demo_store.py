"""Stores with the small city loaded, and a digest of what is in one."""

import hashlib
import sqlite3
from pathlib import Path

from sqlalchemy import URL

from console.domain.city import CityContent
from console.domain.practice import OPEN, Practice
from console.services.city import load_city
from console.storage.unit import Store
from tests.cities import LOADED, LOADER, small_city


def new_city_store(folder: Path, content: CityContent | None = None, practice: Practice = OPEN) -> Store:
    """A new SQLite store in `folder` with a city in it."""
    folder.mkdir(parents=True, exist_ok=True)
    store = Store(URL.create("sqlite", database=str(folder / "console.sqlite")), practice=practice)
    store.prepare()
    with store.write() as unit:
        load_city(unit, content or small_city(), by=LOADER, at=LOADED)
    return store


def digest(store: Store) -> str:
    """A hash over every case, fact and counter."""
    found = hashlib.sha256()
    connection = sqlite3.connect(str(store.url.database))
    try:
        for table, order in (("cases", "id"), ("journal", "id"), ("counters", "name")):
            for row in connection.execute(f"SELECT * FROM {table} ORDER BY {order}"):
                found.update(repr(row).encode())
    finally:
        connection.close()
    return found.hexdigest()
