"""Every screen is told to a screen reader: all have name and state, no markup, no picture without a word."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from console.settings import Settings
from console.ui.widgets import Painted
from tests.golden import scenes
from tests.gui.object_names import windows
from tests.gui.screens import screens
from tests.gui.seat import Seat
from tests.gui.spoken import HOLDS, Role, Spoken, spoken
from tests.gui.spoken_states import state_faults

LANGUAGES = ("zh", "en")


def faults(window: QWidget) -> list[str]:
    """What a screen reader could not tell."""
    return sorted({fault for node in spoken(window) if (fault := _fault(node))}) + state_faults(window)


def _fault(node: Spoken) -> str:
    where = f"{node.role.name} in {node.where}"
    if node.description.lstrip().startswith("<"):
        return f"{where}: told with its markup: {node.description[:40]}"
    if node.role is Role.ScrollBar and "scroll" in node.where:
        return ""  # a part of what it moves, which has a name; the keyboard never comes to it
    if isinstance(node.widget, QLabel) and _says_nothing(node.widget):
        return ""
    if node.role in HOLDS:
        painted = node.widget is not None and _paints(type(node.widget))
        if node.takes_keys and node.name.strip():
            return ""  # said when the keyboard comes to it
        if node.takes_keys:
            return f"{where}: the keyboard comes to it, and it has no name"
        return f"{where}: painted by itself, told as a mere room" if painted else ""
    return "" if node.name.strip() else f"{where}: without a name"


def _says_nothing(label: QLabel) -> bool:
    """Whether it is empty now; what paints itself never is."""
    return not (isinstance(label, Painted) or label.text()) and label.pixmap().isNull()


def _paints(kind: type) -> bool:
    return any("paintEvent" in one.__dict__ for one in kind.__mro__ if one.__module__.startswith("console."))


@pytest.fixture
def open_in(open_seat: Callable[..., Seat]) -> Callable[[str], Seat]:
    def opened(language: str) -> Seat:
        seat = open_seat(settings=Settings(theme="light", language=language))
        seat.choose(seat.queue.codes[0])
        return seat

    return opened


MORE = (
    *("Alt+T", "Alt+N", "Alt+G", "Ctrl+7", "Ctrl+L", "Ctrl+F3", "Ctrl+Shift+R", "Shift+F5", "Shift+D", "R"),
    *("Shift+T", "H", "Shift+L", "Shift+E", "S", "Shift+M", "Ctrl+Shift+H", "Shift+P", "Shift+B"),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_no_form_and_no_layer_has_anything_without_a_name(
    open_in: Callable[[str], Seat], language: str
) -> None:
    seat = open_in(language)
    found: dict[str, list[str]] = {}
    for key in MORE:
        seat.press(key)
        found[key] = faults(seat.window)
        seat.press("Esc", "Esc")
    assert {key: told for key, told in found.items() if told} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_no_screen_has_anything_without_a_name(
    open_in: Callable[[str], Seat], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    seat = open_in(language)
    found: dict[str, list[str]] = {}
    looked: list[list[str]] = []

    def look(window: QWidget) -> QPixmap:
        looked.append(faults(window))
        return QPixmap()

    monkeypatch.setattr(scenes, "_steady", look)
    for name, scene in scenes.SCENES.items():
        scene(seat)
        found[name] = looked.pop()
    assert {screen: told for screen, told in found.items() if told} == {}


def test_that_no_screen_of_the_walk_has_anything_without_a_name_or_with_another_value(
    open_in: Callable[[str], Seat],
) -> None:
    seat = open_in("zh")
    found: dict[str, list[str]] = {}
    for name in screens(seat):
        seat.settle()
        for window in windows():
            for fault in faults(window):
                found.setdefault(fault, []).append(name)
    assert {fault: where[:3] for fault, where in found.items()} == {}
