"""What is written on the screens, as painted, stands out from what is painted behind it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QFont, QFontInfo, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QToolButton,
    QWidget,
)

from console.settings import Settings
from tests.golden import scenes
from tests.gui.contrast import LARGE, TEXT, contrast
from tests.gui.seats import OpenSeat

# Those that show each kind of widget, list and layer.
SHOWN = ("work", "why", "report", "board", "practice", "settings", "triage", "bulk", "palette", "filter")
SLACK = 0.02  # strokes are smoothed: a full stroke is painted within a step of its colour
MOST_CELLS = 12  # of a list


def written(window: QWidget) -> Iterator[tuple[str, QWidget, QRect]]:
    """What holds a text, whose font it has, and where it is seen in the window."""
    for widget in window.findChildren(QWidget):
        if not (widget.isVisible() and widget.isEnabled()) or widget.window() is not window:
            continue
        if isinstance(widget, QAbstractItemView):
            yield from _cells(window, widget)
        elif _text(widget):
            seen = _seen(window, widget, widget.rect().adjusted(3, 3, -3, -3))
            if seen:
                yield f"{type(widget).__name__} {widget.objectName()} “{_text(widget)[:20]}”", widget, seen


def _text(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text().strip()
    if isinstance(widget, QLineEdit):
        return (widget.text() or widget.placeholderText()).strip()
    return widget.currentText().strip() if isinstance(widget, QComboBox) else ""


def _cells(window: QWidget, view: QAbstractItemView) -> Iterator[tuple[str, QWidget, QRect]]:
    model, found = view.model(), 0
    if model is None:
        return
    for row in range(min(model.rowCount(), MOST_CELLS)):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            box = view.visualRect(index).adjusted(
                4, 1, -1, -2
            )  # without the bar of a chosen row and its line
            if found < 5 * MOST_CELLS and str(index.data() or "").strip() and box.width() > 12:
                seen = _seen(window, view.viewport(), box)
                if seen:
                    found += 1
                    yield f"{view.objectName()} {row}:{column} “{str(index.data())[:20]}”", view, seen


def _seen(window: QWidget, widget: QWidget, box: QRect) -> QRect | None:
    """The box in the window, where nothing of it is hidden or lies below another widget."""
    if not widget.visibleRegion().contains(box.center()) or not widget.rect().contains(box):
        return None
    seen = QRect(widget.mapTo(window, box.topLeft()), box.size())
    for point in (seen.topLeft(), seen.center(), seen.bottomRight()):
        top = window.childAt(point)
        if top is None or not (top is widget or widget.isAncestorOf(top)):
            return None
    return seen if seen.width() > 3 and seen.height() > 3 and window.rect().contains(seen) else None


def drawn_contrast(picture: QImage, box: QRect) -> float | None:
    """Of the box's commonest colour, its ground, with what is furthest from it; None for one plain colour."""
    ratio = picture.devicePixelRatio()
    part = picture.copy(QRect(box.topLeft() * ratio, box.size() * ratio)).convertToFormat(
        QImage.Format.Format_RGB32
    )
    counts: dict[int, int] = {}
    for y in range(part.height()):
        line = bytes(part.constScanLine(y))
        for x in range(0, 4 * part.width(), 4):
            pixel = int.from_bytes(line[x : x + 3], "little")
            counts[pixel] = counts.get(pixel, 0) + 1
    ground = max(counts, key=lambda pixel: counts[pixel])
    if len(counts) < 2:
        return None
    return max(contrast(f"#{pixel:06x}", f"#{ground:06x}") for pixel in counts)


def least(font: QFont) -> float:
    """3 for large writing: 24 px, or 18.7 px and bold."""
    size = QFontInfo(font).pixelSize()
    return LARGE if size >= 24 or (size >= 18.7 and font.weight() >= QFont.Weight.Bold) else TEXT


def too_near(window: QWidget) -> tuple[list[str], int]:
    """What is written too faintly in a window, and how many texts were measured."""
    picture, wrong, measured = window.grab().toImage(), [], 0
    for where, widget, box in written(window):
        found = drawn_contrast(picture, box)
        if found is None:  # nothing painted: a text that is elided to nothing, or a button's icon alone
            continue
        measured += 1
        if found < least(widget.font()) - SLACK:
            wrong.append(f"{where}: {found:.2f}")
    return wrong, measured


def worked(window: QWidget) -> Iterator[tuple[str, QRect]]:
    """What can be worked now, and where its frame is in the window; text alone tells a quiet button."""
    for widget in window.findChildren(QWidget):
        if not (widget.isVisible() and widget.isEnabled()) or widget.window() is not window:
            continue
        box = widget.rect()
        if isinstance(widget, QCheckBox):
            option = QStyleOptionButton()
            widget.initStyleOption(option)
            box = widget.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, widget)
        elif isinstance(widget, QLineEdit) and isinstance(
            widget.parentWidget(), QComboBox | QAbstractSpinBox | QAbstractItemView
        ):
            continue
        elif isinstance(widget, QPushButton | QToolButton):
            if any(widget.property(look) for look in ("quiet", "link", "view")):
                continue
        elif not isinstance(widget, QLineEdit | QPlainTextEdit | QComboBox | QAbstractSpinBox):
            continue
        seen = _seen(window, widget, box)
        if seen and widget.objectName():
            yield widget.objectName(), seen


def frame_contrast(picture: QImage, box: QRect) -> float:
    """Of the left edge, half-way down, with what lies just outside of it."""
    ratio, middle = picture.devicePixelRatio(), box.center().y()
    shades = [
        picture.pixelColor(QPoint(round(x * ratio), round(middle * ratio))).name()
        for x in range(max(0, box.left() - 2), box.left() + 3)
    ]
    return max(contrast(shades[0], shade) for shade in shades)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_that_what_is_written_on_the_screens_stands_out(
    open_seat: OpenSeat, theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = open_seat(settings=Settings(theme=theme, language="zh", zoom=100))
    seat.resize(1366, 768)
    seat.choose(seat.queue.codes[0])
    steady, wrong, counts, frames = scenes._steady, {}, {}, set[str]()
    name = ""

    def look(window: QWidget):  # type: ignore[no-untyped-def] # as the scene's own
        picture = steady(window)
        found, counts[name] = too_near(window)
        wrong.update(dict.fromkeys(found, name))
        for part, box in worked(window):
            frames.add(part)
            if (stands_out := frame_contrast(picture.toImage(), box)) < LARGE - SLACK:
                wrong[f"the frame of {part}: {stands_out:.2f}"] = name
        return picture

    monkeypatch.setattr(scenes, "_steady", look)
    for name in SHOWN:
        scenes.SCENES[name](seat)
        seat.settle()
    assert all(counts[name] >= 20 for name in SHOWN), counts
    assert len(frames) > 60, frames
    assert not wrong, "\n".join(f"{where} ({scene})" for where, scene in wrong.items())


def test_that_faint_writing_is_seen(open_seat: OpenSeat) -> None:
    window = open_seat(settings=Settings(theme="light")).window
    label = QLabel("看不清的字", window)
    label.setObjectName("faint")
    for colour, faint in (("#999999", True), ("#444444", False)):
        label.setStyleSheet(f"color: {QColor(colour).name()}; background: {QColor('#ffffff').name()}")
        label.setGeometry(QRect(QPoint(300, 300), label.sizeHint()))
        label.show()
        label.raise_()
        assert any("faint" in one for one in too_near(window)[0]) is faint


def test_that_what_is_chosen_of_several_is_seen_to_be(open_seat: OpenSeat) -> None:
    """A button that is down differs from the same button up, by its frame and its ground."""
    seat = open_seat(settings=Settings(theme="light"))
    for key in ("F2", "F3", "W", "Alt+T"):
        seat.choose(seat.queue.codes[0])
        seat.press(key)
        shown = [
            button
            for button in seat.window.findChildren(QAbstractButton)
            if button.isCheckable() and button.isVisible() and button.group() is not None
        ]
        assert len({button.isChecked() for button in shown}) == 2, key
        for button in shown:
            ground = button.grab().toImage().pixelColor(5, 5).name()
            down = seat.window.theme.roles["accent_ground"]
            assert (ground == down) is button.isChecked(), button.objectName()
        seat.press("Escape", "Escape")
