"""F1: the page about what has the keyboard, and back to exactly there; nothing from elsewhere."""

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from console.domain.flow import State
from console.settings import Settings
from console.ui import scale
from console.ui.manual.page import ManualPage
from tests.gui.seat import Seat
from tests.gui.seats import OpenSeat


def page(seat: Seat) -> ManualPage:
    found = seat.window.pages.page("manual")
    assert isinstance(found, ManualPage)
    return found


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        ((), "queue"),
        (("Ctrl+2",), "map"),
        (("Ctrl+3",), "case"),
        (("N",), "report"),
        (("M",), "case"),
        (("F2",), "board"),
        (("F3",), "practice"),
        (("F4",), "approvals"),
        (("F7",), "layouts"),
        (("F11",), "triage"),
        (("W",), "deadlines"),
        (("Shift+F6",), "attention"),
        (("Shift+F11",), "attention"),
        (("Ctrl+,",), "settings"),
        (("Ctrl+F3",), "data"),
        (("Shift+F5",), "replay"),
        (("Ctrl+K",), "keys"),
        (("Ctrl+Shift+F",), "queue"),
        (("Ctrl+Shift+R",), "many"),
        (("Ctrl+A", "U"), "many"),
        (("?",), "card"),
    ],
)
def test_that_f1_opens_the_page_about_what_has_the_keyboard_and_goes_back_there(
    seat: Seat, keys: tuple[str, ...], name: str
) -> None:
    seat.choose(seat.queue.codes[0])
    seat.act("focus_queue")
    seat.press(*keys)
    seat.until(lambda: QApplication.focusWidget() is not None)
    before, focus, over = seat.screen, QApplication.focusWidget(), seat.window.layers.panel
    seat.press("F1")
    assert (seat.screen, page(seat).here) == ("manual", name)
    assert page(seat).text.hasFocus()
    seat.press("F1")
    assert seat.screen == before
    assert seat.window.layers.panel is over
    if keys not in (("?",), ("Ctrl+K",)):  # these go when something else is looked at
        assert QApplication.focusWidget() is focus


def test_that_what_is_being_filled_in_survives_a_look_into_the_manual(seat: Seat) -> None:
    seat.press("N", "Tab")
    seat.type("路口积水")
    seat.press("F1", "Escape")
    report = seat.window.side.report
    assert report is not None
    focus = QApplication.focusWidget()
    assert focus is not None
    assert report.isAncestorOf(focus)
    assert "路口积水" in focus.toPlainText()  # type: ignore[attr-defined]  # the field of the description


def test_that_no_key_acts_on_the_case_behind_the_manual(seat: Seat) -> None:
    code = seat.bring(State.REPORTED)
    seat.choose(code)
    seat.press("F1", "A")
    assert seat.stored(code).case.state is State.REPORTED
    assert "Esc" in seat.message
    seat.press("Escape", "A")
    assert seat.stored(code).case.state is State.TO_FILE


def test_that_contents_links_search_and_back_work_by_keyboard(seat: Seat) -> None:
    seat.press("F1")
    manual = page(seat)
    manual.contents.setFocus()
    seat.press("Home", "Down")
    assert manual.here == "tour"
    manual.text.anchorClicked.emit(QUrl("data.md"))
    assert manual.here == "data"
    manual.text.setFocus()
    seat.press("Alt+Left")
    assert manual.here == "tour"
    manual.asked.setFocus()
    seat.type("节假日")
    seat.press("Return")
    assert manual.here == "deadlines"
    assert len(manual.text.extraSelections()) >= 2
    assert manual.text.hasFocus()
    manual.asked.setFocus()
    manual.asked.setText("suspension")
    seat.press("Return")
    assert manual.text.toPlainText().startswith("Keys and commands")
    manual.asked.setText("没有这样的话")
    assert manual._model.rowCount() == 1


def test_that_nothing_from_elsewhere_is_ever_shown_or_followed(seat: Seat, tmp_path: Path) -> None:
    seat.press("F1")
    manual = page(seat)
    kind = QTextDocument.ResourceType.ImageResource.value
    for name in ("http://example.org/a.png", f"file://{tmp_path}/a.png", "../themes/light.toml", "a.png"):
        assert manual.text.loadResource(kind, QUrl(name)) is None
    assert manual.text.loadResource(kind, QUrl("work.png")) is not None
    assert manual.text.loadResource(QTextDocument.ResourceType.HtmlResource.value, QUrl("work.png")) is None
    here = manual.here
    for link in ("http://example.org", "file:///etc/passwd", "nonsense.md"):
        manual.text.anchorClicked.emit(QUrl(link))
    assert manual.here == here


def test_that_language_theme_and_zoom_change_the_page_that_is_read(open_seat: OpenSeat) -> None:
    try:
        seat = open_seat(settings=Settings(theme="light"))
        seat.press("F1")
        manual = page(seat)
        before = manual.text.document().defaultFont().pixelSize()
        seat.press("Ctrl++")
        assert manual.text.document().defaultFont().pixelSize() > before
        seat.press("F10")
        assert manual.text.toPlainText().startswith("The queue")
        seat.press("F9")
        assert manual.text.palette().text().color() == seat.window.theme.colour("text")
    finally:
        scale.use_zoom(100)


def test_that_the_manual_is_saved_as_a_pdf_beside_the_window(seat: Seat, tmp_path: Path) -> None:
    seat.press("F1")
    seat.window.manual.save(tmp_path / "m.pdf")
    seat.until(lambda: not seat.window.manual.busy)
    assert (tmp_path / "m.pdf").read_bytes().startswith(b"%PDF")
    seat.window.manual.save(tmp_path / "none" / "m.pdf")
    seat.until(lambda: not seat.window.manual.busy)
    assert "none" in seat.message
