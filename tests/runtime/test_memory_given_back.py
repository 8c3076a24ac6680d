"""What was freed goes back to the machine."""

import sys

import psutil
import pytest

from console.system import give_back

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
