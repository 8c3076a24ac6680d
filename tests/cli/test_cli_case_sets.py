"""The sets of cases can be shown, brought up and made anew; verify tells where they differ from the rows."""

from sqlalchemy import text

from console.storage.unit import Store
from tests.cli.conftest import Run
from tests.queries.population import populate
from tests.storage.seats import add_case


def test_that_the_sets_are_shown_built_and_made_anew(cli: Run, city_store: Store) -> None:
    populate(city_store, 50)
    assert cli("case-sets", "show", "--json").told == {"blocks": 0, "waiting": 0, "loose": 0}
    assert cli("case-sets", "build", "--json").told == {"blocks": 1, "waiting": 0, "loose": 0}
    add_case(city_store, "later")
    assert cli("case-sets", "show", "--json").told == {"blocks": 1, "waiting": 0, "loose": 1}
    assert cli("case-sets", "build", "--anew", "--json").told == {"blocks": 1, "waiting": 0, "loose": 0}


def test_that_verify_tells_of_sets_that_are_not_what_the_rows_say(cli: Run, city_store: Store) -> None:
    populate(city_store, 50)
    cli("case-sets", "build", "--json")
    assert cli("verify", "--json").told["mismatches"] == []
    with city_store.write() as unit:
        unit.connection.execute(text("DELETE FROM case_sets WHERE dimension = 'state' AND value = 'closed'"))
    found = cli("verify", "--json").told["mismatches"]
    assert found
    assert {(item["problem"], tuple(item["fields"])) for item in found} == {("sets_differ", ("state",))}
    cli("case-sets", "build", "--anew", "--json")
    assert cli("verify", "--json").told["mismatches"] == []
