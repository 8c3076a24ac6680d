"""The pictures of the manual are taken here, and compared with the screens as they are: they cannot rot."""

import re
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication

from console.domain.wanted import CaseFilter
from console.settings import Settings
from console.system import resource
from console.words.manual import LANGUAGES, PAGES, page_text
from tests.golden.pictures import HOW, WRITING, blocks_apart, picture_of, stored_form
from tests.golden.scenes import SCENES
from tests.golden.test_map_pictures import steady
from tests.gui.seats import OpenSeat
from tests.gui.window_map import WindowMap

_WIDTH, _HEIGHT, _COLOURS = 1280, 720, 96
_MOST_BLOCKS = 60  # a sentence of the manual stays true when a word on the screen changes
_MOST_BYTES = 2_000_000
_USED = re.compile(r"!\[[^]]*]\(([a-z0-9-]+)\.png\)")


def folder(language: str) -> Path:
    return resource("manual", "pictures", language)


def used(language: str) -> set[str]:
    return {
        name for page in PAGES for name in _USED.findall(page_text(page, "en" if language == "en" else "zh"))
    }


@pytest.mark.web  # with the map: who reads the manual looks for what is on the screen
@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_pictures_show_the_screens_as_they_are(
    open_seat: OpenSeat, language: str, qapp: QApplication
) -> None:
    qapp.setCursorFlashTime(0)
    seat = open_seat(page=True, settings=Settings(theme="light", language=language))
    seat.resize(_WIDTH, _HEIGHT)
    shown = WindowMap(seat)
    first = seat.queue.codes[0]
    wrong = []
    for name in sorted(used(language)):
        seat.queue.show(CaseFilter())
        seat.window.messages.say("")
        seat.choose(first)
        seat.window.queue.take_keyboard()
        seat.settle()
        steady(shown, seat.window.map)
        box = QRect(seat.window.map.mapTo(seat.window, QPoint()), seat.window.map.size()).getCoords()
        wrong.append(check(picture_of(SCENES[name](seat)), folder(language) / f"{name}.png", box))
    assert not any(wrong), "\n".join(filter(None, wrong))


def test_that_every_picture_is_used_and_all_together_are_small() -> None:
    for language in LANGUAGES:
        assert {file.stem for file in folder(language).glob("*")} == used(language)
    assert sum(file.stat().st_size for file in resource("manual", "pictures").rglob("*.png")) < _MOST_BYTES


def without_map(picture: Image.Image, box: tuple[int, int, int, int]) -> Image.Image:
    """As it is compared."""
    plain = picture.copy()
    plain.paste((255, 255, 255), box)
    return stored_form(plain)


def check(picture: Image.Image, file: Path, map_box: tuple[int, int, int, int]) -> str:
    """What is wrong with a picture, empty where it is as stored; or store it, where that is wished.

    What the map shows is compared in test_map_pictures: here it may still be moving.
    """
    if WRITING:
        file.parent.mkdir(parents=True, exist_ok=True)
        few = picture.quantize(_COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(file, optimize=True)
        return ""
    if not file.exists():
        return f"no picture {file.name} is stored: {HOW}"
    with Image.open(file) as kept:
        expected = without_map(kept.convert("RGB"), map_box)
    got = without_map(picture, map_box)
    if expected.size != got.size:
        return f"{file.name}: {got.size} instead of {expected.size}"
    apart = int(blocks_apart(expected, got).sum())
    return f"{file.name}: {apart} blocks look different: {HOW}" if apart > _MOST_BLOCKS else ""
