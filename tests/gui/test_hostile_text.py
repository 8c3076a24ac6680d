"""Whatever a citizen or a city writes is shown as it was written, on every surface of the window."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QToolButton

from console.command.tokens import quote
from console.domain.case import Source
from console.domain.flow import State
from console.domain.operation import Operation
from console.domain.report import Report
from console.services.steps import Told
from tests.gui.hostile import LONG, MARKUP, TEXTS, hostile_city
from tests.gui.screen_text import as_shown, texts
from tests.gui.seat import Seat, copy_store, make_store
from tests.gui.seats import OpenSeat
from tests.gui.test_bulk import beside, marked
from tests.gui.window_map import WindowMap
from tests.lives import INSIDE

ALL = " ".join(TEXTS)


@pytest.fixture(scope="module")
def hostile_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    make_store(folder, hostile_city(), 0)
    return folder


@pytest.fixture
def hostile(open_seat: OpenSeat, hostile_store: Path, tmp_path: Path) -> Seat:
    """A window on the city of such names, on its own copy."""
    return open_seat(folder=copy_store(hostile_store, tmp_path / "data"))


def report(seat: Seat, text: str, key: str = "event:0110") -> str:
    assert seat.door is not None
    told = Report(Source.HOTLINE, text, key, *INSIDE, address=text, reporter=text)
    case = seat.wait(seat.door.register(told))
    seat.settle()
    seat.choose(case.code)
    return case.code


def shown_by(seat: Seat, name: str) -> set[str]:
    """The texts of the widgets inside one."""
    return {label.text() for label in seat.find(name).findChildren(QLabel)}


def assert_nothing_ran(seat: Seat) -> None:
    for where, text in texts(seat.window):
        assert "1337" not in text, where  # 7 times 191: nobody writes it, only a template could
    for label in seat.window.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or not label.text(), label.objectName()


@pytest.mark.parametrize("text", TEXTS)
def test_that_the_text_of_a_case_is_shown_as_it_was_written(hostile: Seat, text: str) -> None:
    report(hostile, text)
    assert hostile.find("caseText", QLabel).text() == text
    assert text in shown_by(hostile, "caseFacts")
    row = hostile.window.queue.model
    cells = [row.index(0, column) for column in range(row.columnCount())]
    assert text in [cell.data() for cell in cells]
    tips = [as_shown(cell.data(Qt.ItemDataRole.ToolTipRole)) for cell in cells]
    assert text.split() in [tip.split() for tip in tips]  # a line separator breaks the line
    hostile.queue.choose_step("collection")
    cells = [row.index(0, column) for column in range(row.columnCount())]
    assert [cell.data() for cell in cells].count(text) == 2
    assert_nothing_ran(hostile)


@pytest.mark.parametrize("text", TEXTS)
def test_that_a_reason_is_shown_as_it_was_written(hostile: Seat, text: str) -> None:
    code = report(hostile, "一件")
    hostile.press("X")
    hostile.find("formReason", QPlainTextEdit).setPlainText(text)
    hostile.press("Ctrl+Return")
    hostile.choose(code)
    note = hostile.stored(code).facts[-1].note
    assert note.replace("\n", "") == text.replace("\u2028", "").replace("\u2029", "").strip() or note == text
    assert note in hostile.find("caseTimeline").accessibleDescription()
    assert_nothing_ran(hostile)


@pytest.mark.parametrize("at", range(8))
def test_that_the_name_of_a_class_is_shown_as_it_is(hostile: Seat, at: int) -> None:
    item = hostile_city().catalogues[0].classes[at]
    code = report(hostile, "一件", item.key)
    assert hostile.find("caseTitle", QLabel).text() == item.name
    box = hostile.find("classFilter", QComboBox)
    assert box.itemText(box.findData(item.key)) == item.name
    hostile.press("A")
    assert item.name in hostile.message
    hostile.press("N")
    form = hostile.find("reportClass", QComboBox)
    assert form.itemText(form.findData(item.key)) == f"{item.name}  {item.code}"
    hostile.press("Escape")
    assert hostile.stored(code).case.state is State.TO_FILE
    assert_nothing_ran(hostile)


def test_that_names_of_departments_and_divisions_are_shown_as_they_are(hostile: Seat) -> None:
    assert hostile.door is not None
    names = {item.code: item.name for item in hostile_city().departments}
    areas = {item.code: item.name for item in hostile_city().divisions}
    code = report(hostile, "一件")
    for operation in (Operation.ACCEPT, Operation.FILE):
        card = hostile.stored(code)
        told = Told(condition=1) if operation is Operation.FILE else Told()
        hostile.wait(hostile.door.take(code, operation, told, card.case.version))
    hostile.settle()
    for department in names:
        hostile.press("Shift+D" if hostile.stored(code).case.state is State.TO_DISPATCH else "G")
        box = hostile.find("formDepartment", QComboBox)
        box.setCurrentIndex(box.findData(department))
        assert box.currentText() == names[department]
        hostile.press("Ctrl+Return")
        assert hostile.stored(code).case.department == department
        assert names[department] in hostile.message
        assert names[department] in shown_by(hostile, "caseFacts")
        row = hostile.window.queue.model
        assert names[department] in [row.index(0, at).data() for at in range(row.columnCount())]
    assert any(areas["410105"] in text for text in shown_by(hostile, "caseFacts"))
    for area in ("410105", "410103", "410171"):
        box = hostile.find("divisionFilter", QComboBox)
        assert box.itemText(box.findData(area)) == areas[area]
    hostile.press("F2")
    model = hostile.window.board.model
    assert areas["410105"] in [model.index(row, 0).data() for row in range(model.rowCount())]
    hostile.click("boardBy_department")
    assert names["P01"] in [model.index(row, 0).data() for row in range(model.rowCount())]
    assert_nothing_ran(hostile)


def test_that_the_dispatch_button_shows_a_name_with_ampersands_and_brackets(hostile: Seat) -> None:
    assert hostile.door is not None
    for at, key in enumerate(("part:0103", "event:0110")):
        code = report(hostile, "一件", key)
        for operation in (Operation.ACCEPT, Operation.FILE):
            card = hostile.stored(code)
            hostile.wait(hostile.door.take(code, operation, Told(condition=1), card.case.version))
        hostile.settle()
        name = hostile.stored(code).advice.departments[0].name
        big = hostile.find("primaryAct", QPushButton)
        assert name in as_shown(big.toolTip()), at
        assert name in big.accessibleName()
        assert "&" not in big.text().replace("&&", ""), "a single ampersand underlines the next letter"


@pytest.mark.parametrize("text", TEXTS)
def test_that_a_search_is_shown_as_it_was_typed(hostile: Seat, text: str) -> None:
    report(hostile, text)
    hostile.press("Ctrl+K")
    hostile.find("searchField").setText(quote(text))  # type: ignore[attr-defined]  # a line edit
    hostile.press("Return")
    chip = hostile.find("chip_text", QToolButton)
    assert chip.text().replace("&&", "&").startswith(f"“{text.strip()[:12]}”")
    assert "&" not in chip.text().replace("&&", "")
    assert_nothing_ran(hostile)


def test_that_the_name_and_note_of_the_city_are_shown_as_they_are(hostile: Seat) -> None:
    name = hostile_city().profile.name
    assert hostile.window.windowTitle() == f"{name} · 网格指挥台"
    assert hostile.find("cityName", QLabel).text() == name
    assert as_shown(hostile.find("generatedBadge").toolTip()) == MARKUP


def test_that_100_kb_in_every_field_is_shown_from_its_beginning(hostile: Seat) -> None:
    code = report(hostile, LONG)
    assert hostile.stored(code).case.description == LONG
    text = hostile.find("caseText", QLabel).text()
    assert text.startswith("长" * 4000)
    assert text.endswith("字)")
    assert any(value.startswith("长" * 100) for value in shown_by(hostile, "caseFacts"))
    hostile.press("A", "Shift+X")
    hostile.find("formReason", QPlainTextEdit).setPlainText(LONG)
    hostile.press("Ctrl+Return")
    assert hostile.stored(code).facts[-1].note == LONG
    hostile.choose(code)
    assert_nothing_ran(hostile)
    assert hostile.window.width() <= 1600


@pytest.mark.web
def test_that_the_page_shows_such_names_and_asks_for_nothing_outside(
    open_seat: OpenSeat, hostile_store: Path, tmp_path: Path
) -> None:
    seat = open_seat(folder=copy_store(hostile_store, tmp_path / "data"), page=True, opened=False)
    seat.open_painted()
    code = report(seat, ALL)
    shown = WindowMap(seat)
    case = seat.stored(code).case
    shown.until(lambda stats: stats["marks"] == 1 and stats["selected"] == case.id)
    for zoom in (14, 16, 18):
        shown.run(f"gridConsole.goTo({case.lon}, {case.lat}, {zoom})")
    assert code in shown.tip_at(shown.case_point(case.id), code)
    assert shown.run("document.querySelectorAll('img, b, #tip *').length") == 0
    assert shown.run("document.title") == "网格地图"
    assert seat.window.map.outside_requests == []
    assert_nothing_ran(seat)


def test_that_triage_shows_texts_and_names_as_they_were_written(hostile: Seat) -> None:
    report(hostile, ALL)
    report(hostile, ALL)
    hostile.press("F11")
    assert ALL in shown_by(hostile, "triagePanel")
    assert_nothing_ran(hostile)
    hostile.press("Space", "6")
    hostile.find("skipWords", QLineEdit).setText(MARKUP)
    hostile.press("Return")
    assert hostile.message.endswith(MARKUP)
    hostile.press("F11")
    assert_nothing_ran(hostile)


def test_that_the_dock_of_many_cases_shows_texts_and_names_as_they_were_written(hostile: Seat) -> None:
    codes = [report(hostile, ALL) for _case in range(3)]
    marked(hostile, codes)
    beside(hostile, codes[0], Operation.REJECT, Told(note=ALL))
    hostile.press("A", "Down")
    table = hostile.window.bulking.dock.table.model()
    assert table.index(1, 2).data() == " ".join(ALL.split())[:80]
    assert_nothing_ran(hostile)
    tip = table.index(1, 2).data(Qt.ItemDataRole.ToolTipRole)
    assert as_shown(tip) == " ".join(ALL.split())[:80]
