"""The demo city from the command line: made whole, marked as generated, and made only once."""

from pathlib import Path

import pytest

from tests.cli.conftest import run_with


@pytest.mark.city
def test_that_the_demo_city_is_made_and_marked(tmp_path: Path) -> None:
    run = run_with("--data", str(tmp_path))
    said = run("city", "demo", "--cases", "300", "--until", "2026-11-20T08:00", "--json")
    assert (said.code, said.told["unit_grids"], said.told["cases"]) == (0, 38_515, 300)
    assert "演示" in said.told["city"]
    assert run("cases", "list", "--all", "--json").told["total"] == 300
    assert run("verify", "--json").told == {"cases": 300, "mismatches": []}
    again = run("city", "demo", "--json")
    assert (again.code, again.told["made"]) == (0, False)
    first = run("cases", "list", "--json", "--most", "1").told["cases"][0]["code"]
    card = run("cases", "show", first, "--json").told
    assert card["facts"][0]["operation"] in {"register", "import"}
    board = run("board", "--from", "2026-08-20", "--to", "2026-11-20", "--json").told
    assert board["rows"][0]["counts"]["accepted"] > 200
