"""The worked example holds as it is printed: by the command of the installed program, and by pytest."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from console.system import resource

pytestmark = pytest.mark.web

EXAMPLE = resource("examples", "test_one_case.py")
TESTS = 4


def run(*words: str) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"PYTHONPATH": str(Path.cwd())}
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, env=env, timeout=300)


def test_that_the_command_runs_every_test_of_the_example(store_template: Path) -> None:
    told = run("-m", "console", "--data", str(store_template), "drive", "--copy", "--json", str(EXAMPLE))
    assert told.returncode == 0, told.stdout + told.stderr
    found = json.loads(told.stdout.splitlines()[-1])
    assert found["held"]
    assert [one["held"] for one in found["tests"]] == [True] * TESTS


def test_that_the_command_tells_which_test_does_not_hold(store_template: Path, tmp_path: Path) -> None:
    script = tmp_path / "test_wrong.py"
    script.write_text("def test_that_fails(console):\n    assert console.case.state == 'closed'\n")
    words = ("--data", str(store_template), "--lang", "en", "drive", "--copy", str(script))
    told = run("-m", "console", *words)
    assert told.returncode == 1
    assert "test_that_fails: failed" in told.stdout
    assert "AssertionError" in told.stdout
    assert "no case, " in told.stdout


def test_that_pytest_runs_the_example_with_our_fixtures(store_template: Path, tmp_path: Path) -> None:
    plugin = ("-p", "console.testing.plugin", "-p", "no:cacheprovider", f"--rootdir={tmp_path}")
    told = run("-m", "pytest", "-q", *plugin, "--console-data", str(store_template), str(EXAMPLE))
    assert told.returncode == 0, told.stdout + told.stderr
    assert f"{TESTS} passed" in told.stdout


def test_that_the_command_runs_the_example_on_the_sample_without_being_given_anything(tmp_path: Path) -> None:
    """As a stranger types it: nothing but the file. The sample's people and rights let every step be done."""
    told = run("-m", "console", "--data", str(tmp_path), "drive", "--json", str(EXAMPLE))
    assert told.returncode == 0, told.stdout + told.stderr
    assert json.loads(told.stdout.splitlines()[-1])["held"]
    assert not any(tmp_path.iterdir())


def test_that_a_database_on_a_server_is_not_copied(tmp_path: Path) -> None:
    server = ("--db", "postgresql://nobody@127.0.0.1:1/none")
    told = run("-m", "console", "--data", str(tmp_path), *server, "drive", "--copy", str(EXAMPLE))
    assert told.returncode == 2
    assert "--copy" in told.stderr + told.stdout
