"""Every word on every screen has its room, in both languages, at 100 and at 150 %; none is missing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from console.settings import Settings
from console.ui import scale
from console.ui.widgets import plain_label
from tests.adapters.packs import small_pack
from tests.gui.object_names import windows
from tests.gui.room import tight
from tests.gui.screens import first_run, screens
from tests.gui.seats import OpenSeat


@pytest.mark.parametrize("zoom", [100, 150])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_every_word_has_its_room(open_seat: OpenSeat, language: str, zoom: int) -> None:
    wrong: dict[str, str] = {}
    try:
        seat = open_seat(settings=Settings(theme="light", language=language, zoom=zoom))
        seat.resize(1366, 768)
        look(screens(seat), wrong)
    finally:
        scale.use_zoom(100)
    assert not wrong, "\n".join(f"{surface}: {fault}" for fault, surface in wrong.items())


@pytest.mark.parametrize("zoom", [100, 150])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_every_word_of_the_first_run_has_its_room(
    open_seat: OpenSeat, tmp_path: Path, language: str, zoom: int
) -> None:
    wrong: dict[str, str] = {}
    try:
        settings = Settings(theme="light", language=language, zoom=zoom)
        seat = open_seat(folder=tmp_path / "new", opened=False, settings=settings)
        seat.resize(1366, 768)
        look(first_run(seat, a_pack(tmp_path)), wrong)
    finally:
        scale.use_zoom(100)
    assert not wrong, "\n".join(f"{surface}: {fault}" for fault, surface in wrong.items())


def look(walk: Iterator[str], wrong: dict[str, str]) -> None:
    """Keep every fault of every window with the screen where it showed first."""
    for surface in walk:
        for window in windows():
            for fault in tight(window):
                wrong.setdefault(fault, surface)


def a_pack(folder: Path) -> Path:
    made = folder / "pack"
    made.mkdir()
    small_pack(made)
    return made


def test_that_a_clipped_word_a_missing_one_and_an_unfilled_one_are_seen(qtbot: QtBot) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    line = QHBoxLayout(whole)
    wide, narrow, bare = plain_label("足够宽"), plain_label("这一句话放不下"), QPushButton()
    unfilled = plain_label("共 {count} 件")
    for widget in (wide, narrow, bare, unfilled):
        line.addWidget(widget)
    narrow.setFixedWidth(20)
    whole.show()
    qtbot.waitExposed(whole)
    found = tight(whole)
    assert len(found) == 3, found
    assert "needs" in found[0]
    assert "without words" in found[1]
    assert "not filled in" in found[2]
