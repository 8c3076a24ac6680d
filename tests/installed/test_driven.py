"""The installed program is driven: by the examples that come with it, and by a script of a site's own."""

import json
from pathlib import Path

import pytest

from tests.installed.bare_root import USER, BareRoot
from tests.installed.program import Screen

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "resources" / "examples").glob("test_*.py"))
PLACE = "/usr/lib/grid-console/_internal/console/resources/examples"
DATA = "/tmp/driven"  # the user's own folder stays as it is: other tests look at it

SCRIPT = """
import json
from datetime import date, timedelta
from pathlib import Path

from console.testing import Console


def test_that_every_page_answers(console: Console) -> None:
    code = console.queue.codes[0]
    console.queue.choose(code)
    assert console.queue.cells(code)["code"] == code
    assert console.case.facts["address"]
    assert console.map.legend
    console.act("show_board")
    assert len(console.rows("boardTable")) > 1


def test_that_fails(console: Console) -> None:
    assert console.case.state == "closed"
"""


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.stem)
def test_that_an_example_holds_as_it_is_installed(installed: BareRoot, screen: Screen, example: Path) -> None:
    placed = installed.place / PLACE.lstrip("/") / example.name
    assert placed.read_text("utf-8") == example.read_text("utf-8")
    words = ("grid-console", "--data", DATA, "drive", "--json", f"{PLACE}/{example.name}")
    found = json.loads(installed.offline(*words, display=screen.name).stdout.splitlines()[-1])
    assert found["held"], found
    assert len(found["tests"]) == example.read_text("utf-8").count("\ndef test_")


def test_that_a_script_of_a_sites_own_runs_and_what_does_not_hold_is_told(
    installed: BareRoot, screen: Screen
) -> None:
    (installed.place / "home" / USER / "test_own.py").write_text(SCRIPT, "utf-8")
    words = ("grid-console", "--data", DATA, "--lang", "en", "drive", f"/home/{USER}/test_own.py")
    said = installed.offline(*words, display=screen.name, check=False)
    assert said.returncode == 1, said.stdout + said.stderr
    assert "test_that_every_page_answers: passed" in said.stdout
    assert "test_that_fails: failed" in said.stdout
    assert "AssertionError" in said.stdout
