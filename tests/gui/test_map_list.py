"""The map's content as a table: opened by a key, read in words, sorted, and a way back to the map."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton, QTableView

from console.domain.colouring import Ground, Wish
from console.domain.flow import State
from console.i18n import _
from console.queries.in_view import in_view
from tests.gui.seat import Seat, keyboard


def test_that_the_map_tells_where_its_content_can_be_read(seat: Seat) -> None:
    key = seat.window.actions_by_name["show_map_list"].shortcut().toString()
    assert key in seat.window.map.accessibleDescription()


def open_table(seat: Seat) -> QTableView:
    seat.press("Alt+T")
    seat.until(lambda: seat.find("mapListTable", QTableView).model().rowCount())
    return seat.find("mapListTable", QTableView)


def texts(table: QTableView) -> list[list[str]]:
    model, told = table.model(), Qt.ItemDataRole.AccessibleTextRole
    rows, columns = range(model.rowCount()), range(model.columnCount())
    return [[str(model.index(row, column).data(told)) for column in columns] for row in rows]


def test_that_the_cases_in_view_are_rows_in_words_and_enter_goes_to_one(seat: Seat) -> None:
    code = seat.bring(State.TO_DISPATCH)
    table = open_table(seat)
    assert keyboard() is table
    found = seat.ask(in_view, None, seat.clock())
    assert [row[4] for row in texts(table)] == [one.code for one in found.cases]
    assert all(all(row) for row in texts(table))
    at = [one.code for one in found.cases].index(code)
    table.setCurrentIndex(table.model().index(at, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    seat.settle()
    assert seat.case.code == code
    seat.press("Esc")
    assert seat.window.layers.panel is None


def test_that_a_column_sorts_by_what_its_words_mean_and_both_ways(seat: Seat) -> None:
    table = open_table(seat)
    table.setCurrentIndex(table.model().index(0, 4))
    for backwards in (False, True):
        QTest.keyClick(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        codes = [row[4] for row in texts(table)]
        assert codes == sorted(codes, reverse=backwards)


def test_that_the_grids_tell_their_numbers_and_enter_lists_the_cases_of_one(seat: Seat) -> None:
    table = open_table(seat)
    seat.find("mapListCells", QPushButton).click()
    found = seat.ask(in_view, None, seat.clock())
    told = [(one.code, str(one.open), str(one.late)) for one in found.cells]
    assert [(row[0], row[2], row[3]) for row in texts(table)] == told
    assert {row[1] for row in texts(table)} <= {_("金水区"), _("二七区"), _("郑东新区")}
    assert sum(one.open for one in found.cells) <= len(found.cases)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    seat.settle()
    assert seat.queue.filter.cell == found.cells[0].code
    assert len(seat.queue.codes) == found.cells[0].open


def test_that_the_table_follows_the_view_of_the_map_and_what_happens(seat: Seat) -> None:
    table = open_table(seat)
    whole = seat.ask(in_view, None, seat.clock())
    lonely = whole.cases[-1]
    seat.window.map._on_view(lonely.lon, lonely.lat, 19)
    seat.until(lambda: 0 < table.model().rowCount() < len(whole.cases))
    box = seat.window.charting.parts[-3]._box()
    assert [row[4] for row in texts(table)] == [
        one.code for one in seat.ask(in_view, box, seat.clock()).cases
    ]
    assert lonely.code in [row[4] for row in texts(table)]


def test_that_the_grids_without_cases_come_when_they_are_wished(seat: Seat) -> None:
    table = open_table(seat)
    seat.find("mapListCells", QPushButton).click()
    filled = table.model().rowCount()
    box = seat.find("mapListEmpty", QCheckBox)
    box.click()
    whole = len(seat.ask(partial(in_view, empty=True), None, seat.clock()).cells)
    seat.until(lambda: table.model().rowCount() == whole)
    assert whole > filled
    assert [row[2] for row in texts(table)[filled:]] == ["0"] * (whole - filled)
    assert str(whole - filled) in seat.find("mapListTold").text()
    box.click()
    seat.until(lambda: table.model().rowCount() == filled)


def test_that_the_figure_of_the_colouring_stands_beside_each_grid_and_sorts(seat: Seat) -> None:
    table = open_table(seat)
    seat.find("mapListCells", QPushButton).click()
    assert table.model().columnCount() == 4
    colours = seat.window.charting.colours
    colours.colour(Wish("time_to_close", Ground.AREA, 30))
    seat.until(lambda: table.model().columnCount() == 5)
    found = colours._found
    assert found is not None
    positions = [row.position for row in table.model().rows]
    hours = [f"{found.value[found.areas.of_cell[at]]:,.1f}" for at in positions]
    told = [row[4] for row in texts(table)]
    assert [one.partition("(")[0] for one in told] == hours
    assert table.model().headerData(4, Qt.Orientation.Horizontal) == "结案用时 (小时)"
    table.setCurrentIndex(table.model().index(0, 4))
    QTest.keyClick(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    values = [float(row[4].partition("(")[0].replace(",", "")) for row in texts(table)]
    assert values == sorted(values, reverse=True)
    colours.colour(Wish())
    seat.until(lambda: table.model().columnCount() == 4)


def test_that_the_table_is_copied_as_it_stands_with_the_mark_of_the_sample(seat: Seat) -> None:
    table = open_table(seat)
    seat.press("Ctrl+C")
    lines = QApplication.clipboard().text().split("\n")
    assert "演示" in lines[0]
    assert [line.split("\t") for line in lines[2:]] == texts(table)
