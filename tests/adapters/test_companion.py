"""The child that stays: whatever it says, whoever asks it is answered and never waits for good."""

import errno
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from console.adapters import companion
from console.adapters.companion import Companion, CompanionError

MEMORY = 1_000_000_000
PROGRAM = """
import json, sys, time
for line in sys.stdin.buffer:
    told = json.loads(line)
    sys.stdout.buffer.write(told["says"].encode())
    sys.stdout.buffer.flush()
    if told.get("stays"):
        while True:
            sys.stdout.buffer.write(b"x" * 65536)
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    file = tmp_path / "program.py"
    file.write_text(PROGRAM, "utf-8")
    return file


@pytest.mark.parametrize("says", ['{"size": 99000000000}\n', '{"size": -1}\n', "[]\n", "no json\n"])
def test_that_a_child_that_goes_on_after_an_answer_that_is_none_is_ended(program: Path, says: str) -> None:
    child = Companion(program, MEMORY)
    raised: list[CompanionError] = []

    def ask() -> None:
        try:
            child.ask({"says": says, "stays": True}, 30)
        except CompanionError as problem:
            raised.append(problem)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(25)
    assert not asking.is_alive(), "who asked waits for a child that will not end"
    assert [problem.slow for problem in raised] == [False]
    assert child.ask({"says": '{"size": 0}\n'}, 30) == ({"size": 0}, b"")  # another one is begun
    child.close()


def test_that_a_machine_without_room_for_a_child_is_told(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_told: object, **_more: object) -> TemporaryDirectory[str]:
        raise OSError(errno.ENOSPC, "No space left on device")

    child = Companion(program, MEMORY)
    monkeypatch.setattr(companion, "TemporaryDirectory", full)
    with pytest.raises(CompanionError, match="No space"):
        child.ask({"says": ""}, 30)
    monkeypatch.undo()
    assert child.ask({"says": '{"size": 0}\n'}, 30) == ({"size": 0}, b"")
    child.close()
