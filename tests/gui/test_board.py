"""The board in the window: it reloads when it is shown, and its figures open their cases."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QDate, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDateEdit, QTableView, QToolButton

from console.domain.evaluation import COUNTS, Ratio
from console.domain.flow import State
from console.settings import Settings
from console.ui.board.model import FIGURES
from console.ui.scale import px, use_zoom
from console.words import COUNTS as WORDS
from tests.gui.seat import Seat
from tests.gui.seats import OpenSeat


@pytest.fixture(autouse=True)
def as_drawn() -> Iterator[None]:
    yield
    use_zoom(100)


def show(seat: Seat) -> QTableView:
    seat.press("F2")
    seat.settle()
    table = seat.find("boardTable", QTableView)
    assert table.isVisible()
    return table


def figure(seat: Seat, name: str, code: str | None = None) -> int:
    line = next(line for line in seat.window.board.model.lines if line.code == code)
    return line.counts[name]  # type: ignore[index]


def index_of(seat: Seat, column: int, code: str | None = None) -> QModelIndex:
    model = seat.window.board.model
    row = next(at for at, line in enumerate(model.lines) if line.code == code)
    return model.index(row, column)


def test_that_a_hidden_board_asks_for_nothing_and_reloads_when_it_is_shown(seat: Seat) -> None:
    show(seat)
    before = figure(seat, "closed")
    seat.press("F2")
    seat.bring(State.CLOSED)
    assert seat.window.board.reload.idle
    assert figure(seat, "closed") == before
    show(seat)
    assert figure(seat, "closed") == before + 1


@pytest.mark.parametrize("name", COUNTS)
def test_that_every_figure_opens_exactly_its_cases(seat: Seat, name: str) -> None:
    table = show(seat)
    number = figure(seat, name, "410103")
    table.setCurrentIndex(index_of(seat, FIGURES.index(name) + 1, "410103"))  # type: ignore[arg-type]
    seat.press("Return")
    assert seat.window.queue.isVisible()
    assert len(seat.queue.codes) == number
    if number:
        assert {seat.stored(code).case.district for code in seat.queue.codes} == {"410103"}
    assert WORDS[name] in seat.find("chip_figure", QToolButton).text()  # type: ignore[index]
    assert "二七区" in seat.message
    seat.click("chip_figure")
    assert seat.queue.filter.figure is None


def test_that_a_ratio_opens_the_cases_of_its_upper_figure(seat: Seat) -> None:
    table = show(seat)
    column = next(at for at, item in enumerate(FIGURES) if isinstance(item, Ratio))
    ratio = FIGURES[column]
    assert isinstance(ratio, Ratio)
    number = figure(seat, ratio.part)
    table.setCurrentIndex(index_of(seat, column + 1))
    seat.press("Return")
    assert len(seat.queue.codes) == number


def test_that_the_name_of_a_line_opens_nothing(seat: Seat) -> None:
    table = show(seat)
    table.setCurrentIndex(index_of(seat, 0))
    seat.press("Return")
    assert seat.window.board.isVisible()


def test_that_the_period_narrows_the_figures(seat: Seat) -> None:
    show(seat)
    month = figure(seat, "accepted")
    seat.click("boardPeriod_1")
    today = figure(seat, "accepted")
    assert 0 <= today < month
    until = seat.find("boardUntil", QDateEdit)
    seat.find("boardSince", QDateEdit).setDate(QDate(2020, 1, 1))
    until.setDate(QDate(2020, 1, 2))
    seat.settle()
    assert figure(seat, "accepted") == 0
    assert seat.window.board.model.index(0, len(COUNTS) + 1).data() == "—"


def test_that_departments_and_committees_have_their_lines(seat: Seat) -> None:
    show(seat)
    names = {
        "boardBy_district": "金水区",
        "boardBy_area": "郑东新区",
        "boardBy_department": "排水公司(演示)",
    }
    for button, name in names.items():
        seat.click(button)
        model = seat.window.board.model
        assert name in [model.name(row) for row in range(model.rowCount())]


def test_that_the_board_is_left_the_way_it_was_entered(seat: Seat) -> None:
    code = seat.queue.codes[2]
    seat.queue.choose(code)
    show(seat)
    seat.press("Escape")
    assert seat.window.queue.isVisible()
    assert seat.case.code == code
    assert seat.focused == "caseTable"
    QTest.keyClick(seat.window.queue.table, Qt.Key.Key_Down)
    seat.settle()
    assert seat.case.code == seat.queue.codes[3]


def test_that_a_column_ranks_the_lines_and_the_whole_city_stays_on_top(seat: Seat) -> None:
    table = show(seat)
    model = seat.window.board.model
    own = [line.code for line in model.lines]
    table.setCurrentIndex(model.index(0, 1))
    seat.press("Ctrl+Down")
    ranked = [line.counts[COUNTS[0]] for line in model.lines if line.code is not None]
    assert model.lines[0].code is None
    assert ranked == sorted(ranked, reverse=True) != []
    seat.press("Ctrl+Down")
    ranked = [line.counts[COUNTS[0]] for line in model.lines if line.code is not None]
    assert ranked == sorted(ranked)
    table.horizontalHeader().sectionClicked.emit(1)
    assert [line.code for line in model.lines] == own


def test_that_the_table_is_copied_with_what_it_is_about_and_its_mark(seat: Seat) -> None:
    show(seat)
    seat.press("Ctrl+C")
    lines = QApplication.clipboard().text().splitlines()
    assert "由程序生成" in lines[0]
    assert "按区和管委会" in lines[1]
    heads, city = lines[2].split("\t"), lines[3].split("\t")
    assert len(heads) == len(city) == len(FIGURES) + 1
    assert city[:2] == ["全市", str(figure(seat, COUNTS[0]))]
    assert len(lines) == 3 + len(seat.window.board.model.lines)


@pytest.mark.parametrize(("language", "zoom"), [("en", 100), ("en", 125), ("en", 150), ("zh", 125)])
def test_that_no_word_of_a_head_is_cut(open_seat: OpenSeat, language: str, zoom: int) -> None:
    """Heads break between words; what has no room folds away as a whole."""
    seat = open_seat(settings=Settings(theme="light", language=language, zoom=zoom))
    seat.resize(1366, 768)
    table = show(seat)
    heads, model = table.horizontalHeader(), table.model()
    shown = [at for at in range(1, len(FIGURES) + 1) if not table.isColumnHidden(at)]
    assert len(shown) >= len(FIGURES) // 2
    for at in shown:
        told = str(model.headerData(at, Qt.Orientation.Horizontal))
        for word in told.split():
            if word.isascii():
                room = heads.sectionSize(at) - px(8)
                assert heads.fontMetrics().horizontalAdvance(word) <= room, (word, room)
