"""The sets in force are sought by the key of their table: the number of all sets must not matter."""

from pathlib import Path

import pytest

from console.storage.direct import Statement
from console.storage.engine import database_url
from console.storage.sets import seal
from console.storage.unit import Store


@pytest.mark.parametrize("statement", [seal._ONE, seal._WHOLE, seal._VALUES, seal._KEYS])
def test_that_sqlite_begins_with_the_blocks(tmp_path: Path, statement: Statement) -> None:
    store = Store(database_url(None, tmp_path))
    store.prepare()
    with store.read() as view:
        words = statement.words(view.connection.dialect)
        asked = ("state", "closed")[: words.count("?")]
        plan = view.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", asked).all()
    store.close()
    first, *others = (line[3] for line in plan if line[3].startswith(("SCAN", "SEARCH")))
    assert first.startswith("SCAN case_blocks")
    assert others
    assert all(other.startswith("SEARCH") for other in others)
