"""The real map page: what it shows, what it says, and what it cannot do."""

import os
import re
import signal
import struct

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from console.domain.colouring import FEW, Wish
from console.domain.lamp import Lamp
from console.i18n import _
from console.ui.map.document import base_page
from console.ui.map.marks import Mark, Shape, packed_marks
from console.ui.map.words import map_words
from console.ui.mapping.colour_words import live
from tests.gui.map_page import WAIT_MS, OpenMap, theme
from tests.perf.map_city import LAT, LON

pytestmark = pytest.mark.web

HOSTILE = [
    "{{7*191}}",
    "{% for x in y %}",
    "<img src=x onerror=\"document.title='broken'\">",
    "${7*191}",
    "\u2028</script><script>document.title='broken'</script>",
    "`'\"\\",
    "长" * 100_000,
]


def state(opened: OpenMap, levels: dict[int, int]) -> tuple[bytes, bytes]:
    count = opened.made.city.cell_count
    return (
        bytes(levels.get(index, 0) for index in range(count)),
        struct.pack(f"<{count}H", *(levels.get(index, 0) for index in range(count))),
    )


def test_that_the_base_page_has_nothing_inline_and_no_address_outside() -> None:
    page = base_page()
    assert not re.search(rb"<(script|style)>|\son\w+=", page.html)
    addresses = re.findall(rb"\b[a-z]+://[^\"'\s]+", page.html + b"".join(page.parts.values()))
    names_only = {b"http://www.w3.org/2000/svg"}  # what says that an element is SVG is fetched by nobody
    asked = set(addresses) - names_only
    assert asked
    assert all(address.startswith(b"console://map/") for address in asked)


def test_that_cells_have_the_colour_of_their_class_at_every_zoom_in_both_families_and_themes(
    opened: OpenMap,
) -> None:
    classes = {100 + 31 * level: level for level in range(FEW + 1)}
    opened.panel.declare("colouring", live(Wish()))
    opened.panel.show_cells(*state(opened, classes))
    opened.show_only_cells()
    for name, family, zoom in (
        ("light", "ramp", 13), ("light", "ramp", 14), ("light", "rate", 16), ("light", "rate", 12),
        ("dark", "rate", 13), ("dark", "ramp", 16), ("dark", "ramp", 12),
    ):  # fmt: skip
        roles = theme(name)
        opened.panel.show_theme(roles)
        opened.panel.set_part("colouring", {**live(Wish()), "family": family})
        for index, level in classes.items():
            lon, lat = opened.made.place(index)
            opened.run(f"gridConsole.goTo({lon}, {lat}, {zoom})")
            expected = roles["few"] if level == FEW else roles[f"{family}_{level}"]
            opened.until_colour(opened.point(f"gridConsole.pointOfCell({index})"), expected)


def test_that_a_changed_cell_is_repainted_with_the_colours_of_the_dark_theme(opened: OpenMap) -> None:
    dark = theme("dark")
    opened.show_only_cells()
    lon, lat = opened.made.place(430)
    opened.run(f"gridConsole.goTo({lon}, {lat}, 16)")
    opened.panel.show_theme(dark)
    point = opened.point("gridConsole.pointOfCell(430)")
    opened.until_colour(point, dark["ramp_0"])
    opened.panel.update_cells({430: (4, 6)})
    opened.until_colour(point, dark["ramp_4"])
    assert opened.stats()["open"] == 1


def test_that_the_cell_at_every_middle_is_that_cell(opened: OpenMap) -> None:
    for index in (0, 29, 450, 899):
        lon, lat = opened.made.place(index)
        assert opened.run(f"gridConsole.cellAt({lon}, {lat})") == index
    assert opened.run(f"gridConsole.cellAt({LON + 1}, {LAT})") == -1


def test_that_a_click_on_a_cell_chooses_it_and_a_second_one_lets_it_go(opened: OpenMap, qtbot: QtBot) -> None:
    point = opened.point("gridConsole.pointOfCell(431)")
    with qtbot.waitSignal(opened.panel.cell_chosen, timeout=WAIT_MS) as chosen:
        opened.click(point)
    assert chosen.args == [431]
    opened.panel.filter_cell(431)
    opened.until(lambda stats: stats["filter"] == 431)
    with qtbot.waitSignal(opened.panel.cell_chosen, timeout=WAIT_MS) as let_go:
        opened.click(point)
    assert let_go.args == [-1]


def test_that_a_click_on_a_mark_chooses_its_case_and_hovering_names_it(opened: OpenMap, qtbot: QtBot) -> None:
    lon, lat = opened.made.place(300)
    mark = Mark(77, lon, lat, Shape.LATE, Lamp.LATE, "<b>郑数〔2026〕77</b>")
    opened.panel.show_marks(packed_marks([mark]))
    opened.until(lambda stats: stats["marks"] == 1)
    point = opened.point("gridConsole.pointOfCase(77)")
    opened.hover(point)
    opened.until(lambda stats: stats["tip"] == f"{mark.code} · {map_words()['late']}")
    with qtbot.waitSignal(opened.panel.case_chosen, timeout=WAIT_MS) as chosen:
        opened.click(point)
    assert chosen.args == [77]


def test_that_a_selected_case_is_followed_into_view_only_when_following(opened: OpenMap) -> None:
    lon, lat = opened.made.place(0)
    here = opened.made.place(450)
    opened.run(f"gridConsole.goTo({here[0]}, {here[1]}, 17)")
    opened.panel.select_case(5, lon, lat)
    opened.until(lambda stats: stats["selected"] == 5)
    assert not is_inside(opened.point(f"gridConsole.pointOfPlace({lon}, {lat})"))
    opened.panel.set_follow(True)
    opened.until(lambda stats: stats["following"])
    assert is_inside(opened.point(f"gridConsole.pointOfPlace({lon}, {lat})"))


def is_inside(point: QPoint) -> bool:
    return 0 <= point.x() < 900 and 0 <= point.y() < 700


def test_that_picking_gives_the_place_and_no_cell(opened: OpenMap, qtbot: QtBot) -> None:
    cells: list[int] = []
    opened.panel.cell_chosen.connect(cells.append)
    lon, lat = opened.made.place(200)
    opened.panel.pick_place(True)
    qtbot.waitUntil(lambda: opened.run("document.getElementById('picking').hidden") is False, timeout=WAIT_MS)
    with qtbot.waitSignal(opened.panel.place_chosen, timeout=WAIT_MS) as picked:
        opened.click(opened.point("gridConsole.pointOfCell(200)"))
    assert picked.args is not None
    assert opened.run(f"gridConsole.cellAt({picked.args[0]}, {picked.args[1]})") == 200
    assert picked.args == [pytest.approx(lon, abs=2e-3), pytest.approx(lat, abs=2e-3)]
    assert cells == []


def test_that_the_keyboard_moves_zooms_and_chooses(opened: OpenMap, qtbot: QtBot) -> None:
    lon, lat = opened.made.place(433)
    opened.run(f"gridConsole.goTo({lon}, {lat}, 16)")
    opened.run("document.getElementById('map_grid').focus()")
    surface = opened.surface
    surface.setFocus()
    qtbot.keyClick(surface, Qt.Key.Key_Plus)
    opened.until(lambda stats: stats["zoom"] == 17)
    with qtbot.waitSignal(opened.panel.cell_chosen, timeout=WAIT_MS) as chosen:
        qtbot.keyClick(surface, Qt.Key.Key_Return)
    assert chosen.args == [433]
    before = opened.point("gridConsole.pointOfCell(433)")
    qtbot.keyClick(surface, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: opened.point("gridConsole.pointOfCell(433)").x() > before.x(), timeout=WAIT_MS)


def test_that_hostile_names_are_shown_as_they_are_and_nothing_runs(qtbot: QtBot) -> None:
    opened = OpenMap(qtbot, HOSTILE, badge=HOSTILE[2])
    code = HOSTILE[2] + HOSTILE[0] + HOSTILE[4]
    lon, lat = opened.made.place(10)
    opened.panel.show_marks(packed_marks([Mark(9, lon, lat, Shape.SOON, Lamp.SOON, code)]))
    opened.panel.show_words({**map_words(), "in_time": HOSTILE[2], "cells": HOSTILE[4]})
    opened.until(lambda stats: stats["marks"] == 1)
    for zoom in (12, 13, 14, 15, 16, 17):
        opened.run(f"gridConsole.goTo({lon}, {lat}, {zoom})")
    opened.hover(opened.point("gridConsole.pointOfCase(9)"))
    opened.until(lambda stats: stats["tip"].startswith(code))
    assert opened.run("document.getElementById('badge').textContent") == HOSTILE[2]
    assert HOSTILE[2] in opened.run("document.getElementById('legend').textContent")
    assert opened.run("document.querySelectorAll('img, #legend script, #tip *, #badge *').length") == 0
    assert opened.run("document.title") == _("网格地图")
    assert opened.panel.outside_requests == []
    opened.close()


INLINE = "(() => { const s = document.createElement('script'); s.textContent = 'window.broken = 1';"
REMOTE = "(() => { const s = document.createElement('script'); s.src = 'https://example.org/x.js';"


@pytest.mark.parametrize(
    "attempt",
    [
        INLINE + " document.body.append(s); })()",
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.broken = 1\">')",
        REMOTE + " s.onload = () => { window.broken = 1; }; document.body.append(s); })()",
        "document.body.insertAdjacentHTML('beforeend', '<iframe src=\"console://map/\"></iframe>')",
        "fetch('https://example.org/').then(() => { window.broken = 1; }, () => {})",
        "document.body.insertAdjacentHTML('beforeend', '<img src=\"https://example.org/x.png\">')",
    ],
)
def test_that_the_policy_blocks_what_is_not_ours(opened: OpenMap, qtbot: QtBot, attempt: str) -> None:
    opened.run(
        "(() => { window.stopped = [];"
        " document.addEventListener('securitypolicyviolation',"
        " (event) => window.stopped.push(event.effectiveDirective)); })()"
    )
    opened.run(attempt)
    qtbot.waitUntil(lambda: bool(opened.run("window.stopped")), timeout=WAIT_MS)
    assert opened.run("window.broken") is None
    assert opened.panel.outside_requests == []


def test_that_the_page_can_neither_leave_nor_open_a_window_nor_keep_anything(opened: OpenMap) -> None:
    assert opened.run(
        "[window.open('console://map/'), window.open('about:blank')].every((made) => made === null)"
    )
    opened.run("(() => { location.href = 'https://example.org/'; })()")
    opened.run("(() => { location.href = 'file:///etc/hostname'; })()")
    assert opened.run("location.href") == "console://map/"
    assert (
        opened.run("(() => { try { localStorage.setItem('a', 'b'); } catch { return 'off'; } })()") == "off"
    )


def test_that_words_outside_the_vocabulary_are_refused(opened: OpenMap, qtbot: QtBot) -> None:
    heard: list[int] = []
    opened.panel.cell_chosen.connect(heard.append)
    for path in ("cell/1e3", "cell/-2", "cell/", "nothing/1", "case/99999999999", "../engine/main.js"):
        opened.run(
            f"(() => {{ window.answer = undefined; fetch('/say/{path}', {{ method: 'POST' }})"
            ".then((answer) => { window.answer = answer.ok ? 'taken' : 'refused'; },"
            " () => { window.answer = 'refused'; }); })()"
        )
        qtbot.waitUntil(lambda: opened.run("window.answer") is not None, timeout=WAIT_MS)
        assert opened.run("window.answer") == "refused", path
    assert heard == []


def test_that_a_killed_renderer_comes_back_with_everything(opened: OpenMap, qtbot: QtBot) -> None:
    opened.panel.update_cells({500: (3, 4)})
    opened.panel.filter_cell(500)
    opened.until(lambda stats: stats["filter"] == 500)
    browser = opened.panel._browser
    assert browser is not None
    with qtbot.waitSignal(opened.panel.painted, timeout=WAIT_MS):
        os.kill(browser.page.renderProcessPid(), signal.SIGKILL)
        opened.panel.update_cells({501: (5, 9)})
    opened.until(lambda stats: stats["filter"] == 500 and stats["open"] == 2)


def test_that_a_renderer_that_keeps_dying_leaves_a_sentence_and_a_button(
    opened: OpenMap, qtbot: QtBot
) -> None:
    browser = opened.panel._browser
    assert browser is not None
    again = opened.panel._notice.findChild(type(opened.panel._notice._again), "mapRetry")
    assert again is not None
    for death in range(3):
        if death:
            qtbot.waitSignal(opened.panel.painted, timeout=WAIT_MS).wait()
        os.kill(browser.page.renderProcessPid(), signal.SIGKILL)
    qtbot.waitUntil(lambda: again.isVisible(), timeout=WAIT_MS)
    with qtbot.waitSignal(opened.panel.painted, timeout=WAIT_MS):
        qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    assert not again.isVisible()
