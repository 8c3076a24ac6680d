"""Every screen looks as stored: two languages, two themes, two sizes, 100, 125 and 150 %."""

from itertools import product

import pytest
from PIL import Image
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication

from console.domain.wanted import CaseFilter
from console.settings import Settings
from console.ui.scale import use_zoom
from console.ui.theme import console_font
from tests.golden.pictures import HOW, STORED, WRITING, blocks_apart, check, picture_of, stored_form
from tests.golden.scenes import SCENES
from tests.gui.seats import OpenSeat

SIZES = {
    "1366x768": (1366, 768, 100),
    "1366x768-125": (1366, 768, 125),
    "1366x768-150": (1366, 768, 150),
    "1920x1080": (1920, 1080, 100),
}
LOOKS = tuple(product(SIZES, ("zh", "en"), ("light", "dark")))
MOST_BYTES = 8_600_000


@pytest.mark.parametrize(("size", "language", "theme"), LOOKS)
def test_that_every_screen_looks_as_stored(
    open_seat: OpenSeat, size: str, language: str, theme: str, qapp: QApplication
) -> None:
    if not WRITING and not any(STORED.glob("*.png")):
        pytest.skip(f"no pictures are stored: {HOW}")
    assert QFontInfo(console_font()).family() == "Noto Sans CJK SC", "see packaging/system-packages.txt"
    width, height, zoom = SIZES[size]
    qapp.setCursorFlashTime(0)
    try:
        seat = open_seat(settings=Settings(theme=theme, language=language, zoom=zoom))
        seat.resize(width, height)
        first = seat.queue.codes[0]
        wrong = []
        for name, scene in SCENES.items():
            seat.queue.show(CaseFilter())
            seat.window.messages.say("")
            seat.choose(first)
            seat.window.queue.take_keyboard()
            seat.settle()
            wrong.append(check(picture_of(scene(seat)), f"{name}-{size}-{language}-{theme}"))
    finally:
        use_zoom(100)
    assert not any(wrong), "\n".join(filter(None, wrong))


def test_that_the_pictures_together_stay_small() -> None:
    assert sum(file.stat().st_size for file in STORED.glob("*.png")) < MOST_BYTES


def test_that_a_button_gone_is_seen_and_a_letter_smoothed_otherwise_is_not() -> None:
    picture = Image.new("RGB", (400, 300), (255, 255, 255))
    picture.paste((27, 95, 191), (40, 40, 120, 70))
    kept = stored_form(picture).convert("RGB")
    assert not blocks_apart(kept, stored_form(picture)).any()
    smoothed = picture.copy()
    smoothed.paste((240, 240, 240), (200, 200, 203, 203))
    assert not blocks_apart(kept, stored_form(smoothed)).any()
    gone = stored_form(Image.new("RGB", (400, 300), (255, 255, 255)))
    assert blocks_apart(kept, gone).sum() > 12
