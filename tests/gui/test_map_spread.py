"""Heat, groups and hot spots on the real page: what is drawn, what is said of it, and how it is chosen."""

from collections.abc import Iterator
from dataclasses import asdict

import numpy as np
import pytest
import qasync
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.domain.lamp import Lamp
from console.geography.density import density, packed_density
from console.geography.hot_spots import HotSpots, packed_spots
from console.ui.map.marks import Mark, Shape, packed_marks
from console.ui.map.words import map_words
from console.ui.selection import Selection
from console.ui.spread.spreading import Choice, Spreading, of_document
from tests.gui.map_page import WAIT_MS, OpenMap, theme

pytestmark = pytest.mark.web


class SpreadMap(OpenMap):
    """A map panel with the part that the window gives it."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__(qtbot)
        self.failures: list[BaseException] = []
        self.part = Spreading(self.panel, Selection(), self.failures.append, self.panel)

    def choose(self, **choice: object) -> None:
        self.panel.set_part("spread", asdict(self.part.choice) | choice)

    def legend(self) -> str:
        told: str = self.run("document.getElementById('spread-legend').textContent")
        return told


@pytest.fixture
def opened(qtbot: QtBot, loop: qasync.QEventLoop) -> Iterator[SpreadMap]:
    made = SpreadMap(qtbot)
    made.show_only_cells()
    yield made
    made.close()


def blended(colour: str, share: float, ground: str) -> tuple[int, ...]:
    """A colour laid over another with a share of its strength."""
    pairs = [(int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5)]
    return tuple(round(one * share + other * (1 - share)) for one, other in pairs)


def is_like(found: str, wanted: tuple[int, ...], slack: int = 12) -> bool:
    return all(
        abs(int(found[at : at + 2], 16) - part) <= slack for at, part in zip((1, 3, 5), wanted, strict=True)
    )


def test_that_the_heat_is_drawn_where_the_cases_are_in_the_colours_of_the_legend(opened: SpreadMap) -> None:
    lon, lat = opened.made.place(450)
    found = density(np.full(40, lon), np.full(40, lat), 600.0)
    opened.panel.set_bytes("heat", packed_density(found))
    told = {"count": 40, "bandwidth": 600, "peak": round(found.peak, 1), "breaks": list(found.breaks)}
    opened.panel.set_part("spread_told", {"heat": told})
    opened.choose(heat=True)
    roles = theme()
    for zoom in (13, 16):
        opened.run(f"gridConsole.goTo({lon}, {lat}, {zoom})")
        middle = opened.point(f"gridConsole.pointOfPlace({lon}, {lat})")
        want = blended(roles["heat_5"], 0.82, roles["ramp_0"])
        opened.qtbot.waitUntil(lambda at=middle, to=want: is_like(opened.colour(at), to), timeout=WAIT_MS)
    assert f"{found.breaks[0]:g}" in opened.legend()
    assert "600" in opened.legend()
    away = opened.made.place(0)
    opened.run(f"gridConsole.goTo({away[0]}, {away[1]}, 15)")
    opened.until_colour(opened.point("gridConsole.pointOfCell(31)"), roles["ramp_0"])


def made_spots(cells: int, kinds: dict[int, int]) -> bytes:
    kind = np.zeros(cells, dtype=np.int8)
    for cell, one in kinds.items():
        kind[cell] = one
    figure = np.arange(cells, dtype=float)
    spots = HotSpots(figure + 0.5, figure / 2, figure / 100, np.full(cells, 0.0123), kind)
    return packed_spots(spots, figure, np.arange(cells))


def test_that_hot_spots_are_solid_and_cold_ones_striped_and_the_tip_says_their_numbers(
    opened: SpreadMap,
) -> None:
    opened.panel.set_bytes("hotspots", made_spots(900, {440: 3, 444: -3}))
    opened.panel.set_part(
        "spread_told", {"hot": {"count": 9, "numbers": [1, 0, 0, 898, 0, 0, 1], "sparse": True}}
    )
    opened.choose(hot=1)
    lon, lat = opened.made.place(442)
    opened.run(f"gridConsole.goTo({lon}, {lat}, 16)")
    roles = theme()
    hot = opened.point("gridConsole.pointOfCell(440)")
    want = blended(roles["hot_3"], 0.9, roles["ramp_0"])
    opened.qtbot.waitUntil(lambda: is_like(opened.colour(hot), want), timeout=WAIT_MS)
    cold = opened.point("gridConsole.pointOfCell(444)")
    stripes = {opened.colour(cold + QPoint(step, 0)) for step in range(8)}
    assert roles["ramp_0"] in stripes
    assert any(is_like(one, blended(roles["cold_3"], 0.9, roles["ramp_0"])) for one in stripes)
    opened.hover(hot)
    opened.until(lambda stats: "z = 4.40" in stats["tip"])
    tip = opened.stats()["tip"]
    for part in ("440", "220.0", "0.0123", map_words()["spot_3"]):
        assert part in tip
    assert map_words()["spot_sparse"] in opened.legend()


def test_that_marks_are_grouped_with_their_count_and_a_click_on_a_group_goes_nearer(
    opened: SpreadMap,
) -> None:
    lon, lat = opened.made.place(450)
    marks = [
        Mark(
            at,
            lon + at * 1e-5,
            lat,
            *((Shape.LATE, Lamp.LATE) if at < 3 else (Shape.IN_TIME, Lamp.IN_TIME)),
            f"A{at}",
        )
        for at in range(12)
    ]
    opened.panel.show_marks(packed_marks(marks))
    opened.choose(clusters=True)
    opened.run(f"gridConsole.goTo({lon}, {lat}, 13)")
    opened.until(lambda stats: stats["marks"] == 12 and stats["zoom"] == 13)
    where = opened.point("gridConsole.pointOfCase(5)")
    chosen: list[int] = []
    opened.panel.case_chosen.connect(chosen.append)

    def says(part: str) -> bool:
        opened.hover(where + QPoint(len(chosen) % 2, 0))
        return part in opened.stats()["tip"]

    opened.qtbot.waitUntil(lambda: says("12"), timeout=WAIT_MS)
    assert opened.stats()["tip"] == map_words()["cluster_tip"].format(count=12, late=3, soon=0)
    opened.click(where)
    opened.until(lambda stats: stats["zoom"] >= 15)
    assert chosen == []
    opened.click(opened.point("gridConsole.pointOfCase(5)"))
    opened.qtbot.waitUntil(lambda: bool(chosen), timeout=WAIT_MS)


def test_that_what_is_chosen_on_the_map_is_told_and_its_keys_do_the_same(opened: SpreadMap) -> None:
    opened.run("document.getElementById('spread').click()")
    opened.run("document.getElementById('spread-heat').click()")
    opened.qtbot.waitUntil(lambda: opened.part.choice.heat, timeout=WAIT_MS)
    opened.run(
        "(() => { const days = document.getElementById('spread-days'); days.value = '90';"
        " days.dispatchEvent(new Event('change')); })()"
    )
    opened.qtbot.waitUntil(lambda: opened.part.choice.days == 90, timeout=WAIT_MS)
    opened.run("document.getElementById('map_grid').focus()")
    surface: QWidget = opened.surface
    surface.setFocus()
    opened.qtbot.keyClick(surface, "g")
    opened.qtbot.waitUntil(lambda: opened.part.choice.hot == 1, timeout=WAIT_MS)
    opened.part.toggle_heat()
    opened.qtbot.waitUntil(
        lambda: opened.run("document.getElementById('spread-heat').checked") is False, timeout=WAIT_MS
    )
    assert opened.failures == []


def test_that_what_was_kept_is_taken_up_as_far_as_it_is_a_choice() -> None:
    kept = asdict(Choice(heat=True, hot=2, bandwidth=1200, days=7))
    assert of_document(kept) == Choice(heat=True, hot=2, bandwidth=1200, days=7)
    assert of_document({**kept, "bandwidth": 10**9, "days": "7", "hot": True}) == Choice(heat=True)
    assert of_document(["heat"]) == Choice()
