"""The rounds in which the tests run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROUNDS = Path(__file__).resolve().parents[2] / "packaging" / "rounds.py"

INI = "[pytest]\nmarkers =\n    web: with the page\n    slow: takes long\n"


def run_rounds(
    folder: Path, code: str, *arguments: str, display: str = ""
) -> subprocess.CompletedProcess[str]:
    """The rounds over one file of tests that knows nothing of this project."""
    (folder / "pytest.ini").write_text(INI)
    (folder / "test_it.py").write_text(f"import os, pytest\n\n{code}")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment |= {"DISPLAY": display, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(
        [sys.executable, ROUNDS, "-p", "no:cacheprovider", *arguments],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


MIXED = """
def test_a(): pass
def test_b(): pytest.skip("no reason")
@pytest.mark.web
def test_c(): assert False
@pytest.mark.web
@pytest.mark.slow
def test_d(): pass
"""


def test_that_the_last_line_adds_all_rounds_up(tmp_path: Path) -> None:
    said = run_rounds(tmp_path, MIXED)
    assert said.stdout.splitlines()[-1] == "2 passed, 1 failed, 1 skipped"
    assert said.stdout.splitlines()[-2] == "FAILED test_it::test_c - assert False"
    assert said.returncode == 1


def test_that_arguments_select_in_every_round(tmp_path: Path) -> None:
    said = run_rounds(tmp_path, MIXED, "test_it.py", "-k", "a or d")
    assert said.stdout.splitlines()[-1] == "2 passed, 0 failed, 0 skipped"
    assert said.returncode == 0


def test_that_markers_narrow_the_rounds(tmp_path: Path) -> None:
    said = run_rounds(tmp_path, MIXED, "-m", "slow or not web")
    assert said.stdout.splitlines()[-1] == "2 passed, 0 failed, 1 skipped"
    assert said.returncode == 0


def test_that_a_round_that_breaks_off_counts_as_failed_and_the_others_still_run(tmp_path: Path) -> None:
    said = run_rounds(tmp_path, "def test_a(): os._exit(0)\n@pytest.mark.web\ndef test_b(): pass\n")
    assert said.stdout.splitlines()[-1] == "1 passed, 1 failed, 0 skipped"
    assert said.returncode == 1


def test_that_an_error_while_collecting_fails(tmp_path: Path) -> None:
    said = run_rounds(tmp_path, "import nothing_of_that_name\n")
    assert said.returncode == 1


def test_that_selecting_nothing_is_no_success(tmp_path: Path) -> None:
    said = run_rounds(tmp_path, MIXED, "-k", "nothing")
    assert said.stdout.splitlines()[-1] == "0 passed, 0 failed, 0 skipped"
    assert said.returncode == 5


@pytest.mark.parametrize(("display", "web"), [(":7", "xcb"), ("", "offscreen")])
def test_that_the_page_gets_a_real_screen_where_there_is_one(tmp_path: Path, display: str, web: str) -> None:
    code = f"""
def test_a(): assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
@pytest.mark.web
def test_b(): assert os.environ["QT_QPA_PLATFORM"] == "{web}"
"""
    said = run_rounds(tmp_path, code, display=display)
    assert said.returncode == 0, said.stdout


def test_that_a_round_that_falls_tells_its_last_words_and_where_it_was_at_the_end(tmp_path: Path) -> None:
    code = "@pytest.mark.web\ndef test_falling():\n    os.write(2, b'out of breath\\n')\n    os.abort()\n"
    said = run_rounds(tmp_path, code)
    end = said.stdout.partition("broke off with exit code -6.\n")[2]
    assert "out of breath\n" in end
    assert "in test_falling\n" in end
    assert said.stdout.splitlines()[-1] == "0 passed, 1 failed, 0 skipped"
