"""What was freed goes back to the machine."""

import ctypes
import hashlib
import re
import sys
from pathlib import Path

import psutil
import pytest
from PySide6 import QtCore

from console.system import give_back, unmap_unused

MB = 1_000_000


@pytest.mark.skipif(sys.platform != "linux", reason="other systems give memory back by themselves")
def test_that_pieces_that_were_freed_go_back() -> None:
    """Pieces below the size that glibc maps by themselves, a living one above each thousand."""
    this = psutil.Process()
    kept, pieces = [], []
    for _block in range(200):
        pieces.append([bytes(1000 + at % 7) for at in range(1000)])
        kept.append(bytes(2000))
    full = this.memory_info().rss
    pieces.clear()
    give_back()
    assert this.memory_info().rss < full - 100 * MB
    assert len(kept) == 200


Part = tuple[int, int, int, int]  # begin, end, kB held, kB that were written to


def parts_of(library: str) -> list[Part]:
    """What of a library is mapped only to be read or run."""
    found, begin, end, held = [], 0, 0, 0
    for line in Path("/proc/self/smaps").read_text("utf-8", errors="replace").splitlines():
        head = re.match(r"([0-9a-f]+)-([0-9a-f]+) (\S+)", line)
        if head is not None:
            ours = line.endswith(library) and head[3] in {"r-xp", "r--p"}
            begin, end = (int(head[1], 16), int(head[2], 16)) if ours else (0, 0)
        elif end and line.startswith("Rss:"):
            held = int(line.split()[1])
        elif end and line.startswith("Anonymous:"):
            found.append((begin, end, held, int(line.split()[1])))
    assert found
    return found


def content(parts: list[Part]) -> list[bytes]:
    """What stands in them; every page is touched by it."""
    return [hashlib.sha256(ctypes.string_at(begin, end - begin)).digest() for begin, end, *_held in parts]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what is mapped")
def test_that_what_nothing_touches_of_a_library_goes_and_comes_back_as_it_was() -> None:
    library = str(Path(QtCore.__file__).resolve())
    before = parts_of(library)
    assert any(written for *_place, written in before)  # filled in by the loader: lost, nothing would work
    told = content(before)
    held = sum(part[2] for part in parts_of(library))
    assert unmap_unused() >= 1000
    after = parts_of(library)
    assert sum(part[2] for part in after) < held / 2
    assert [part[3] for part in after] == [part[3] for part in before]
    assert content(after) == told
    assert QtCore.QPoint(1, 2) + QtCore.QPoint(3, 4) == QtCore.QPoint(4, 6)
