"""The forms of the acts: what they ask, that they fit, and that nothing typed is lost to a refusal."""

from functools import partial

import pytest
from PySide6.QtWidgets import QComboBox, QDateEdit, QLabel, QLineEdit, QPlainTextEdit, QPushButton

from console.domain.case import CheckResult, Flag
from console.domain.flow import State
from console.domain.operation import Operation, Request
from console.services.steps import Told, take_step
from console.ui.actions import ACTS
from console.ui.case.offer import allowed
from tests.gui.seat import BY, Seat
from tests.lives import CHIEF

OTHER = "另一席"


def fits(seat: Seat) -> None:
    form = seat.window.side.form
    assert form is not None
    below = form.mapTo(seat.window, form.rect().bottomLeft()).y()
    assert below <= seat.window.messages.geometry().top(), form.action.name
    assert form.mapTo(seat.window, form.rect().topLeft()).y() > 150, form.action.name
    for button in form.findChildren(QPushButton):
        needed = button.fontMetrics().horizontalAdvance(button.text())
        assert needed <= button.width(), (form.action.name, button.text())


def says_its_needs(seat: Seat) -> None:
    """What must be filled in says so; a form confirmed without it says at the field what is wrong."""
    form = seat.window.side.form
    assert form is not None
    for field in form._fields:
        for part in field.asked_of:
            assert part.accessibleDescription().startswith("必填") == field.needed, (form.action.name, part)
    wrong = [(field, words) for field in form._fields if (words := field.missing())]
    if not wrong:
        return
    seat.press("Ctrl+Return")
    assert seat.window.side.form is form
    for field, words in wrong:
        assert all(part.accessibleDescription().endswith(words) for part in field.asked_of), words
    assert wrong[0][0].isAncestorOf(seat.window.focusWidget()), form.action.name


def test_that_every_form_fits_a_small_screen_says_its_needs_and_is_left_by_escape(seat: Seat) -> None:
    seat.resize(1366, 768)
    seen: set[str] = set()
    brought = (partial(seat.bring, state) for state in State)
    for make in (*brought, partial(supervised, seat), partial(late, seat)):
        seat.choose(make())
        for act in ACTS:
            card = seat.window.case.card
            if act.name in seen or not act.asks or not allowed(act, card):
                continue
            seen.add(act.name)
            seat.press(act.key)
            assert seat.form.of.startswith("act_"), act.name
            fits(seat)
            assert seat.window.side.form.isAncestorOf(seat.window.focusWidget())
            says_its_needs(seat)
            seat.press("Escape")
            assert not seat.form.is_open
    assert {act.name for act in ACTS if act.asks} - seen == set()


def test_that_a_problem_of_a_field_is_told_until_it_is_mended(seat: Seat) -> None:
    seat.press("N", "Ctrl+Return")
    description = seat.find("reportDescription", QPlainTextEdit)
    box = seat.find("reportClass", QComboBox)
    problem = "请选定类别或描述问题"
    assert description.accessibleDescription().endswith(problem)
    assert box.accessibleDescription().endswith(problem)
    description.setPlainText("路口堆物")
    assert description.accessibleDescription() == "类别与描述至少填一项"
    seat.find("reportPlace", QLineEdit).setText("不是坐标")
    seat.settle()
    seat.press("Ctrl+Return")
    place = seat.find("reportPlace", QLineEdit)
    assert place.hasFocus()
    assert place.accessibleDescription().endswith(seat.find("reportPlaceProblem").text())
    place.clear()
    assert place.accessibleDescription() == place.placeholderText()


def supervised(seat: Seat) -> str:
    """A case of whose marks and supervision there is something to say."""
    code = seat.bring(State.HANDLING)
    seat.do(code, Operation.MARK, Told(flag=Flag.URGENT), by=CHIEF)
    seat.do(code, Operation.SUPERVISE, Told(level=1, note="领导批示"), by=CHIEF)
    return code


def late(seat: Seat) -> str:
    """A case whose department answered after its deadline, closed."""
    code = seat.bring(State.HANDLING)
    seat.clock.forward(days=3)
    seat.do(code, Operation.FEED_BACK)
    seat.do(code, Operation.CLOSE)
    return code


def test_that_a_stale_form_stays_with_its_text_says_what_changed_and_goes_on(seat: Seat) -> None:
    code = seat.bring(State.TO_HANDLE)
    seat.choose(code)
    seat.press("Shift+E")
    seat.type("道路封闭,等待交警放行")
    assert seat.door is not None
    with seat.door.desk.store.write() as unit:  # committed beside the desk: the window is not told
        take_step(unit, code, Operation.URGE, by=OTHER, at=seat.clock())
    seat.press("Ctrl+Return")
    assert seat.stored(code).case.request is None
    reason = seat.find("formReason", QPlainTextEdit)
    assert reason.toPlainText() == "道路封闭,等待交警放行"
    news = seat.find("formNews", QLabel)
    seat.until(lambda: news.isVisible())
    assert news.text() == "期间:10:00 另一席 催办"
    seat.press("Ctrl+Return")
    card = seat.stored(code)
    assert card.case.request is Request.EXTENSION
    assert card.facts[-1].note == "道路封闭,等待交警放行"
    assert not seat.form.is_open


def test_that_a_form_whose_act_became_impossible_says_why_and_keeps_the_text(seat: Seat) -> None:
    code = seat.bring(State.TO_DISPATCH)
    seat.choose(code)
    seat.press("T")
    seat.type("立案条件有误")
    seat.do(code, Operation.DISPATCH, Told(department="P01"), by=OTHER)
    confirm = seat.find("formConfirm", QPushButton)
    assert not confirm.isEnabled()
    assert seat.find("formReason", QPlainTextEdit).toPlainText() == "立案条件有误"
    assert "另一席 派遣" in seat.find("formNews", QLabel).text()
    assert "待处置" in seat.find("formProblem", QLabel).text()
    seat.press("Ctrl+Return")
    assert seat.stored(code).case.version == 4


def test_that_a_refused_form_stays_open_with_the_reason(seat: Seat) -> None:
    code = seat.bring(State.HANDLING)
    seat.choose(code)
    seat.do(code, Operation.ASK_EXTENSION, Told(note="配件未到"), by=OTHER)
    seat.do(code, Operation.ALLOW_EXTENSION, by=CHIEF)
    seat.press("Shift+E")
    seat.type("再延一次")
    seat.press("Ctrl+Return")
    assert seat.find("formProblem", QLabel).isVisible()
    assert seat.find("formReason", QPlainTextEdit).toPlainText() == "再延一次"
    assert seat.stored(code).case.request is None


def test_that_a_suspension_asks_a_day_within_a_year(seat: Seat) -> None:
    code = seat.bring(State.HANDLING)
    seat.choose(code)
    seat.press("H")
    day = seat.find("formUntil", QDateEdit)
    assert day.hasFocus()
    assert (day.minimumDate().toString("yyyy-MM-dd"), day.date().toString("yyyy-MM-dd")) == (
        "2026-03-21",
        "2026-04-03",
    )
    day.setDate(day.maximumDate())
    seat.press("Tab")
    seat.type("冬季不能施工")
    seat.press("Ctrl+Return")
    case = seat.stored(code).case
    assert case.request is Request.SUSPENSION
    assert case.asked_until is not None
    assert f"{case.asked_until:%Y-%m-%d %H:%M}" == "2027-03-19 15:59"  # the last minute of the city's day


def test_that_a_duplicate_is_merged_into_a_case_near_by(seat: Seat) -> None:
    into, duplicate = seat.bring(State.REPORTED), seat.bring(State.REPORTED)
    seat.choose(duplicate)
    seat.press("C")
    box = seat.find("formOther", QComboBox)
    seat.until(lambda: box.count())
    assert into in [box.itemData(at) for at in range(box.count())]
    seat.type(into)  # in the place of what is offered
    assert box.currentText() == into
    seat.press("Ctrl+Return")
    assert seat.stored(duplicate).case.merged_into == into
    assert seat.stored(into).case.flags == (Flag.SIMILAR,)


def test_that_a_split_names_its_parts(seat: Seat) -> None:
    code = seat.bring(State.TO_DISPATCH)
    seat.choose(code)
    seat.press("Shift+O", "Ctrl+Return")
    assert seat.find("formProblem", QLabel).text() == "请至少写明一件"
    seat.find("formPart_1", QLineEdit).setText("清运垃圾")
    box = seat.find("formPartDepartment_1", QComboBox)
    box.setCurrentIndex(box.findData("P01"))
    seat.find("formPart_2", QLineEdit).setText("修复井盖")
    seat.press("Ctrl+Return")
    kin = seat.stored(code).kin
    assert [(one.description, one.state) for one in kin] == [
        ("清运垃圾", State.TO_HANDLE),
        ("修复井盖", State.TO_DISPATCH),
    ]
    seat.click(f"caseLink_{kin[1].code}")
    seat.until(lambda: seat.case.code == kin[1].code)
    seat.settle()
    seat.click(f"caseLink_{code}")
    seat.until(lambda: seat.case.code == code)


def test_that_several_helpers_are_chosen_and_taken_out_again(seat: Seat) -> None:
    code = seat.bring(State.TO_DISPATCH)
    seat.choose(code)
    seat.press("Shift+D")
    box = seat.find("formAssisting", QComboBox)
    for department in ("P01", "D103", "D171"):
        box.setCurrentIndex(box.findData(department))
        box.activated.emit(box.currentIndex())
    seat.click("formAssisting_D103")
    seat.press("Ctrl+Return")
    case = seat.stored(code).case
    assert (case.department, case.assisting) == ("D105", ("P01", "D171"))


def test_that_answers_are_chosen_by_a_click(seat: Seat) -> None:
    code = seat.bring(State.PRE_CHECK)
    seat.choose(code)
    seat.click("primaryAct")
    seat.click("formResult_absent")
    seat.press("Ctrl+Return")
    assert seat.stored(code).case.checked is CheckResult.ABSENT


@pytest.mark.parametrize("key", ["Y", "Shift+Y"])
def test_that_one_pair_of_keys_decides_on_whatever_waits(seat: Seat, key: str) -> None:
    code = seat.bring(State.HANDLING)
    seat.do(code, Operation.ASK_RETURN, Told(note="不属于本部门"), by=OTHER)
    seat.choose(code)
    assert seat.find("primaryAct", QPushButton).text() == "Y  同意回退"
    assert "等待决定:回退申请(另一席,10:00)" in seat.find("caseRequest", QLabel).text()
    seat.press(key)
    if key == "Shift+Y":
        seat.type("属于本部门")
        seat.press("Ctrl+Return")
        assert seat.stored(code).case.shuffles == 1
    else:
        assert seat.stored(code).case.barred == BY
    assert seat.stored(code).case.request is None


def test_that_a_seat_without_the_post_reads_why_under_the_greyed_button(seat: Seat) -> None:
    code = seat.bring(State.HANDLING)
    seat.do(code, Operation.ASK_RETURN, Told(note="不属于本部门"), by=OTHER)
    seat.do(code, Operation.ALLOW_RETURN, by=BY)
    seat.choose(code)
    assert not seat.find("primaryAct", QPushButton).isEnabled()
    assert seat.find("actReason", QLabel).isVisible()
    assert seat.find("actReason", QLabel).text()
    seat.press("D")
    assert seat.stored(code).case.state is State.TO_DISPATCH


def test_that_a_chosen_person_is_sent_and_a_case_handed_to_nobody_is_not(seat: Seat) -> None:
    code = seat.bring(State.FED_BACK)
    seat.choose(code)
    seat.press("K")
    seat.type("采集员07")
    seat.press("Ctrl+Return")
    assert seat.stored(code).case.handler == "采集员07"
    seat.press("Ctrl+Shift+H", "Ctrl+Return")
    assert seat.find("formProblem", QLabel).text() == "请写明交给谁"
