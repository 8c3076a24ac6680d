"""One setting on its page: its words, its widget, what it would be otherwise, and the way back to that."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QPushButton, QWidget

from console.command.spelling import may_be_pinyin, spellings
from console.domain.errors import Refused
from console.i18n import _, in_english
from console.settings import GROUPS, Declared, Layers
from console.ui.announcing import announce
from console.ui.naming import name_box, tell
from console.ui.needed import show_fault
from console.ui.scale import px, pxs
from console.ui.settings_page.editors import editor
from console.ui.widgets import plain_label
from console.words import refusal

_EDITOR, _STATE, _USUAL = 250, 84, 150


class SettingRow(QFrame):
    """What is typed and cannot be stays in its widget, told there, until it is mended or reset.

    Signals: wished(str, object): the setting of that name is to have that value.
    """

    wished = Signal(str, object)

    def __init__(self, of: Declared, lead: Callable[[str], None]) -> None:
        super().__init__()
        self.setObjectName(f"row_{of.name}")
        self.setProperty("settingRow", True)
        self.of = of
        self._usual: Any = of.default
        words = plain_label(_(of.words), name=f"settingName_{of.name}", look="strong", wraps=True)
        hint = plain_label(self._hint(), name=f"settingHint_{of.name}", look="muted", wraps=True)
        self.editor, self._show = editor(of, self._wish, lead)
        self.editor.setFixedWidth(px(_EDITOR))
        self.state = plain_label(name=f"state_{of.name}")
        self.state.setFixedWidth(px(_STATE))
        self._told = plain_label(name=f"settingUsual_{of.name}", look="muted", wraps=True)
        self._told.setFixedWidth(px(_USUAL))
        self.reset = QPushButton(_("恢复默认"))
        self.reset.setObjectName(f"reset_{of.name}")
        self.reset.setAccessibleName(_("恢复默认:{name}").format(name=_(of.words)))
        self.reset.clicked.connect(self._go_back)
        self.problem = plain_label(name=f"settingProblem_{of.name}", look="warning", wraps=True)
        self._wrong = ""
        grid = QGridLayout(self)
        grid.setContentsMargins(*pxs(8, 8, 8, 8))
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(2))
        grid.addWidget(words, 0, 0)
        grid.addWidget(hint, 1, 0)
        for column, widget in enumerate((self.editor, self.state, self._told, self.reset), 1):
            grid.addWidget(widget, 0, column, 2, 1)
        grid.addWidget(self.problem, 2, 0, 1, 5)
        grid.setColumnStretch(0, 1)
        self.problem.hide()
        if isinstance(self.editor, QComboBox):
            name_box(self.editor, _(of.words), words)

    def show_layers(self, layers: Layers, value: Any) -> None:
        """The value that holds here, and what the files say of it."""
        of = self.of
        self._usual = getattr(layers.base, of.name)
        locked, differs = of.name in layers.locked, value != self._usual
        if not self._wrong:
            self._show(value)
            self._say(next((refusal(one) for one in layers.faults if self._is_of(one)), ""))
        self.editor.setEnabled(not locked)
        self.reset.setEnabled((differs or bool(self._wrong)) and not locked)
        # A shape and a word, never a colour alone.
        self.state.setText(_("▣ 已锁定") if locked else _("● 已改动") if differs else "")
        whose = _("管理员:{value}") if of.name in layers.given else _("默认:{value}")
        self._told.setText(whose.format(value=of.kind.words(self._usual)))
        tell(self._told, self._told.text())

    def fits(self, asked: str) -> bool:
        """By name, words of either language, pinyin of the words."""
        text = asked.strip().lower()
        sources = (self.of.words, self.of.hint, GROUPS[self.of.group])
        if not text or text in self.of.name or any(text in source.lower() for source in sources):
            return True
        if any(text in in_english(source).lower() for source in sources):
            return True
        return may_be_pinyin(text) and any(sound.startswith(text) for sound in spellings(self.of.words))

    def reach(self) -> None:
        """Give its widget the keyboard."""
        self._inner.setFocus()

    def forget(self) -> None:
        """What was typed and cannot be is given up; `show_layers` shows what holds."""
        self._wrong = ""

    @property
    def _inner(self) -> QWidget:
        inner: QWidget | None = self.editor.findChild(QWidget, f"setting_{self.of.name}")
        return inner or self.editor

    def _wish(self, value: Any) -> None:
        if self.of.kind.takes(value):
            self._wrong = ""
            self.wished.emit(self.of.name, value)
            return
        self._wrong = _("未保存:应为{expected}").format(expected=self.of.kind.expected())
        self._say(self._wrong)
        self.reset.setEnabled(True)
        announce(self, self._wrong, grave=True)

    def _go_back(self) -> None:
        self._wrong = ""
        self.wished.emit(self.of.name, self._usual)

    def _say(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        show_fault(words, self._inner)

    def _is_of(self, fault: Refused) -> bool:
        return fault.code == "bad_setting" and fault.facts["name"] == self.of.name

    def _hint(self) -> str:
        hint = _(self.of.hint)
        return _("{hint}。改动在重启后生效").format(hint=hint) if self.of.restart else hint
