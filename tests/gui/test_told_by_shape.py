"""Nothing is told by colour alone: drawn in one grey, marks, lamps and flags are still told apart."""

import re
from collections.abc import Mapping, Sequence
from itertools import combinations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from console.domain.lamp import Lamp
from console.system import resource
from console.ui.flag_marks import Shape, draw_shape
from console.ui.marks import draw_lock, draw_mark
from tests.gui.map_page import OpenMap

GREY = "#777777"
# Of the ink of the two together, the share that must not lie upon each other.
APART = 0.2

Ink = Sequence[int]


def alike(pictures: Mapping[str, Ink]) -> list[str]:
    """Pairs of pictures of one size that are hard to tell apart, with the share that differs."""
    found = []
    for (one, first), (other, second) in combinations(pictures.items(), 2):
        assert len(first) == len(second)
        together = sum(max(pair) for pair in zip(first, second, strict=True))
        assert together, f"{one} and {other} are empty"
        share = sum(abs(a - b) for a, b in zip(first, second, strict=True)) / together
        if share < APART:
            found.append(f"{one} and {other}: {share:.2f}")
    return found


def _drawn(side: int) -> tuple[QImage, QPainter]:
    picture = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(Qt.GlobalColor.transparent)
    return picture, QPainter(picture)


def _ink(picture: QImage) -> list[int]:
    return [
        QColor.fromRgba(picture.pixel(x, y)).alpha()
        for y in range(picture.height())
        for x in range(picture.width())
    ]


def test_that_the_lamps_differ_in_shape() -> None:
    inks = {}
    for lamp in Lamp:
        for rework in (False, True):
            picture, painter = _drawn(22)
            draw_mark(painter, QRectF(4, 4, 14, 14), lamp, QColor(GREY), rework=rework)
            painter.end()
            inks[f"{lamp.name}{' reworked' if rework else ''}"] = _ink(picture)
    assert len(inks) == 8
    assert not alike(inks)


def test_that_the_flags_of_the_queue_differ_in_shape() -> None:
    inks = {}
    for shape in Shape:
        picture, painter = _drawn(15)
        draw_shape(painter, QRectF(2, 2, 11, 11), shape, QColor(GREY))
        painter.end()
        inks[shape.name] = _ink(picture)
    picture, painter = _drawn(15)
    draw_lock(painter, QRectF(2, 2, 11, 11), QColor(GREY))
    painter.end()
    inks["lock"] = _ink(picture)
    assert not alike(inks)


# The page may not read its canvases back: it is asked which points of a grid lie within a shape.
_POINTS = """(() => {{ {source}
  const ink = new OffscreenCanvas(1, 1).getContext('2d');
  const inkOf = (trace) => {{
    const path = new Path2D();
    trace(path);
    const found = [];
    for (let y = -1.2; y <= 1.2; y += 0.1) {{
      for (let x = -1.2; x <= 1.2; x += 0.1) found.push(ink.isPointInPath(path, x, y) ? 255 : 0);
    }}
    return found;
  }};
  return {found};
}})()"""


def _page_inks(page: OpenMap, file: str, found: str) -> dict[str, list[int]]:
    source = re.sub(r"^export ", "", resource("map", file).read_text("utf-8"), flags=re.MULTILINE)
    inks: dict[str, list[int]] = page.run(_POINTS.format(source=source, found=found))
    return inks


@pytest.mark.web
def test_that_the_marks_and_symbols_of_the_map_differ_in_shape(qtbot: QtBot) -> None:
    page = OpenMap(qtbot)
    marks = _page_inks(
        page, "sprites.js", "Object.fromEntries(SHAPES.map((name, k) => [name, inkOf(DRAW[k])]))"
    )
    assert len(marks) == 6
    assert not alike(marks)
    symbols = _page_inks(
        page,
        "symbols.js",
        "{ ...Object.fromEntries(MAJORS.map((major) => [major || 'other', inkOf(COMPONENTS[major])])),"
        " flooding: inkOf(DRAW.flooding), patrollers: inkOf(DRAW.patrollers), own: inkOf(DRAW.own) }",
    )
    assert len(symbols) == 8
    assert not alike(symbols)


def test_that_two_of_one_shape_are_found() -> None:
    assert alike({"one": [0, 255, 255, 0], "other": [0, 250, 255, 0], "third": [255, 0, 0, 255]}) == [
        "one and other: 0.01"
    ]
