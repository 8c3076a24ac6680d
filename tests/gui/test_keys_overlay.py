"""The overlay of keys: all of the tables, what holds here first, narrowed by typing, back where one was."""

import pytest

from console.domain.flow import State
from console.settings import Settings
from console.ui.actions import ACTS, PANELS, WINDOW
from tests.gui.seat import Seat
from tests.gui.seats import OpenSeat


def shown(seat: Seat) -> list[tuple[str, str]]:
    overlay = seat.window.keys.shown
    assert overlay is not None
    return [(line.key, line.words) for line in overlay.lines]


def test_that_all_keys_of_the_tables_stand_in_it(seat: Seat) -> None:
    seat.press("?")
    lines = shown(seat)
    assert {(act.key, act.words) for act in ACTS} <= set(lines)
    keys = {key for line, _words in lines for key in (line, *line.split(" "))}
    single = [item for item in WINDOW if not item.name[-1].isdigit()]
    assert {item.key for item in single} <= keys
    assert {item.words for item in single} <= {words for _key, words in lines}
    assert ("Ctrl+Shift+1 … 9", "布局") in lines


@pytest.mark.parametrize("key", ["?", "Ctrl+F1"])
def test_that_it_comes_and_goes_by_its_keys_and_gives_the_keyboard_back(seat: Seat, key: str) -> None:
    table = seat.window.queue.table
    assert table.hasFocus()
    seat.press(key)
    assert seat.find("keysAsked").hasFocus()
    seat.press(key)
    assert seat.window.keys.shown is None
    assert table.hasFocus()
    seat.press(key, "Escape")
    assert seat.window.keys.shown is None
    assert table.hasFocus()


def test_that_what_holds_where_the_keyboard_is_comes_first(seat: Seat) -> None:
    seat.press("?")
    assert shown(seat)[0] == ("", "此处:案件列表")
    seat.press("Escape")
    seat.choose(seat.bring(State.TO_DISPATCH))
    seat.press("Shift+D", "Ctrl+F1")
    assert shown(seat)[0] == ("", "此处:表单")
    assert ("Ctrl+Enter", "确认") in shown(seat)


def test_that_what_the_case_allows_comes_before_the_other_acts(seat: Seat) -> None:
    seat.choose(seat.bring(State.TO_DISPATCH))
    seat.press("?")
    lines = shown(seat)
    assert lines.index(("D", "派遣")) < lines.index(("", "案件操作")) < lines.index(("A", "受理"))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("返工", ("R", "返工")),
        ("fangong", ("R", "返工")),
        ("rework", ("R", "返工")),
        ("ctrl+k", ("Ctrl+K", "命令与查找")),
    ],
)
def test_that_typing_narrows_by_words_pinyin_english_and_key(
    seat: Seat, asked: str, found: tuple[str, str]
) -> None:
    seat.press("?")
    before = len(shown(seat))
    seat.type(asked)
    assert found in shown(seat)
    assert len(shown(seat)) < before / 4


def test_that_the_keys_of_other_panels_are_found_by_typing(seat: Seat) -> None:
    panel = next(one for one in PANELS if one.name == "mapPanel")
    seat.press("?")
    seat.type("全市")
    assert ("Home", "显示全市") in shown(seat)
    assert ("", panel.words) in shown(seat)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_it_fits_a_small_screen(open_seat: OpenSeat, language: str) -> None:
    seat = open_seat(settings=Settings(theme="light", language=language))
    seat.resize(1366, 768)
    seat.choose(seat.bring(State.TO_DISPATCH))
    seat.press("?")
    overlay = seat.window.keys.shown
    assert overlay is not None
    assert seat.window.rect().contains(overlay.geometry())
    assert overlay.list.horizontalScrollBar().maximum() == 0
    assert overlay.list.verticalScrollBar().maximum() == 0
    metrics = overlay.list.fontMetrics()
    wide = [line.words for line in overlay.lines if metrics.horizontalAdvance(line.words) > 316 - 112 - 20]
    assert wide == []
