"""What the tests of packs share: a small pack on disk, and parsing without child processes."""

from pathlib import Path
from typing import Any

import pytest

from console.adapters.pack import features, parser
from tests.adapters.packs import Pack, small_pack


@pytest.fixture
def parsed_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spares the child processes: test_pack_features has them."""

    def run(request: dict[str, Any], _file: str, _memory: int, _seconds: int) -> None:
        parser.answer(request)

    monkeypatch.setattr(features, "_run", run)


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return small_pack(tmp_path / "city")
