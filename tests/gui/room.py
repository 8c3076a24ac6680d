"""What the words on the screen need, and whether they have it: clipped, cut off, missing, not filled in."""

import re
from collections.abc import Iterator

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QWidget,
)

from console.ui.widgets import Elided
from tests.gui.screen_text import as_shown, texts

_SLACK = 2  # px: letters are measured in fractions
_BROKEN = re.compile(r"[!-~]+|\S")  # where a line may end: at a space, and after any Chinese letter
_UNFILLED = re.compile(r"\{[a-z_]+(?::[^}]*)?\}|\[[^\[\]|]+\|[^\[\]|]+\]")


def tight(window: QWidget) -> list[str]:
    """Everything whose words have no room, or that has no words at all."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.objectName().startswith("qt_"):
            continue
        found += [f"{_name(widget)}: {fault}" for fault in _faults(widget)]
    found += [f"{where}: not filled in: {text}" for where, text in texts(window) if _UNFILLED.search(text)]
    return found


def _faults(widget: QWidget) -> Iterator[str]:
    match widget:
        case Elided():
            return  # it says so with dots, and has the whole in its hint
        case QLabel():
            yield from _label(widget)
        case QCheckBox() | QPushButton():
            yield from _button(widget)
        case QComboBox():
            yield from _box(widget)
        case QAbstractButton():
            yield from _button(widget)
        case QLineEdit():
            yield from _line(widget)
        case QHeaderView() if not _in_file_dialog(widget):  # Qt's own, to be drawn wider
            yield from _heads(widget)
        case QTabBar():
            yield from _tabs(widget)


def _in_file_dialog(widget: QWidget) -> bool:
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QFileDialog):
        around = around.parentWidget()
    return around is not None


def _label(label: QLabel) -> Iterator[str]:
    text = label.text()
    if not text or label.textFormat() != Qt.TextFormat.PlainText or not label.pixmap().isNull():
        return
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        if needed > label.height() + _SLACK:
            yield f"needs {needed} px of height, has {label.height()}: {text[:40]}"
        longest = max((_width(label, word) for word in text.split()), default=0)
        if longest > label.width() + _SLACK and text.isascii():
            yield f"a word needs {longest} px, has {label.width()}: {text[:40]}"
        return
    needed = max(_width(label, line) for line in text.split("\n"))
    if needed > label.contentsRect().width() + _SLACK:
        yield f"needs {needed} px, has {label.contentsRect().width()}: {text[:40]}"
    if label.fontMetrics().height() > label.height() + _SLACK:
        yield f"is {label.height()} px high, its letters {label.fontMetrics().height()}: {text[:40]}"


def _button(button: QAbstractButton) -> Iterator[str]:
    text = button.text()
    if not text and button.icon().isNull():
        if not button.accessibleName():
            yield "a button without words"
        return
    if not text:
        if not button.accessibleName():
            yield "a picture without words"
        return
    shown = text.replace("&&", "&")
    needed = max(_width(button, line) for line in shown.split("\n"))
    if needed > button.width() + _SLACK:
        yield f"needs {needed} px, has {button.width()}: {shown[:40]}"
    hint = button.sizeHint()
    if button.fontMetrics().height() > button.height() or hint.width() - _padding(button) > button.width():
        yield f"wants {hint.width()}x{hint.height()}, has {button.width()}x{button.height()}: {shown[:40]}"


def _padding(button: QAbstractButton) -> int:
    """What a narrow button may give up of its air: all of it but two pixels at each side."""
    return max(0, button.sizeHint().width() - _width(button, button.text()) - 4)


def _box(box: QComboBox) -> Iterator[str]:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    field: QRect = box.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
    )
    needed = _width(box, box.currentText())
    if needed > field.width() + _SLACK:
        yield f"needs {needed} px, has {field.width()}: {box.currentText()}"


def _line(line: QLineEdit) -> Iterator[str]:
    box = line.parentWidget()
    named = isinstance(box, QFileDialog) or (isinstance(box, QComboBox) and box.accessibleName())
    if not (line.accessibleName() or named):  # the fields of a file dialog have labels
        yield "a field without a name"
    needed = _width(line, line.placeholderText())
    if not line.text() and needed > line.contentsRect().width() - 2:
        yield f"its hint needs {needed} px, has {line.contentsRect().width()}: {line.placeholderText()}"


def _heads(heads: QHeaderView) -> Iterator[str]:
    if heads.orientation() != Qt.Orientation.Horizontal:
        return
    model = heads.model()
    metrics = QFontMetrics(heads.font())
    for section in range(heads.count()):
        if heads.isSectionHidden(section):
            continue
        text = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
        aligned = model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        wraps = int(aligned or heads.defaultAlignment()) & Qt.TextFlag.TextWordWrap
        parts = _BROKEN.findall(text) if wraps else text.split("\n")
        needed = max((metrics.horizontalAdvance(part) for part in parts), default=0)
        told = model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        if needed > heads.sectionSize(section) + _SLACK and text not in as_shown(str(told or "")):
            yield f"head needs {needed} px, has {heads.sectionSize(section)}: {text}"


def _tabs(bar: QTabBar) -> Iterator[str]:
    for at in range(bar.count()):
        needed = _width(bar, bar.tabText(at))
        if needed > bar.tabRect(at).width() + _SLACK:
            yield f"tab needs {needed} px, has {bar.tabRect(at).width()}: {bar.tabText(at)}"


def _width(widget: QWidget, text: str) -> int:
    return widget.fontMetrics().horizontalAdvance(text)


def _name(widget: QWidget) -> str:
    area = widget.parentWidget()
    while area is not None and not area.objectName():
        area = area.parentWidget()
    inside = (
        f" in {area.objectName()}" if area is not None and not isinstance(area, QAbstractScrollArea) else ""
    )
    return f"{type(widget).__name__} {widget.objectName()}{inside}"
