"""The text index can be shown, brought up and made anew; verify tells its faults."""

from sqlalchemy import URL, text

from console.storage.unit import Store
from tests.cli.conftest import Run
from tests.queries.population import populate


def test_that_the_index_is_shown_built_and_made_anew(cli: Run, city_store: Store) -> None:
    populate(city_store, 50)
    assert cli("text-index", "show", "--json").told == {"read": 0, "blocks": 1, "stale": 0, "unseen": 51}
    built = {"read": 1, "blocks": 1, "stale": 0, "unseen": 0}
    assert cli("text-index", "build", "--json").told == built
    assert cli("text-index", "build", "--anew", "--json").told == built


def test_that_verify_tells_of_an_index_that_lost_a_case(cli: Run, city_store: Store, city_url: URL) -> None:
    populate(city_store, 50)
    cli("text-index", "build", "--json")
    assert cli("verify", "--json").told["mismatches"] == []
    with city_store.write() as unit:
        unit.connection.execute(text("DELETE FROM text_pages"))
    found = cli("verify", "--json")
    assert {item["problem"] for item in found.told["mismatches"]} == {"index_differs"}
    cli("text-index", "build", "--anew", "--json")
    assert cli("verify", "--json").told["mismatches"] == []
