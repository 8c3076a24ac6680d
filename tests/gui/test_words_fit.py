"""Every word on every screen has its room, in both languages, at 100 and at 150 %; none is missing."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from console.settings import Settings
from console.ui import scale
from console.ui.widgets import plain_label
from tests.gui.room import tight
from tests.gui.seat import Seat
from tests.gui.seats import OpenSeat
from tests.gui.test_words_on_screen import surfaces

# What the walk of the languages does not reach.
_MORE = (
    ("Ctrl+,",), ("Ctrl+F3",), ("F1",), ("F7",), ("F11",), ("Shift+F6",), ("Shift+F11",), ("Ctrl+F",),
    ("Ctrl+L",), ("Ctrl+Shift+F",), ("Ctrl+Shift+R",), ("Ctrl+K",), ("Ctrl+A", "U"), ("Shift+F5",),
    ("Ctrl+M",), ("Alt+N",), ("Alt+T",), ("Ctrl+Shift+G",),
)  # fmt: skip


def everything(seat: Seat) -> Iterator[str]:
    yield from surfaces(seat)
    for keys in _MORE:
        seat.window.pages.turn("")
        seat.choose(seat.codes[0])
        seat.window.queue.take_keyboard()
        seat.press(*keys)
        yield " ".join(keys)
        seat.press(*("Escape" for _key in keys), "Escape")


@pytest.mark.parametrize("zoom", [100, 150])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_every_word_has_its_room(open_seat: OpenSeat, language: str, zoom: int) -> None:
    wrong: dict[str, str] = {}
    try:
        seat = open_seat(settings=Settings(theme="light", language=language, zoom=zoom))
        seat.window.resize(1366, 768)
        seat.settle()
        for surface in everything(seat):
            for fault in tight(seat.window):
                wrong.setdefault(fault, surface)
    finally:
        scale.use_zoom(100)
    assert not wrong, "\n".join(f"{surface}: {fault}" for fault, surface in wrong.items())


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
