"""Two seats change settings of one data folder at one time: what either wrote is there."""

import subprocess
import sys
from pathlib import Path

import pytest

from console.domain.errors import Refused
from console.settings import FILE, change_settings, read_settings
from console.settings.turn import own_turn

SEAT = """
import sys
from pathlib import Path
from console.settings import change_settings, read_settings

folder, name, first = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
print("ready", flush=True)
sys.stdin.readline()
for value in range(first, first + 100):
    change_settings(folder, {name: value})
    found = getattr(read_settings(folder), name)
    assert found == value, f"{name} is {found} after {value} was written"
"""


def test_that_what_two_seats_write_at_one_time_is_all_kept(tmp_path: Path) -> None:
    seats = [
        subprocess.Popen(
            [sys.executable, "-c", SEAT, str(tmp_path), name, str(first)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for name, first in (("zoom", 80), ("volume", 0))
    ]  # fmt: skip
    for seat in seats:
        assert seat.stdout is not None
        seat.stdout.readline()
    for seat in seats:
        assert seat.stdin is not None
        seat.stdin.write("\n")
        seat.stdin.flush()
    for seat in seats:
        _, said = seat.communicate(timeout=240)
        assert seat.returncode == 0, said
    kept = read_settings(tmp_path)
    assert (kept.zoom, kept.volume) == (179, 99)


def test_that_a_seat_stopped_amid_writing_holds_up_no_other_for_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.settings.turn.PATIENCE_S", 0.05)
    change_settings(tmp_path, {"zoom": 90})
    with own_turn(tmp_path / FILE), pytest.raises(Refused, match="folder_not_writable"):
        change_settings(tmp_path, {"zoom": 120})
    assert read_settings(tmp_path).zoom == 90
    change_settings(tmp_path, {"zoom": 120})
    assert read_settings(tmp_path).zoom == 120
