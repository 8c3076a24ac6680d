"""The manual's tables of keys are those of the program."""

import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def manual(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(ROOT / "packaging")
    monkeypatch.delitem(sys.modules, "manual", raising=False)
    import manual

    return manual


@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_the_pages_of_keys_are_up_to_date(manual: ModuleType, language: str) -> None:
    """Where they are not: .venv/bin/python packaging/manual.py."""
    assert manual.PAGES[language].read_text("utf-8") == manual.page(language)
