"""The widget that changes a setting, by its kind; the wheel turns a page, never a value it passes over."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from console.i18n import N_, _
from console.settings import Declared
from console.settings.kinds import Choice, Flag, Folder, Hosts, Whole
from console.ui.naming import tell
from console.ui.needed import describe
from console.ui.qt_words import word_dialog
from console.ui.scale import px
from console.ui.turning import show_turned
from console.ui.widgets import Elided

Changed = Callable[[Any], None]
Show = Callable[[Any], None]

# What another part of the window sets: the words of the button that leads there, and the window's action.
ELSEWHERE = {
    "operator": (N_("换席位 F6"), "choose_seat"),
    "sounds": (N_("警报面板 Shift+F11"), "show_alarms"),
    "quiet_events": (N_("警报面板 Shift+F11"), "show_alarms"),
}


def editor(of: Declared, changed: Changed, lead: Callable[[str], None]) -> tuple[QWidget, Show]:
    """The widget and what shows a value in it; `lead` does another action of the window."""
    if of.name in ELSEWHERE:
        return _elsewhere(of, lead)
    match of.kind:
        case Choice():
            return _choice(of, of.kind, changed)
        case Whole():
            return _whole(of, of.kind, changed)
        case Flag():
            return _flag(of, changed)
        case Folder():
            return _folder(of, changed)
        case Hosts():
            return _hosts(of, of.kind, changed)
        case _:
            return _line(of, changed)


def _choice(of: Declared, kind: Choice, changed: Changed) -> tuple[QWidget, Show]:
    box = QComboBox()
    for value, words in kind.allowed.items():
        box.addItem(_(words), value)
    box.activated.connect(lambda _at: changed(box.currentData()))
    return _named(box, of), lambda value: box.setCurrentIndex(box.findData(value))


def _whole(of: Declared, kind: Whole, changed: Changed) -> tuple[QWidget, Show]:
    box = QSpinBox()
    box.setRange(kind.least, kind.most)
    box.setSingleStep(kind.step)
    box.setSuffix(f" {kind.unit}")
    box.lineEdit().setTextMargins(px(6), 0, 0, 0)  # where the texts of the other fields begin
    box.setKeyboardTracking(False)  # 150 is not first 1, then 15

    def show(value: int) -> None:
        box.blockSignals(True)
        box.setValue(value)
        box.blockSignals(False)

    box.valueChanged.connect(changed)
    return _named(box, of), show


def _flag(of: Declared, changed: Changed) -> tuple[QWidget, Show]:
    box = QCheckBox(_("开"))
    box.toggled.connect(changed)
    return _named(box, of), lambda value: show_turned(box, down=bool(value))


def _line(of: Declared, changed: Changed) -> tuple[QWidget, Show]:
    line = QLineEdit()
    line.setMaxLength(1000)
    line.editingFinished.connect(lambda: changed(line.text()))
    return _named(line, of), line.setText


def _hosts(of: Declared, kind: Hosts, changed: Changed) -> tuple[QWidget, Show]:
    line = QLineEdit()
    line.setMaxLength(1000)
    line.editingFinished.connect(lambda: changed(kind.read(line.text())))
    return _named(line, of), lambda value: line.setText(kind.written(value))


def _folder(of: Declared, changed: Changed) -> tuple[QWidget, Show]:
    whole = QWidget()
    line, show = _line(of, changed)
    assert isinstance(line, QLineEdit)
    line.setPlaceholderText(of.kind.words(""))
    choose = QPushButton(_("选择…"))
    choose.setObjectName(f"choose_{of.name}")
    choose.setAccessibleName(_("选择文件夹:{name}").format(name=_(of.words)))

    def ask() -> None:
        from PySide6.QtWidgets import QFileDialog  # a big class: made when it is wanted

        dialog = QFileDialog(whole, _(of.words), line.text() or str(Path.home()))
        dialog.setObjectName("folderDialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(changed)
        dialog.finished.connect(dialog.deleteLater)
        word_dialog(dialog).open()

    choose.clicked.connect(ask)
    return _side_by_side(whole, line, choose), show


def _elsewhere(of: Declared, lead: Callable[[str], None]) -> tuple[QWidget, Show]:
    words, action = ELSEWHERE[of.name]
    told = Elided()
    told.setObjectName(f"told_{of.name}")
    button = QPushButton(_(words))
    button.clicked.connect(lambda: lead(action))

    def show(value: Any) -> None:
        told.setText(of.kind.words(value))
        tell(told, told.text())

    return _side_by_side(QWidget(), told, _named(button, of)), show


def _side_by_side(whole: QWidget, wide: QWidget, narrow: QWidget) -> QWidget:
    line = QHBoxLayout(whole)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(px(6))
    line.addWidget(wide, 1)
    line.addWidget(narrow)
    return whole


def _named(widget: QWidget, of: Declared) -> QWidget:
    widget.setObjectName(f"setting_{of.name}")
    widget.setAccessibleName(_(of.words))
    describe(widget, _(of.hint))
    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    widget.installEventFilter(_Wheel(widget))
    return widget


class _Wheel(QObject):
    """Lets the wheel through to the page as long as the widget has not the keyboard."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False
