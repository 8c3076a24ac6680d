"""Small blocks of sets, so that a few hundred cases lie in several of them."""

import pytest

_WHERE = ("console.runtime.sealing", "console.storage.sets.reading", "console.storage.sets.seal")


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """128 ids a block."""
    for module in _WHERE:
        monkeypatch.setattr(f"{module}.BLOCK_BITS", 7)
