"""A child that is read while it works: its words, its limits, its end."""

import os
from pathlib import Path

import pytest

from console.adapters.streamed import ChildDiedError, streamed

MEMORY = 400_000_000
SAYS = "import json, sys\ndef say(told): print(json.dumps(told), flush=True)\n"


def program(folder: Path, code: str) -> Path:
    file = folder / "program.py"
    file.write_text(SAYS + code, "utf-8")
    return file


def heard(file: Path, seconds: int = 20) -> list[object]:
    with streamed(file, {"asked": "城市"}, memory=MEMORY, seconds=seconds) as words:
        return list(words)


def test_that_its_words_are_heard_until_it_says_that_it_is_done(tmp_path: Path) -> None:
    code = "say([json.load(open('request.json', encoding='utf-8'))['asked']])\nsay([2])\nsay([])\nsay([3])\n"
    assert heard(program(tmp_path, code)) == [["城市"], [2]]


@pytest.mark.parametrize(
    "code",
    ["", "1 / 0", "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "while True: pass",
     "x = bytearray(10**9)", "sys.stdout.write('[1')", "sys.stdout.write('x' * (1 << 27))"],
    ids=["silent", "fault", "crash", "endless", "hungry", "torn", "endless line"],
)  # fmt: skip
def test_that_a_child_that_ends_before_is_told_with_what_it_said(tmp_path: Path, code: str) -> None:
    heard_before: list[object] = []
    with (
        pytest.raises(ChildDiedError) as died,
        streamed(program(tmp_path, "say([1])\n" + code), {}, memory=MEMORY, seconds=1) as words,
    ):
        heard_before.extend(iter(words.__next__, None))
    assert heard_before == [[1]]
    assert died.value.said == "ZeroDivisionError: division by zero" or code != "1 / 0"


def test_that_nothing_of_it_is_left_behind(tmp_path: Path) -> None:
    code = "import os\nsay([os.getpid(), os.getcwd()])\nwhile True: say([0])\n"
    with streamed(program(tmp_path, code), {}, memory=MEMORY, seconds=20) as words:
        pid, folder = next(words)
        assert Path(folder).is_dir()
    assert not Path(folder).exists()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
