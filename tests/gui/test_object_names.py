"""Everything that acts or shows has a name by the rule, its own in its window, the same in both languages."""

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from console.domain.flow import State
from console.settings import Settings
from tests.gui.object_names import Named, faults, gather, windows
from tests.gui.seat import Seat
from tests.gui.seats import OpenSeat
from tests.gui.test_words_fit import everything
from tests.photos import jpeg

ROOT = Path(__file__).resolve().parents[2]


def screens(seat: Seat) -> Iterator[str]:
    """Every screen, the ones in windows of their own and the ones that only show for a while too."""
    yield from everything(seat)
    for keys in (("Ctrl+B",), ("Ctrl+7",), ("Alt+G",), ("Shift+F10",), ("Ctrl+R",)):
        seat.window.pages.turn("")
        seat.choose(seat.codes[0])
        seat.window.queue.take_keyboard()
        seat.press(*keys)
        yield " ".join(keys)
        seat.press("Escape", "Escape")
    seat.press("Alt+T")
    seat.click("mapListCells")
    yield "grids on the map"
    seat.press("Escape")
    yield from _photos(seat)
    yield from _drafts(seat)
    yield from _own_windows(seat)
    for number in (1, 2, 3, 4):
        seat.act(f"layout_{number}")
        yield f"layout {number}"


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
    seat.click("photoTile_1")
    seat.settle()
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


def _own_windows(seat: Seat) -> Iterator[str]:
    seat.press("Ctrl+F7")
    yield "panels are moved"
    seat.press("Escape")
    seat.window.wall.show_wall()
    seat.until(lambda: seat.window.wall.window is not None and seat.window.wall.reload.idle)
    yield "wall"
    seat.take_the_wall_down()


def walked(seat: Seat) -> tuple[dict[str, Named], dict[str, str]]:
    """All objects of all screens by name, and every fault with the screen where it showed first."""
    found: dict[str, Named] = {}
    wrong: dict[str, str] = {}
    for screen in screens(seat):
        for fault in faults(windows()):
            wrong.setdefault(fault, screen)
        gather(windows(), found)
    return found, wrong


@pytest.fixture
def maker(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(ROOT / "packaging")
    monkeypatch.delitem(sys.modules, "names", raising=False)
    import names

    return names


@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_every_object_has_a_name_by_the_rule_and_is_in_the_manual(
    open_seat: OpenSeat, maker: ModuleType, language: str
) -> None:
    """Where the manual is behind: .venv/bin/python packaging/names.py."""
    seat = open_seat(settings=Settings(theme="light", language=language))
    seat.window.resize(1920, 1080)
    found, wrong = walked(seat)
    assert not wrong, "\n".join(f"{screen}: {fault}" for fault, screen in wrong.items())
    page = maker.page(found, language)
    if os.environ.get("NAMES") == "write":
        maker.file(language).write_text(page, "utf-8")
    assert maker.file(language).read_text("utf-8") == page


def test_that_both_languages_have_the_same_names(maker: ModuleType) -> None:
    zh, en = ((maker.file(language).read_text("utf-8")) for language in ("zh", "en"))
    names = [
        re.findall(r"(?m)^\| `([^`]*…[^`]*)`.*?((?:: [\w, .]+)?) \|  \|$|^\| `([^`]+)`", page)
        for page in (zh, en)
    ]
    assert names[0] == names[1]
    assert len(names[0]) > 300


def test_that_a_missing_a_wrong_and_a_double_name_are_seen_and_holders_need_none(qtbot: QtBot) -> None:
    whole = QWidget()
    whole.setObjectName("whole")
    qtbot.addWidget(whole)
    line = QHBoxLayout(whole)
    for name in ("", "案件", "Upper", "two", "two", "view_2", "act_accept"):
        button = QPushButton("x")
        button.setObjectName(name)
        line.addWidget(button)
    for holder in (QWidget(), QLabel()):
        line.addWidget(holder)
    whole.show()
    qtbot.waitExposed(whole)
    assert [fault.partition(" in ")[0] for fault in faults([whole])] == [
        "button QPushButton ''", "button QPushButton '案件'", "button QPushButton 'Upper'",
        "button QPushButton 'two'", "button QPushButton 'two'",
    ]  # fmt: skip


def test_that_every_id_of_the_maps_page_is_told_and_follows_its_rule(maker: ModuleType) -> None:
    told = set(maker.MAP)
    found = {"map_grid", "road-side", "road-length"}
    for file in (ROOT / "resources" / "map").glob("*.js"):
        text = file.read_text("utf-8")
        found |= set(re.findall(r"\bid: '([^']+)'", text))
        found |= {re.sub(r"\$\{[^}]*\}", "…", one) for one in re.findall(r"\bid: `([^`]+)`", text)}
        found |= set(re.findall(r"\bname: '(\w+)', paths", text)) | set(re.findall(r"tool\('(\w+)'", text))
        found |= {one.replace("_", "-") for one in re.findall(r"button\('(\w+)'", text)}
    found = found - {"…-list"} | {"layers-list", "lock_view"}
    assert found ^ told == set()
    for name in found:
        assert re.fullmatch(r"[a-z_]+(-[a-z]+)?(-…)?", name), name
