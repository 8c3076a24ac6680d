"""What acts or shows in the windows, by object name: gathered screen by screen, as its users find it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFrame,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QScrollBar,
    QSplitter,
    QTabBar,
    QTableView,
    QTabWidget,
    QTextEdit,
    QWidget,
)

RULE = re.compile(r"[a-z][A-Za-z0-9]*(_[\w.]+)*", re.ASCII)

# The first that fits. What is in none of them, is not painted by us and has no name for the screen reader
# only holds others, and needs no name.
ROLES: tuple[tuple[str, type[QWidget]], ...] = (
    ("menu", QMenu),
    ("check", QCheckBox),
    ("button", QAbstractButton),
    ("choice", QComboBox),
    ("number", QAbstractSpinBox),
    ("field", QLineEdit),
    ("text field", QPlainTextEdit),
    ("text field", QTextEdit),
    ("table", QTableView),
    ("list", QListView),
    ("list", QAbstractItemView),
    ("tabs", QTabWidget),
    ("slider", QAbstractSlider),
    ("progress", QProgressBar),
    ("borders", QSplitter),
    ("text", QLabel),
    ("scrolled", QAbstractScrollArea),
)


@dataclass
class Named:
    """One object: its role, where it lies, and every text it was seen with."""

    name: str
    role: str
    within: tuple[str, ...]  # the names of what it lies in, the nearest first
    texts: set[str] = field(default_factory=set)


def role_of(widget: QWidget) -> str:
    """What it is to its users; empty for what only holds others."""
    ours = [of for of in type(widget).mro() if of.__module__.startswith("console.")]
    painted = any("paintEvent" in of.__dict__ for of in ours)
    if painted and isinstance(widget, QLabel) and not widget.text():
        return "picture"  # a label in name only, so that the screen reader has its words
    for role, kind in ROLES:
        if isinstance(widget, kind):
            return role
    if painted:
        return "picture"
    return "part" if widget.accessibleName() or widget.isWindow() else ""


def acting(window: QWidget) -> Iterator[tuple[QWidget, str]]:
    """What of a window acts or shows now, with its role; without the inner parts of Qt's own widgets."""
    for widget in (window, *window.findChildren(QWidget)):
        role = role_of(widget)
        if not role or not widget.isVisible() or widget.window() is not window or _inner(widget):
            continue
        if (
            role == "text"
            and isinstance(widget, QLabel)
            and not (widget.text() or not widget.pixmap().isNull())
        ):
            continue
        yield widget, role


def faults(windows: list[QWidget]) -> list[str]:
    """Every name that is missing, breaks the rule, or is not the only one of its window."""
    found = []
    for window in windows:
        shown = list(acting(window))
        names = Counter(widget.objectName() for widget, _role in shown)
        for widget, role in shown:
            name = widget.objectName()
            where = f"{role} {type(widget).__name__} {name!r} in {' < '.join(within(widget)[:2])}"
            if not RULE.fullmatch(name):
                found.append(f"{where}: not by the rule")
            elif names[name] > 1:
                found.append(f"{where}: {names[name]} of them")
            if isinstance(widget, QMenu):
                found += [
                    f"{action.text()} in {name}" for action in entries(widget) if not action.objectName()
                ]
    return found


def entries(menu: QMenu) -> list[QAction]:
    """What can be chosen in a menu."""
    return [one for one in menu.actions() if one.isEnabled() and not one.isSeparator()]


def gather(windows: list[QWidget], into: dict[str, Named]) -> None:
    """Add what is to be seen now."""
    for window in windows:
        for widget, role in acting(window):
            name = widget.objectName()
            known = into.setdefault(name, Named(name, role, within(widget)))
            known.texts.add(words_of(widget))


def within(widget: QWidget) -> tuple[str, ...]:
    """The names of what it lies in."""
    found, around = [], widget.parentWidget()
    while around is not None:
        if around.objectName() and not around.objectName().startswith("qt_"):
            found.append(around.objectName())
        around = around.parentWidget()
    return tuple(found)


def words_of(widget: QWidget) -> str:
    """What it calls itself: to the screen reader, otherwise what stands on it."""
    if widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, QAbstractButton | QLabel):
        return widget.text().replace("&&", "&")
    if isinstance(widget, QLineEdit):
        return widget.placeholderText()
    return ""


def windows() -> list[QWidget]:
    """The windows that are to be seen, the program's own."""
    tops = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    return [one for one in tops if not type(one).__name__.startswith("QTipLabel")]


def _inner(widget: QWidget) -> bool:
    if widget.objectName().startswith("qt_") or isinstance(widget, QHeaderView | QScrollBar | QTabBar):
        return True
    around = widget.parentWidget()
    if isinstance(widget, QAbstractButton) and isinstance(around, QTableView):
        return True  # the corner of a table
    if isinstance(widget, QLineEdit) and isinstance(around, QComboBox | QAbstractSpinBox):
        return True  # found by the box it belongs to
    while around is not None:
        if isinstance(around, QComboBox | QCalendarWidget | QTabBar | QFileDialog):
            return True
        around = around.parentWidget()
    return type(widget) is QFrame and not widget.objectName()
