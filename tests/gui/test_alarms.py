"""Alarms in the window: told at once, shown, gone to, acknowledged, shelved; sounds where there are any."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QSlider, QToolButton

from console.domain.attention import Event
from console.domain.case import Flag
from console.domain.errors import Refused
from console.domain.flow import State
from console.domain.operation import Operation
from console.services.collection import register_report
from console.services.told import Told
from console.settings import Settings, read_settings
from console.storage.unit import Store
from tests.gui.seat import NOW, Clock, Seat
from tests.gui.seats import OpenSeat
from tests.lives import CHIEF, REPORT

FLOODED = replace(REPORT, class_key="event:0506")
OTHER = "受理员77"


@pytest.fixture
def played(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is to be heard."""
    heard: list[str] = []
    monkeypatch.setattr(seat.window.attending.player, "play", heard.append)
    seat.window.attending.acknowledge_alarms()  # what the made-up city begins with
    seat.window.attending.alarms.lines.clear()
    seat.window.attending.alarms._rang.clear()
    seat.window.attending._show()
    return heard


def flooded(seat: Seat) -> int:
    """An emergency reported at another seat; its id."""
    store = Store(seat.ask(lambda view: view._store).url)
    with store.write() as unit:
        case = register_report(unit, FLOODED, by=OTHER, at=seat.clock())
    store.close()
    return case.id


def test_that_an_emergency_of_another_seat_is_told_and_gone_to(seat: Seat, played: list[str]) -> None:
    seat.watch()
    case_id = flooded(seat)
    seat.until(lambda: seat.alarms.told)
    assert seat.alarms.told == "金水区 1 件紧急案件"
    assert played == ["call"]
    seat.press("Ctrl+F11")
    seat.until(lambda: seat.case.shown is not None and seat.case.shown.id == case_id)
    assert seat.queue.filter.ids == (case_id,)
    assert not seat.find("alarmBar").isVisible()


def test_that_a_second_one_ticks_and_counts(seat: Seat, played: list[str]) -> None:
    seat.watch()
    flooded(seat)
    seat.until(lambda: seat.alarms.told)
    flooded(seat)
    seat.until(lambda: "2" in seat.alarms.told)
    assert played == ["call", "tick"]
    assert seat.alarms.waiting == "1 条,有紧急"
    seat.press("Shift+F12")
    assert seat.alarms.told == ""
    assert seat.alarms.waiting == ""
    assert "已确认 1 条警报" in seat.message


def test_that_ones_own_acts_ring_nothing(seat: Seat, played: list[str]) -> None:
    code = seat.bring(State.TO_DISPATCH)
    seat.do(code, Operation.MARK, Told(flag=Flag.URGENT))
    seat.settle()
    assert (seat.alarms.told, played) == ("", [])


def test_that_the_panel_acknowledges_and_shelves_by_key(seat: Seat, played: list[str]) -> None:
    seat.watch()
    flooded(seat)
    seat.until(lambda: seat.alarms.told)
    seat.press("Shift+F11")
    assert seat.alarms.is_open
    assert seat.focused == "alarmList"
    seat.press("6")
    assert seat.alarms.told == ""
    assert "搁置至 11:00" in seat.alarms.lines[0]
    seat.clock.forward(minutes=60)
    seat.window.attending.tick()
    assert seat.alarms.told != ""
    seat.press("Space")
    assert seat.alarms.told == ""
    assert "已确认" in seat.alarms.lines[0]
    seat.press("Return")
    assert not seat.alarms.is_open
    assert len(seat.queue.filter.ids) == 1


def test_that_an_application_of_a_department_is_told(seat: Seat, played: list[str]) -> None:
    code = seat.bring(State.HANDLING)
    seat.do(code, Operation.ASK_EXTENSION, Told(note="配件未到"), by=CHIEF)
    seat.until(lambda: seat.alarms.told)
    assert seat.alarms.told == "金水区 1 件待我审批"
    assert played == ["bell"]
    seat.do(code, Operation.REFUSE_EXTENSION, Told(note="理由不足"), by=OTHER)
    seat.until(lambda: not seat.alarms.told)


def test_that_grave_alarms_ring_again_until_somebody_acknowledges_them(seat: Seat, played: list[str]) -> None:
    seat.watch()
    flooded(seat)
    seat.until(lambda: seat.alarms.told)
    for _second in range(40):
        seat.window.attending.tick()
    assert played == ["call", "call", "call"]
    seat.press("Shift+F12")
    for _second in range(40):
        seat.window.attending.tick()
    assert len(played) == 3


def test_that_a_lost_database_is_told_and_told_when_it_is_back(seat: Seat, played: list[str]) -> None:
    desk = seat.door.desk if seat.door else None
    assert desk is not None
    desk.trouble = Refused("database_unreachable", url="x")
    seat.window.attending.lamps._door = _Still(seat.window.attending.lamps._door, desk.trouble)
    seat.window.attending.tick()
    assert seat.find("databaseLamp", QLabel).text() == "数据库不可用"
    assert played == ["low"]
    assert seat.text("alarmText") != ""
    seat.window.attending.lamps._door = _Still(seat.window.attending._door, None)
    seat.window.attending.tick()
    assert not seat.window.attending.alarms.insists


class _Still:
    """A door whose trouble stays as it is, whatever the store answers meanwhile."""

    def __init__(self, door: object, trouble: Refused | None) -> None:
        self._door = door
        self.trouble = trouble

    def __getattr__(self, name: str) -> object:
        return getattr(self._door, name)


def test_that_settings_of_the_sounds_are_kept(seat: Seat, played: list[str]) -> None:
    seat.press("Shift+F11")
    seat.click("alarmSounds")
    seat.find("soundVolume", QSlider).setValue(35)
    seat.find("alarm_on_due_soon", QCheckBox).click()
    sound = seat.find("alarm_sound_late", QComboBox)
    sound.setCurrentIndex(sound.findData("off"))
    sound.activated.emit(sound.currentIndex())
    assert not seat.find("alarm_on_critical", QCheckBox).isEnabled()
    kept = read_settings(seat.folder)
    assert (kept.volume, list(kept.sounds)) == (35, ["late=off"])
    assert set(kept.quiet_events) == {"new_case", "due_soon"}
    assert seat.window.attending.alarms.unwanted == {Event.NEW_CASE, Event.DUE_SOON}
    seat.press("Ctrl+F12")
    assert read_settings(seat.folder).muted
    assert seat.find("soundLamp", QLabel).text() == "静音"


def test_that_a_machine_without_sound_says_so_and_goes_on(seat: Seat) -> None:
    seat.wait(seat.window.attending.warm())
    if seat.window.attending.player.device:
        pytest.skip("this machine has a sound device")
    assert seat.find("soundLamp", QLabel).text() == "无声"
    assert not seat.window.attending.player.play("call")


def test_that_a_missing_library_is_told_and_stops_nothing(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise ImportError("libpulse.so.0")

    monkeypatch.setattr("console.ui.attention.attending.load", missing)
    seat.wait(seat.window.attending.warm())
    label = seat.find("soundLamp", QLabel)
    assert label.text() == "无声"
    assert "libpulse" in label.accessibleName()


def test_that_lamps_and_shift_are_told_in_words(seat: Seat) -> None:
    shift = seat.find("shiftButton", QToolButton)
    seat.until(lambda: shift.text())
    assert shift.text() == "白班 余 6:00"
    assert "带班领导:未排" in shift.accessibleName()
    lamps = seat.window.header._lamps
    assert lamps["database"].accessibleName() == "数据库:正常"
    assert lamps["source"].accessibleName().startswith("来件:最近一件在")
    seat.clock.forward(hours=5)
    seat.window.attending.tick()
    assert shift.text() == "白班 余 1:00"
    assert seat.find("sourceLamp", QLabel).text().endswith("无来件")


def test_that_whoever_sits_down_is_told_what_stands(open_seat: OpenSeat) -> None:
    seat = open_seat(clock=Clock(NOW + timedelta(minutes=1)))
    flooded(seat)
    seat.window.attending.sit_down()
    seat.until(lambda: "1 件紧急案件" in seat.alarms.told)
    assert seat.find("alarmsButton", QToolButton).accessibleDescription().endswith("条,有紧急")


def test_that_english_speaks_english(open_seat: OpenSeat) -> None:
    seat = open_seat(settings=Settings(theme="dark", language="en"))
    flooded(seat)
    seat.window.attending.sit_down()
    seat.until(lambda: "critical case" in seat.alarms.told)
    assert seat.find("shiftButton", QToolButton).text() == "Day 6:00 left"
