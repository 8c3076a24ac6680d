"""The walk of every screen there is: each is opened as its users do, and must then be there."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QMenu,
    QToolButton,
    QWidget,
)

from console.domain.flow import State
from console.domain.wanted import CaseFilter
from console.services.practice import load_staff
from console.ui.founding.page import FoundingPage
from console.ui.places.placing import Placing
from console.words import STAGES
from tests.gui.case_screens import states
from tests.gui.object_names import windows
from tests.gui.seat import BY, Seat
from tests.gui.test_handover import HANDED_REMARK, HANDED_TEXT, OTHER, given_by_other
from tests.gui.test_seating import STAFF
from tests.photos import jpeg

# The keys and what they must have opened.
_KEYED: tuple[tuple[tuple[str, ...], str], ...] = (
    (("Ctrl+,",), "settingsPage"), (("Ctrl+F3",), "foundingPage"), (("F1",), "manualPage"),
    (("F7",), "layoutPanel"), (("F11",), "triageGo"), (("Shift+F6",), "handoverPanel"),
    (("Shift+F11",), "alarmPanel"), (("Ctrl+F",), "filterPanel"), (("Ctrl+L",), "columnPanel"),
    (("Ctrl+K",), "commandPalette"), (("Ctrl+Shift+F",), "viewPanel"), (("Ctrl+D",), "viewPanel"),
    (("Ctrl+Shift+R",), "macroPanel"), (("Ctrl+R",), ""), (("Ctrl+A", "U"), "bulkDock"),
    (("Shift+F5",), "replayPage"), (("Alt+N",), "nearPanel"), (("Alt+T",), "mapListPanel"),
    (("Ctrl+B",), "placesPanel"), (("Ctrl+7",), "placesPanel"), (("Alt+G",), "placesPanel"),
    (("Shift+F10",), "headerMenu"), (("Ctrl+Shift+G",), ""), (("Ctrl+M",), ""),
)  # fmt: skip


# What the walk itself writes: as a user would, in Chinese, whatever language the window speaks.
TYPED = (
    "没有这样的案件", "没有这个", "路灯不亮", "马拉松赛事", "现场.jpg", "快办", "受理", "派遣", "垃圾",
    HANDED_TEXT, HANDED_REMARK, OTHER, *(member.name for member in STAFF),
)  # fmt: skip


def screens(seat: Seat) -> Iterator[str]:
    """Every screen, the ones in windows of their own and the ones that only show for a while too."""
    yield from states(seat)
    for keys, opened in _KEYED:
        _afresh(seat)
        seat.press(*keys)
        name = " ".join(keys)
        assert not opened or any(shows(window, opened) for window in windows()), f"{name}: no {opened}"
        yield name
        _close_menus()
        seat.press(*("Escape" for _key in keys), "Escape")
    for part in (
        _alike, _photos, _drafts, _triage, _bulk, _settings, _zone, _roster, _handover, _sounds, _places,
        _macro, _replay, _grids, _views, _seats, _files, _own_windows, _layouts,
    ):  # fmt: skip
        _afresh(seat)
        yield from part(seat)


def _afresh(seat: Seat) -> None:
    """At work, with the keyboard on the list and all cases in it."""
    seat.window.pages.turn("")
    seat.window.side.leave()
    seat.window.layers.leave()
    seat.queue.show(CaseFilter())
    seat.choose(seat.queue.codes[0])
    seat.window.queue.take_keyboard()
    seat.settle()


def shows(window: QWidget, name: str) -> bool:
    """Whether a window has something of that name to be seen."""
    found = [window, *window.findChildren(QWidget, name)]
    return any(one.objectName() == name and one.isVisible() for one in found)


def _click(seat: Seat, name: str) -> None:
    """As by the keyboard: at a large zoom it may have to be scrolled to first."""
    seat.find(name, QAbstractButton).click()
    seat.settle()


def _close_menus() -> None:
    while (menu := QApplication.activePopupWidget()) is not None:
        menu.close()


def _alike(seat: Seat) -> Iterator[str]:
    """A report like one that is open already."""
    code = seat.bring(State.TO_DISPATCH)
    case = seat.stored(code).case
    seat.press("N")
    seat.form.fill("reportClass", case.class_key)
    form = seat.window.side.report
    assert form is not None
    assert case.lon is not None
    assert case.lat is not None
    form.show_place(case.lon, case.lat)
    seat.until(form.alike.isVisible)
    yield "a report like another"
    seat.form.fill("reportPlace", "nowhere")
    seat.press("Return")
    seat.form.confirm()
    yield "a place that is none"
    seat.press("Escape")
    seat.choose(code)
    seat.press("Shift+D")
    seat.form.fill("formAssisting", "P01")
    yield "departments that help"


def _triage(seat: Seat) -> Iterator[str]:
    seat.choose(seat.bring(State.REPORTED))
    seat.press("F11")
    _click(seat, "triageSkip")
    yield "a case is skipped"
    _click(seat, "skip_other")
    yield "a case is skipped for words"
    seat.press("Escape")
    seat.triage.leave()
    seat.queue.show(CaseFilter(text="没有这样的案件"))
    yield "no case"
    seat.press("F11")
    yield "nothing to triage"
    seat.triage.leave()


def _bulk(seat: Seat) -> Iterator[str]:
    seat.press("Ctrl+A")
    yield "cases are marked"
    seat.bulk.begin("act_urge")
    assert seat.bulk.is_open
    yield "a preview of many"
    seat.bulk.confirm()
    yield "many were done"
    seat.bulk.leave()
    seat.press("Ctrl+A")
    seat.bulk.begin("act_supervise")
    yield "a reason for many"
    seat.press("Escape")


def _photos(seat: Seat) -> Iterator[str]:
    from console.ui.photos.picker import EvidencePicker

    picture = seat.folder / "现场.jpg"
    picture.write_bytes(jpeg(640, 480))
    seat.choose(seat.bring(State.HANDLING))
    seat.act("act_feed_back_photos")
    picker = seat.find("evidencePicker", EvidencePicker)
    picker.take([picture, seat.folder / "settings.toml"])
    seat.until(lambda: not picker.busy)
    seat.settle()
    yield "photos in a form"
    seat.form.confirm()
    yield "photos of a case"
    seat.find("photoTile_1").setFocus()
    seat.press("Space")
    yield "a photo, large"
    seat.press("Escape")


def _drafts(seat: Seat) -> Iterator[str]:
    seat.press("N")
    seat.form.fill("reportDescription", "路灯不亮")
    seat.press("Escape")
    yield "a draft is kept"
    seat.press("Ctrl+Shift+D")
    yield "a draft goes on"
    seat.press("Escape")


def _settings(seat: Seat) -> Iterator[str]:
    seat.settings.open()
    seat.settings.put("basemap_hosts", "http://maps")
    yield "a setting that cannot be"
    file = seat.folder / "fleet.toml"
    file.write_text('zoom = 3\nnews = 1\nvolume = 55\nlocked = ["theme"]', "utf-8")
    seat.settings.bring_in(file)
    seat.settings.search("")
    yield "settings with faults"
    _click(seat, "settingsOnlyChanged")
    yield "changed settings"
    seat.settings.search("没有这个")
    yield "no such setting"
    seat.settings.search("")
    _click(seat, "settingsOnlyChanged")
    _click(seat, "settingsTakeBack")
    yield from _dialogs(seat, "settingsImport", "settingsExport")
    seat.settings.search("evidence")
    yield from _dialogs(seat, "choose_evidence")


def _zone(seat: Seat) -> Iterator[str]:
    seat.practice.open("zones")
    seat.find("zoneReason").setFocus()
    seat.press("Ctrl+Return")
    yield "a zone without a reason"
    seat.type("马拉松赛事")
    seat.press("Ctrl+Return")
    seat.open_row("zonesTable", 0)
    yield "a zone is proposed"
    seat.practice.open("calendar")
    yield "calendar"
    seat.practice.open("rights")
    seat.practice.turn("file", "patroller")
    yield "a right is turned"
    seat.practice.turn("file", "patroller")


def _roster(seat: Seat) -> Iterator[str]:
    seat.practice.open("roster")
    yield "roster"
    seat.find("rosterPerson", QComboBox).setEditText(BY)
    _click(seat, "rosterPut")
    seat.settle()
    yield "somebody on duty"


def _handover(seat: Seat) -> Iterator[str]:
    given_by_other(seat)
    seat.press("Shift+F6")
    seat.until(lambda: seat.shows("handoverPanel"))
    seat.settle()
    yield "a handover that waits"
    yield from _dialogs(seat, "handoverPaper")
    seat.press("Escape")


def _sounds(seat: Seat) -> Iterator[str]:
    seat.press("Shift+F11")
    seat.until(lambda: seat.shows("alarmPanel"))
    _click(seat, "alarmSounds")
    seat.settle()
    yield "sounds of the alarms"
    seat.press("Escape")


def _places(seat: Seat) -> Iterator[str]:
    seat.press("Alt+G")
    seat.type("nowhere")
    seat.press("Return")
    seat.settle()
    yield "coordinates that are none"
    seat.press("Escape")
    placing = next(part for part in seat.window.charting.parts if isinstance(part, Placing))
    case = seat.stored(seat.case.code).case
    seat.wait(placing._offer(case.lon or 0.0, case.lat or 0.0))
    yield "coordinates to copy"
    _close_menus()


def _macro(seat: Seat) -> Iterator[str]:
    from console.ui.macros.book import Macro

    seat.window.commands.macros._put([Macro("快办", ("受理", "派遣"), "Alt+1")])
    seat.settle()
    seat.press("Ctrl+Shift+R")
    yield "a macro"
    seat.press("Escape")


def _replay(seat: Seat) -> Iterator[str]:
    seat.replay.open()
    seat.replay.step("event_on")
    yield "a moment of the past"
    drills = seat.find("replayDrills", QToolButton).menu()
    assert isinstance(drills, QMenu)
    drills.popup(seat.window.mapToGlobal(seat.window.rect().center()))
    seat.settle()
    yield "no drills"
    _close_menus()
    seat.replay.leave()


def _grids(seat: Seat) -> Iterator[str]:
    seat.press("Alt+T")
    _click(seat, "mapListCells")
    yield "grids on the map"
    seat.press("Escape")


def _views(seat: Seat) -> Iterator[str]:
    seat.press("Ctrl+Shift+F")
    seat.settle()
    yield "all views"
    seat.press("Escape")
    seat.press("Ctrl+F")
    yield "filters"
    seat.press("Escape")
    seat.queue.show(CaseFilter(late=True, due_within=timedelta(hours=2), text="垃圾", everything=True))
    seat.settle()
    yield "a filter in words"


def _seats(seat: Seat) -> Iterator[str]:
    assert seat.door is not None
    seat.wait(seat.door.desk.do(load_staff, STAFF, by=BY, at=seat.clock()))
    seat.settle()
    seat.press("F6")
    assert seat.shows("seatList")
    yield "who may sit here"
    seat.press("Escape")
    seat.practice.open("staff")
    yield "staff"


def _files(seat: Seat) -> Iterator[str]:
    for action, name in (("save_dossier", "dossierDialog"), ("add_basemap", "addBasemapDialog")):
        seat.act(action)
        yield from _dialog(seat, name)
    seat.act("show_manual")
    yield from _dialogs(seat, "manualSave")
    seat.window.pages.turn("")
    seat.act("show_city")
    yield from _dialogs(seat, "foundPackChoose")


def _own_windows(seat: Seat) -> Iterator[str]:
    seat.press("Ctrl+F7")
    yield "panels are moved"
    seat.press("Escape")
    seat.press("Ctrl+Shift+F7")
    yield "a panel in a window of its own"
    seat.press("Ctrl+Shift+F7")
    seat.window.activateWindow()
    seat.until(seat.window.isActiveWindow)
    seat.window.wall.show_wall()
    seat.until(lambda: seat.window.wall.window is not None and seat.window.wall.reload.idle)
    yield "wall"
    seat.wall.close()


def _layouts(seat: Seat) -> Iterator[str]:
    for number in (1, 2, 3, 4):
        seat.act(f"layout_{number}")
        yield f"layout {number}"


def _dialogs(seat: Seat, *buttons: str) -> Iterator[str]:
    for button in buttons:
        _click(seat, button)
        yield from _dialog(seat, button)


def _dialog(seat: Seat, name: str) -> Iterator[str]:
    found = [one for one in seat.window.findChildren(QFileDialog) if one.isVisible()]
    assert found, f"no dialog of {name}"
    yield f"files: {name}"
    for one in found:
        one.reject()
    seat.window.activateWindow()
    seat.until(seat.window.isActiveWindow)
    seat.settle()


def first_run(seat: Seat, pack: Path) -> Iterator[str]:
    """The window on a folder without a city, until it asks whether the city of a pack is to be loaded."""
    seat.live()
    seat.until(lambda: seat.city.is_open)
    seat.settle()
    yield "no city"
    seat.fill("foundPack", "/nowhere")
    yield "a pack is named"
    seat.city.check(Path("/nowhere"))
    yield "no such pack"
    seat.city.check(_damaged(pack))
    assert seat.city.findings
    yield "faults of a pack"
    seat.city.check(pack)
    yield "a good pack"
    yield from _dialogs(seat, "foundPackChoose")
    page = seat.window.pages.page("founding")
    assert isinstance(page, FoundingPage)
    page.show_busy(True)
    for stage in STAGES:
        page.show_progress(stage, 0.4)
        seat.settle()
        yield f"at work: {stage}"
    page.show_busy(False)


def _damaged(pack: Path) -> Path:
    """A copy with a row that lacks what it must have."""
    bad = Path(shutil.copytree(pack, pack.with_name("damaged")))
    lines = (bad / "departments.csv").read_text("utf-8").splitlines()
    lines[1] = lines[1].split(",")[0] + ",,,,,"
    (bad / "departments.csv").write_text("\n".join(lines), "utf-8")
    return bad
