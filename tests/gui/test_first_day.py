"""What made a newcomer hesitate on the first day: each way that led nowhere leads on now, and stays so."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton

from console.adapters.demo.training import write_exercises
from console.domain.city import training_code
from console.domain.filter_form import NOWHERE
from console.domain.flow import State
from console.domain.wanted import CaseFilter
from console.i18n import use_language
from console.queries.city import city_lists
from console.queries.vocabulary import city_words
from console.settings import Settings
from console.ui.forms.report import ReportForm
from console.ui.manual.page import ManualPage
from console.ui.queue.chips import chips, naming
from tests.cities import small_city
from tests.gui.seat import BY, Seat, make_store
from tests.gui.seats import OpenSeat


def report(seat: Seat) -> ReportForm:
    form = seat.window.side.report
    assert isinstance(form, ReportForm)
    return form


def picking(seat: Seat) -> bool:
    return bool(seat.window.map._scene._small["picking"])


def test_that_a_new_report_takes_the_next_click_on_the_map_for_its_place(seat: Seat) -> None:
    seat.press("N")
    assert picking(seat)
    seat.window.map.place_chosen.emit(113.7, 34.75)
    assert not picking(seat)
    assert not report(seat).wants_place
    assert report(seat).report().lon == 113.7
    seat.click("reportPickPlace")
    assert picking(seat)
    seat.window.map._on_picking(0)  # Escape on the map
    seat.click("reportPickPlace")
    assert picking(seat)
    seat.press("Escape")
    assert not picking(seat)


def test_that_a_class_is_found_by_its_pinyin(seat: Seat) -> None:
    seat.ask(city_words)  # what the command line has learnt by then
    seat.press("N")
    box = report(seat).case_class
    completer = box.completer()
    assert completer is not None
    for typed in ("ysjg", "yushuijinggai", "雨水"):
        completer.setCompletionPrefix(typed)
        assert completer.pathFromIndex(completer.currentIndex()).startswith("雨水井盖"), typed
    completer.setCompletionPrefix("wuwuwu")
    assert completer.completionCount() == 0


def test_that_pinyin_finds_a_class_in_english_before_the_command_line_was_used(open_seat: OpenSeat) -> None:
    seat = open_seat(settings=Settings(language="en"))
    seat.press("N")
    box = report(seat).case_class
    completer = box.completer()
    assert completer is not None
    seat.settle()
    completer.setCompletionPrefix("ysjg")
    found = completer.pathFromIndex(completer.currentIndex())
    assert found == "class 0103  0103"  # 雨水井盖


def test_that_a_draft_of_a_report_tells_again_where_its_place_is(seat: Seat) -> None:
    there = seat.stored(seat.bring(State.TO_FILE)).case
    seat.press("N")
    seat.fill("reportPlace", f"{there.lon}, {there.lat}")
    seat.until(lambda: report(seat).report().lon is not None)
    told = seat.text("reportPlaceFound")
    assert told
    seat.press("Escape", "N")
    seat.until(lambda: seat.text("reportPlaceFound") == told)
    assert report(seat).report().lon is not None


def test_that_enter_takes_the_marked_class_the_first_that_begins_as_was_typed(seat: Seat) -> None:
    seat.press("N")
    seat.settle()
    box = report(seat).case_class
    completer = box.completer()
    assert completer is not None
    seat.type("dlj")
    popup = completer.popup()
    assert popup is not None
    seat.until(lambda: popup.currentIndex().isValid())
    marked = completer.pathFromIndex(popup.currentIndex())
    assert marked.startswith("道路积水")  # not 私搭乱建, which has it within
    assert box.currentText() == "dlj"
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert box.currentText() == marked
    assert report(seat).report().class_key


def test_that_an_open_case_like_the_report_is_offered_to_be_looked_at(seat: Seat) -> None:
    code = seat.bring(State.TO_FILE)
    there = seat.stored(code).case
    assert there.lon is not None
    assert there.lat is not None
    seat.press("N")
    form = report(seat)
    form.case_class.setCurrentIndex(form.case_class.findData(there.class_key))
    assert not form.alike.isVisible()
    seat.window.map.place_chosen.emit(there.lon, there.lat)
    seat.until(form.alike.isVisible)
    told = seat.find("reportAlike0", QPushButton).text()
    seat.click("reportAlike0")
    seat.until(lambda: seat.case.code)
    assert seat.case.code in told
    assert seat.form.of != "report"
    assert seat.find("draftsButton").isVisible()


def test_that_a_draft_opens_where_no_case_is_chosen_and_the_window_is_narrow(
    seat: Seat, open_seat: OpenSeat
) -> None:
    seat.press("N", "Tab")
    seat.type("路口积水")
    seat.window.drafts.look()
    seat.settle()
    again = open_seat(folder=seat.folder.rename(seat.folder.parent / "again"))
    again.resize(1366, 768)
    assert not again.window.side.isVisible()
    again.press("Ctrl+Shift+D")
    assert report(again).isVisible()
    assert report(again).description.toPlainText() == "路口积水"


def test_that_a_form_in_which_nothing_was_typed_leaves_no_draft(seat: Seat) -> None:
    seat.bring(State.REPORTED)  # something to merge into is offered by itself
    seat.choose(seat.bring(State.REPORTED))
    seat.press("C")
    seat.until(lambda: seat.find("formOther", QComboBox).count())
    seat.window.drafts.look()
    seat.press("Escape")
    assert not seat.find("draftsButton").isVisible()


def test_that_the_mark_of_a_generated_city_gives_way_to_nothing_in_the_top_line(seat: Seat) -> None:
    seat.window.header.show_missing_years((2027, 2028, 2029))
    for width in (1366, 1024):
        seat.resize(width, 768)
        assert seat.find("generatedBadge").isVisible()
        assert seat.window.header.width() == seat.window.width()


def test_that_the_other_language_is_spoken_by_the_map_the_title_and_qt_itself(seat: Seat) -> None:
    def badge() -> str:
        return str(seat.window.map._scene._small["badge"])

    seat.until(badge)
    assert "演示数据" in badge()
    try:
        seat.press("F10")
        assert "Demo data" in badge()
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"
        assert seat.message == "Language: English"
    finally:
        seat.press("F10")
    assert "演示数据" in badge()
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"


def test_that_without_a_city_every_way_back_leads_to_the_choice_of_one(
    open_seat: OpenSeat, tmp_path: Path
) -> None:
    seat = open_seat(folder=tmp_path / "new", opened=False)
    seat.live()
    seat.until(lambda: seat.screen == "founding")
    seat.press("Escape")
    assert seat.screen == "founding"
    seat.press("N")
    assert seat.screen == "founding"
    assert "城市" in seat.message
    seat.press("F1", "Escape")
    assert seat.screen == "founding"
    try:
        seat.click("foundLanguage")
        assert seat.find("foundDemo", QPushButton).text() == "Make the demo city"
        assert "Database not open" in [one.text() for one in seat.window.header.findChildren(QLabel)]
    finally:
        use_language("zh")


def test_that_the_tour_stands_where_it_was_left_in_a_training_city(
    open_seat: OpenSeat, tmp_path: Path
) -> None:
    content = small_city()
    profile = replace(content.profile, code=training_code("410100"), name="小城(培训)")
    make_store(tmp_path / "training", replace(content, profile=profile), 3)
    seat = open_seat(folder=tmp_path / "training")
    seat.window.manual.show_tour()
    page = seat.window.pages.page("manual")
    assert isinstance(page, ManualPage)
    assert (seat.screen, page.here) == ("manual", "tour")
    seat.press("Escape", "F2", "F1")
    assert page.here == "tour"
    page.turn("queue")
    seat.press("F1", "F1")
    assert page.here == "board"


def test_that_the_exercises_are_told_apart_in_the_queue(seat: Seat) -> None:
    assert seat.door is not None
    city = small_city()
    made = seat.wait(seat.door.desk.do(write_exercises, city, by=BY, at=seat.clock()))
    assert [case.address[:3] for case in made] == ["练习一", "练习二", "练习三", "练习四", "练习五", "练习六"]


def test_that_a_street_is_told_by_its_name_in_the_filter(seat: Seat) -> None:
    seat.queue.show(CaseFilter(street="410105001"))
    name = next(one.name for one in small_city().divisions if one.code == "410105001")
    names = naming(seat.ask(city_lists), NOWHERE)
    assert name in [one.words for one in chips(seat.queue.filter, names)]


def test_that_triage_says_when_a_filter_keeps_cases_away(seat: Seat) -> None:
    seat.queue.show(CaseFilter(text="无此描述"))
    seat.press("F11")
    seat.until(lambda: "Ctrl+Backspace" in " ".join(one.text() for one in triage_labels(seat)))


def triage_labels(seat: Seat) -> list[QLabel]:
    return [one for one in seat.window.findChildren(QLabel) if one.isVisible()]


def test_that_the_key_of_an_act_that_may_not_be_done_says_why(seat: Seat) -> None:
    code = seat.bring(State.CLOSED)
    seat.choose(code)
    seat.act("focus_queue")
    seat.press("D")
    assert "派遣" in seat.message
    assert "结案" in seat.message
    assert seat.message.count("派遣") == 1
    assert seat.stored(code).case.state is State.CLOSED
