"""The queue's columns: chosen, moved, widened and sorted by hand or key, and remembered for post and step."""

import json
from itertools import groupby
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget

from console.command.reader import read
from console.command.readings import Filtering
from console.domain.wanted import CaseFilter, Order
from console.i18n import _, use_language
from console.settings import Settings
from console.ui.queue.column_sets import FILE, ColumnSets
from console.ui.queue.columns import ALL, COLUMNS
from console.ui.scale import px, use_zoom
from tests.command.city import NOW, city_words
from tests.gui.seat import Seat, copy_store
from tests.gui.seats import OpenSeat


def keys(seat: Seat) -> list[str]:
    return [one.key for one in seat.window.queue.model.columns]


def go_to(seat: Seat, key: str) -> QListWidget:
    """Open the chooser and stand on the line of a column."""
    if not seat.window.queue.heads.chooser.isVisible():
        seat.press("Ctrl+L")
    chooser = seat.find("columnChoices", QListWidget)
    at = next(at for at in range(chooser.count()) if chooser.item(at).data(Qt.ItemDataRole.UserRole) == key)
    chooser.setCurrentRow(at)
    assert chooser.hasFocus()
    return chooser


def test_that_columns_are_shown_hidden_moved_and_sorted_by_keys(seat: Seat) -> None:
    usual = keys(seat)
    chooser = go_to(seat, "handler")
    QTest.keyClick(chooser, Qt.Key.Key_Space)
    assert keys(seat) == [*usual, "handler"]
    go_to(seat, "class")
    QTest.keyClick(chooser, Qt.Key.Key_Space)
    assert "class" not in keys(seat)
    go_to(seat, "handler")
    QTest.keyClick(chooser, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert keys(seat).index("handler") < len(keys(seat)) - 1
    go_to(seat, "code")
    QTest.keyClick(chooser, Qt.Key.Key_Return)
    seat.settle()
    assert seat.queue.filter == CaseFilter(order=Order.CODE)
    assert seat.queue.codes == sorted(seat.queue.codes)
    go_to(seat, "code")
    QTest.keyClick(chooser, Qt.Key.Key_Return)
    seat.settle()
    assert seat.queue.filter.descending
    seat.click("columnReset")
    assert keys(seat) == usual
    seat.press("Escape")
    assert seat.focused == "caseTable"


def test_that_every_column_says_something_of_every_row(seat: Seat) -> None:
    seat.queue.show(CaseFilter(everything=True))
    seat.window.queue.heads._on_chosen(list(ALL))
    seat.settle()
    model = seat.window.queue.model
    told = {one.key for one in ALL.values()}
    said = {
        model.columns[column].key
        for row in range(model.rowCount())
        for column in range(model.columnCount())
        if model.index(row, column).data()
    }
    assert {"remaining", "limit", "class", "street", "grid", "cell", "source", "code"} <= said <= told
    assert not seat.window.queue.table.horizontalScrollBar().maximum()


def test_that_every_column_has_an_order_and_every_order_a_column() -> None:
    assert {key: one.order for key, one in ALL.items() if one.order not in set(Order)} == {}
    assert {one.order for one in ALL.values()} == set(Order)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_every_column_is_sorted_by_its_own_words(language: str) -> None:
    words = city_words()
    for column in ALL.values():
        for descending in (False, True):
            use_language(language)
            title = _(column.words)
            use_language("zh")
            if language == "zh":
                line = f"按 {title} 倒序" if descending else f"按{title}"
            else:
                line = f"sort by {title}{' desc' if descending else ''}"
            wanted = CaseFilter(order=column.order, descending=descending)
            assert read(line, words, NOW) == Filtering(wanted), line


def test_that_by_any_column_equal_cells_stand_together_and_empty_ones_last(seat: Seat) -> None:
    queue = seat.window.queue
    seat.queue.show(CaseFilter(everything=True))
    seat.choose(seat.queue.codes[7])
    heads = queue.table.horizontalHeader()
    chosen = seat.window.selection.case_id
    for key, column in ALL.items():
        queue.heads._on_chosen(["remaining", key] if key != "remaining" else [key])
        at = keys(seat).index(key)
        for _way in range(2):
            seat.queue.sort(key)
            assert seat.queue.filter.order is column.order
            assert heads.sortIndicatorSection() == at
            assert seat.window.selection.case_id == chosen
            if column.order is Order.DUE:  # clocks that stopped stand behind those that run
                continue
            cells = [str(queue.model.index(row, at).data()) for row in range(queue.model.rowCount())]
            runs = [cell for cell, _same in groupby(cells)]
            assert len(runs) == len(set(runs)), (key, runs)
            assert "" not in runs[:-1], (key, runs)


def test_that_a_set_is_kept_for_its_step_and_post_only(
    open_seat: OpenSeat, seat: Seat, tmp_path: Path
) -> None:
    seat.queue.choose_step("dispatch")
    go_to(seat, "handler")
    QTest.keyClick(seat.find("columnChoices"), Qt.Key.Key_Space)
    seat.press("Escape")
    heads = seat.window.queue.table.horizontalHeader()
    heads.resizeSection(1, 143)
    seat.settle()
    chosen = keys(seat)
    seat.queue.choose_step("handling")
    assert keys(seat) == [one.key for one in COLUMNS[seat.queue.filter.step]]
    later = open_seat(folder=copy_store(seat.folder, tmp_path / "again"))
    later.queue.choose_step("dispatch")
    assert keys(later) == chosen
    assert later.window.queue.table.columnWidth(1) == 143
    later.window.queue.heads.stand("another post")
    assert keys(later) != chosen


def test_that_a_head_dragged_elsewhere_takes_its_column_along(seat: Seat) -> None:
    before = keys(seat)
    seat.window.queue.table.horizontalHeader().moveSection(4, 1)
    seat.settle()
    assert keys(seat) == [before[0], before[4], *before[1:4], *before[5:]]
    heads = seat.window.queue.table.horizontalHeader()
    assert [heads.logicalIndex(at) for at in range(heads.count())] == list(range(heads.count()))


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"version": 2, "sets": {}}', '{"version": 1, "sets": {"/": {"columns": ["?"]}}}']
)
def test_that_a_damaged_document_is_told_put_aside_and_not_lost(
    open_seat: OpenSeat, seat: Seat, text: str
) -> None:
    folder = seat.folder
    (folder / FILE).write_text(text, "utf-8")
    other = open_seat(folder=folder, opened=False, settings=Settings(theme="light"))
    assert "columns.json.damaged" in other.message
    assert (folder / f"{FILE}.damaged").read_text("utf-8") == text
    assert keys(other) == [one.key for one in COLUMNS[None]]


def test_that_what_is_written_is_read(seat: Seat) -> None:
    told: list[BaseException] = []
    sets = ColumnSets(seat.folder, told.append)
    wanted = sets.of("dispatcher", None).ordered(["code", "flags"]).widened("code", 200).widened("flags", 1)
    sets.put("dispatcher", None, wanted)
    sets.close()
    read = ColumnSets(seat.folder, told.append)
    assert read.of("dispatcher", None) == wanted
    assert wanted.widths == {"code": 200, "flags": 24}
    assert read.of("acceptor", None).columns == COLUMNS[None]
    read.put("dispatcher", None, None)
    seat.until(lambda: read.saving.idle)
    assert json.loads((seat.folder / FILE).read_text("utf-8")) == {"version": 1, "sets": {}}
    assert told == []


def test_that_widths_on_their_way_are_written_once_and_the_last_one_at_the_end(seat: Seat) -> None:
    heads = seat.window.queue.heads
    assert heads._sets is not None
    for width in range(150, 190):  # as a hand drags the edge
        seat.window.queue.table.horizontalHeader().resizeSection(1, width)
    assert not (seat.folder / FILE).exists()
    heads.close()
    (own,) = json.loads((seat.folder / FILE).read_text("utf-8"))["sets"].values()
    assert 189 in own["widths"].values()


@pytest.mark.parametrize("zoom", [100, 125, 150])
def test_that_what_a_narrow_list_leaves_out_gives_its_room_to_the_others(
    open_seat: OpenSeat, zoom: int
) -> None:
    try:
        seat = open_seat(settings=Settings(zoom=zoom))
        seat.resize(1366, 768)
        table, columns = seat.window.queue.table, seat.window.queue.model.columns
        widths = {
            one.key: table.columnWidth(at) for at, one in enumerate(columns) if not table.isColumnHidden(at)
        }
        room = table.viewport().width()
        assert room - 5 <= sum(widths.values()) <= room
        assert widths["state"] == px(ALL["state"].width)
        assert min(widths.values()) >= px(72)
        assert ("code" in widths) is (zoom == 100)
    finally:
        use_zoom(100)
