"""A case walks through all seven steps in the real window, by keys alone or the mouse, in both languages."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPlainTextEdit, QPushButton, QTableView, QToolButton

from console.domain.case import Case
from console.domain.flow import STEP_OF, State, Step
from console.domain.operation import Operation
from console.i18n import _, named
from console.queries.city import city_lists
from console.queries.map import cell_counts, map_points
from console.queries.queue import step_counts
from console.queries.verify import mismatches
from console.settings import Settings
from console.ui.actions import ACTS
from console.ui.board.model import FIGURES
from console.ui.map.words import map_words
from console.words import clock_time
from tests.gui.seat import BY, Seat, keyboard
from tests.gui.seats import OpenSeat
from tests.gui.window_map import WindowMap

pytestmark = pytest.mark.web

TEXT = "路口东北角堆放建筑垃圾约两车"
ADDRESS = "陇海路 18 号"
REASON = "现场仍有残余,请彻底清理"
CLASS = "event:0110"

KEY = {act.name: act.key for act in ACTS}


@dataclass
class Hands:
    """One way to do things: by the mouse alone, or by keys alone, the place typed or picked on the map."""

    seat: Seat
    way: str

    @property
    def mouse(self) -> bool:
        return self.way == "mouse"

    def act(self, name: str) -> None:
        """Do an act of the case panel; with the mouse by its button, the big one if it is the next thing."""
        if not self.mouse:
            self.seat.press(KEY[name])
            return
        big = self.seat.find("primaryAct", QPushButton)
        self.seat.click("primaryAct" if big.text().startswith(f"{KEY[name]} ") else f"{name}Button")

    def undo(self) -> None:
        if self.mouse:
            self.seat.click("undoButton")
        else:
            self.seat.press("Ctrl+Z")

    def new_report(self) -> None:
        if self.mouse:
            self.seat.click("newReportButton")
        else:
            self.seat.press("N")

    def field(self, name: str, text: str) -> None:
        """Fill a field in; the keyboard comes to it by Tab."""
        if self.mouse:
            self.seat.click(name)
        else:
            self.tab_to(name)
        self.seat.type(text)

    def press(self, name: str, key: str) -> None:
        """Press a button, or its key."""
        if self.mouse:
            self.seat.click(name)
        else:
            self.seat.press(key)

    def tab_to(self, name: str, key: Qt.Key = Qt.Key.Key_Tab) -> None:
        wanted, passed = self.seat.find(name), []
        for _press in range(120):
            now = QApplication.focusWidget()
            if now is wanted or (isinstance(wanted, QComboBox) and now is wanted.lineEdit()):
                return
            passed.append(now.objectName() if now is not None else "")
            QTest.keyClick(keyboard(), key)
        raise AssertionError(f"Tab does not lead to {name}: {passed}")

    def choose_row(self, code: str) -> None:
        """Choose a case in the list; the keyboard comes to it by its key and goes down row by row."""
        if self.mouse:
            self.seat.queue.choose(code)
            return
        self.seat.press("Ctrl+1", "Home")
        table = self.seat.find("caseTable", QTableView)
        assert table.hasFocus()
        for _row in self.seat.queue.codes:
            if self.seat.case.code == code:
                return
            self.seat.press("Down")
        raise AssertionError(f"Down does not lead to {code}")

    def choose_step(self, step: Step) -> None:
        """Show the cases of a step."""
        if self.mouse:
            self.seat.queue.choose_step(step.value)
        else:
            self.seat.press("Ctrl+1")  # the strip stands before the list
            self.tab_to(f"step_{step.value}", Qt.Key.Key_Backtab)
            self.seat.press("Space")


class Story:
    """One case, followed in the window, in the database and on the map."""

    def __init__(self, seat: Seat, hands: Hands) -> None:
        self.seat = seat
        self.hands = hands
        self.map = WindowMap(seat)
        self.code = ""
        self.told = 0

    @property
    def case(self) -> Case:
        return self.seat.stored(self.code).case

    def count(self, step: Step) -> int:
        """What the strip shows for a step, which is what the database counts."""
        shown = self.seat.window.strip._buttons[step]._number
        assert (
            shown
            == self.seat.ask(step_counts, self.seat.clock(), self.seat.window.passing.midnight())[step].number
        )
        return shown

    def expect(self, operation: Operation, state: State, minutes: float = 3) -> None:
        """The act is in the journal once more, the row says so, the window shows it; then time passes."""
        card = self.seat.stored(self.code)
        self.told += 1
        assert card.case.state is state
        assert card.case.version == self.told == len(card.facts)
        fact = card.facts[-1]
        assert (fact.number, fact.operation, fact.by) == (self.told, operation, BY)
        assert fact.at == self.seat.clock()
        assert self.seat.case.code == self.code
        assert self.seat.window.case.card is not None
        assert self.seat.window.case.card.case == card.case
        assert self.code in self.seat.message or operation is Operation.REGISTER
        self.seat.pass_time(minutes)

    def expect_mark(self, case: Case, word: str) -> None:
        """The case has a mark, and under a pointer the map says of it what it is."""
        assert self.map.has_mark(case.id)
        if self.hands.mouse:
            said = self.map.tip_at(self.map.case_point(case.id), map_words()[word])
            assert said.splitlines()[0] == f"{case.code} · {map_words()[word]}"

    def do(self, name: str, operation: Operation, state: State) -> None:
        before = self.case.state
        standing = self.count(STEP_OF[before]), self.count(STEP_OF[state])
        self.hands.act(name)
        self.expect(operation, state)
        if STEP_OF[before] is not STEP_OF[state]:
            after = self.count(STEP_OF[before]), self.count(STEP_OF[state])
            assert after == (standing[0] - 1, standing[1] + 1)


WAYS = [("keys", "zh"), ("typed", "zh"), ("mouse", "zh"), ("keys", "en"), ("typed", "en"), ("mouse", "en")]


@pytest.mark.parametrize(("way", "language"), WAYS)
def test_that_a_case_walks_through_all_seven_steps(
    open_seat: OpenSeat, mouse_sent: list[str], way: str, language: str
) -> None:
    seat = open_seat(page=True, opened=False, settings=Settings(theme="light", language=language))
    seat.open_painted()
    story = Story(seat, Hands(seat, way))
    mouse_sent.clear()
    report(story)
    story.do("act_accept", Operation.ACCEPT, State.TO_FILE)
    file_undo_and_file(story)
    dispatch(story)
    story.do("act_receive", Operation.RECEIVE, State.HANDLING)
    story.do("act_feed_back", Operation.FEED_BACK, State.FED_BACK)
    rework(story)
    story.do("act_receive", Operation.RECEIVE, State.HANDLING)
    story.do("act_feed_back", Operation.FEED_BACK, State.FED_BACK)
    close(story)
    find_among_todays(story)
    find_on_the_board(story)
    assert bool(mouse_sent) is (way == "mouse"), mouse_sent
    assert seat.window.map.outside_requests == []
    assert seat.ask(lambda view: list(mismatches(view))) == [301]


def report(story: Story) -> None:
    """Step one: what, where by a click on the map, from whom."""
    seat, hands, shown = story.seat, story.hands, story.map
    counts = cell_counts(seat.ask(map_points))
    cell = next(index for index in range(30, 100) if index not in counts)
    before = shown.stats()
    shown.look_at(cell)
    hands.new_report()
    words = seat.ask(city_lists)
    name = next(named(item.name, item.name_en) for item in words.classes if item.key == CLASS)
    hands.field("reportClass", f"{name}  0110")
    hands.field("reportDescription", TEXT)
    if hands.way == "typed":
        hands.field("reportPlace", cell_code(seat, cell))
        seat.until(lambda: cell_code(seat, cell) in seat.text("reportPlaceFound"))
    else:
        pick_on_the_map(story, cell)
    hands.field("reportAddress", ADDRESS)
    hands.press("reportConfirm", "Ctrl+Return")
    seat.until(lambda: seat.case.code)
    story.code = seat.case.code
    story.expect(Operation.REGISTER, State.REPORTED)
    case = story.case
    assert case.class_key == CLASS
    assert (case.description, case.address) == (TEXT, ADDRESS)
    assert case.cell == cell_code(seat, cell)
    assert story.code in seat.queue.codes
    shown.until(lambda stats: stats["marks"] == before["marks"] + 1)
    shown.until(lambda stats: stats["open"] == before["open"] + 1)
    shown.until(lambda stats: stats["selected"] == case.id)
    hint = map_words()["cell_hint"].format(code=case.cell, count=1)
    if hands.mouse:
        told, border = shown.tip_at(shown.cell_point(cell) + QPoint(30, 24), hint).splitlines()
        assert told == hint
        assert case.cell in border


def cell_code(seat: Seat, cell: int) -> str:
    """The code of the cell at that place of the layer."""
    city = seat.window.map_link._city
    assert city is not None
    return city.cell_codes[cell]


def pick_on_the_map(story: Story, cell: int) -> None:
    """The map stands over the cell: its middle is taken by Enter, or clicked."""
    seat, hands, shown = story.seat, story.hands, story.map
    if hands.mouse:
        seat.click("reportPickPlace")
    else:
        hands.tab_to("reportPickPlace")
        seat.press("Space")
    pick = seat.find("reportPickPlace", QPushButton)
    shown.qtbot.waitUntil(lambda: shown.run("document.getElementById('picking').hidden") is False)
    if hands.mouse:
        shown.click(shown.cell_point(cell))
    else:
        assert seat.window.map.isAncestorOf(keyboard())
        shown.qtbot.waitUntil(lambda: shown.run("document.activeElement.id") == "map_grid")
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Return):
            QTest.keyClick(shown.surface, key)  # what the engine draws on is where its keys come in
    seat.until(lambda: not pick.isChecked())
    seat.settle()


def file_undo_and_file(story: Story) -> None:
    """Step two, taken back once and done again."""
    story.hands.act("act_file")
    story.expect(Operation.FILE, State.TO_DISPATCH, minutes=0)
    case = story.case
    assert (case.condition, case.limit_value, case.limit_unit) == (1, 4, "work_hour")
    standing = case.id, case.class_key, case.description
    story.hands.undo()
    story.expect(Operation.UNDO, State.TO_FILE)
    case = story.case
    assert (case.condition, case.limit_unit, case.filed_at) == (0, "", None)
    assert (case.id, case.class_key, case.description) == standing
    story.do("act_file", Operation.FILE, State.TO_DISPATCH)


def dispatch(story: Story) -> None:
    """Step three: the button names the department of the responsibility list and the deadline."""
    seat = story.seat
    card = seat.stored(story.code)
    to = card.advice.departments[0]
    button = seat.find("primaryAct", QPushButton)
    assert named(to.name, to.name_en) in button.text()
    assert card.advice.due_at is not None
    due = clock_time(card.advice.due_at, seat.window._zone, seat.clock())
    assert due in button.toolTip()
    story.do("act_dispatch", Operation.DISPATCH, State.TO_HANDLE)
    case = story.case
    assert case.department == to.code
    assert case.due_at is not None
    assert case.due_at == card.advice.due_at
    assert named(to.name, to.name_en) in seat.message
    story.expect_mark(case, "in_time")


def rework(story: Story) -> None:
    """Step six says no: back to the department, with a reason."""
    seat, hands = story.seat, story.hands
    hands.act("act_rework")
    if hands.mouse:
        seat.click("formReason")
    reason = seat.find("formReason", QPlainTextEdit)
    assert reason.hasFocus()
    seat.type(REASON)
    hands.press("formConfirm", "Ctrl+Return")
    story.expect(Operation.REWORK, State.TO_HANDLE)
    card = seat.stored(story.code)
    assert card.facts[-1].note == REASON
    assert card.case.reworks == 1
    assert card.case.fed_back_at is None
    story.expect_mark(card.case, "rework")


def close(story: Story) -> None:
    """Step six says yes: the case leaves the map and the open ones."""
    seat, shown = story.seat, story.map
    case_id = story.case.id
    before = shown.stats()
    story.hands.act("act_close")
    card = seat.stored(story.code)
    assert (card.case.state, card.facts[-1].operation) == (State.CLOSED, Operation.CLOSE)
    assert card.case.ended_at == seat.clock()
    shown.until(lambda stats: stats["marks"] == before["marks"] - 1)
    shown.until(lambda stats: stats["open"] == before["open"] - 1)
    assert not shown.has_mark(case_id)
    assert story.code not in seat.queue.codes
    assert seat.case.code != story.code


def find_among_todays(story: Story) -> None:
    """Step seven: among those ended today."""
    story.hands.choose_step(Step.EVALUATION)
    assert story.code in story.seat.queue.codes
    story.hands.choose_row(story.code)
    assert not story.seat.find("primaryAct").isVisible()


def find_on_the_board(story: Story) -> None:
    """Step seven: counted on the board, and the figure opens it."""
    seat, hands = story.seat, story.hands
    hands.press("boardButton", "F2")
    table = seat.find("boardTable", QTableView)
    seat.until(lambda: table.isVisible() and table.model().rowCount() > 1)
    column = FIGURES.index("reworked") + 1
    lines = seat.window.board.model.lines
    row = next(at for at, line in enumerate(lines) if line.code == story.case.district)
    number = lines[row].counts["reworked"]
    assert number >= 1
    index = table.model().index(row, column)
    if hands.mouse:
        place = table.visualRect(index).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        seat.settle()
    else:
        go_to_cell(seat, table, row, column)
        seat.press("Return")
    seat.until(lambda: seat.window.queue.isVisible())
    seat.settle()
    assert story.code in seat.queue.codes
    assert len(seat.queue.codes) == number
    assert _("返工数") in seat.find("chip_figure", QToolButton).text()


def go_to_cell(seat: Seat, table: QTableView, row: int, column: int) -> None:
    """Go by arrows from wherever the table's keyboard stands; columns that are folded are passed over."""
    assert table.hasFocus()
    for _step in range(table.model().rowCount() + table.model().columnCount() + 1):
        now = table.currentIndex()
        if now.row() != row:
            seat.press("Down" if now.row() < row else "Up")
        elif now.column() != column:
            seat.press("Right" if now.column() < column else "Left")
        else:
            return
    raise AssertionError("the arrows do not lead there")
