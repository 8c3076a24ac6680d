"""The doctor's walk: the whole program on a city of its own, in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gui.seat import copy_store

pytestmark = pytest.mark.web

STEPS = ("collection", "filing", "dispatch", "handling", "feedback", "verification", "evaluation")


def walked(*words: str) -> tuple[int, list[dict[str, object]]]:
    done = subprocess.run(
        [sys.executable, "-m", "console", *words],
        capture_output=True, text=True, check=False, timeout=280, env=os.environ | {"LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    checks: list[dict[str, object]] = json.loads(done.stdout)["checks"]
    return done.returncode, [check for check in checks if str(check["name"]).startswith("walk")]


@pytest.mark.city
def test_that_the_doctor_walks_a_case_through_all_steps_and_leaves_the_users_data_alone(
    store_template: Path, tmp_path: Path
) -> None:
    data = copy_store(store_template, tmp_path / "data")
    before = (data / "console.sqlite").read_bytes()
    _, checks = walked("--data", str(data), "doctor", "--walk", "--json")
    names = [str(check["name"]).removeprefix("walk: ") for check in checks]
    assert [name for name in names if name in STEPS and name != "filing"] == [
        step for step in STEPS if step != "filing"
    ], checks
    assert names.count("filing") == 2
    assert "map" in names
    assert [check for check in checks if not check["well"]] == []
    assert (data / "console.sqlite").read_bytes() == before
