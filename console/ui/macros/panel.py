"""The list of macros: run one, see beforehand what it would do, change its text, its name, its key."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
)

from console.i18n import _
from console.ui.macros.book import KEYS, LONGEST_NAME, Macro
from console.ui.naming import name_box
from console.ui.scale import px, pxs
from console.ui.widgets import plain_label, tab_order

WIDTH = 460
_LIST, _TEXT = 150, 150


class MacroPanel(QFrame):
    """Enter on the list runs the macro.

    Signals: chosen(Macro), to be looked at; run_wished(Macro); kept(name before or empty, Macro);
    dropped(str).
    """

    chosen = Signal(object)
    run_wished = Signal(object)
    kept = Signal(str, object)
    dropped = Signal(str)

    def __init__(self, macros: Sequence[Macro], fresh: Sequence[str] = ()) -> None:
        super().__init__()
        self.setObjectName("macroPanel")
        self.setProperty("layer", True)
        self.setAccessibleName(_("宏"))
        self._macros: list[Macro] = []
        self.list = QListWidget(self)
        self.list.setObjectName("macroList")
        self.list.setAccessibleName(_("宏"))
        self.list.setFixedHeight(px(_LIST))
        self.list.itemActivated.connect(lambda _item: self._run())
        self.list.currentRowChanged.connect(lambda _row: self._show())
        self.name = QLineEdit(self)
        self.name.setObjectName("macroName")
        self.name.setMaxLength(LONGEST_NAME)
        self.key = QComboBox(self)
        self.key.setObjectName("macroKey")
        self.key.addItem(_("无按键"), "")
        for key in KEYS:
            self.key.addItem(key, key)
        self.text = QPlainTextEdit(self)
        self.text.setObjectName("macroText")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(px(_TEXT))
        self.said = plain_label(name="macroSaid", wraps=True)
        self._run_button = self._button("macroRun", _("执行 Enter"), self._run)
        self._keep_button = self._button("macroKeep", _("保存"), self._keep)
        self._drop_button = self._button("macroDrop", _("删除"), self._drop)
        for field, words in ((self.name, _("名称")), (self.key, _("按键")), (self.text, _("每行一步"))):
            field.setAccessibleName(words)
        name_box(self.key, _("按键"))
        self.name.setPlaceholderText(_("名称"))
        self.text.setPlaceholderText(_("每行一步:筛选条件或操作,如“受理”“派 环卫”"))
        line = QHBoxLayout()
        line.setSpacing(px(6))
        line.addWidget(self.name, 2)
        line.addWidget(self.key, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(6))
        for button in (self._run_button, self._keep_button, self._drop_button):
            buttons.addWidget(button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*pxs(14, 12, 14, 12))
        column.setSpacing(px(8))
        column.addWidget(plain_label(_("宏 Ctrl+Shift+R"), name="macroTitle", look="title"))
        column.addWidget(self.list)
        column.addLayout(line)
        column.addWidget(self.text)
        column.addWidget(self.said)
        column.addLayout(buttons)
        column.addStretch(1)
        tab_order(
            self.list, self.name, self.key, self.text, self._run_button, self._keep_button, self._drop_button
        )
        self.fill(macros, "")
        if fresh:
            self._begin(fresh)

    def fill(self, macros: Sequence[Macro], chosen: str) -> None:
        """Show these, and look at the one of that name."""
        self._macros = list(macros)
        self.list.blockSignals(True)
        self.list.clear()
        for macro in macros:
            self.list.addItem(f"{macro.name}    {macro.key}" if macro.key else macro.name)
        names = [macro.name for macro in macros]
        self.list.setCurrentRow(names.index(chosen) if chosen in names else 0)
        self.list.blockSignals(False)
        self._show()

    def take_keyboard(self) -> None:
        (self.list if self._macros and not self._is_new else self.name).setFocus()

    def say(self, words: str) -> None:
        self.said.setText(words)

    @property
    def current(self) -> Macro | None:
        row = self.list.currentRow()
        return self._macros[row] if 0 <= row < len(self._macros) else None

    @property
    def _is_new(self) -> bool:
        return self.current is None

    def _begin(self, lines: Sequence[str]) -> None:
        """A recorded one that has no name yet."""
        self.list.setCurrentRow(-1)
        self.name.clear()
        self.key.setCurrentIndex(0)
        self.text.setPlainText("\n".join(lines))
        self.name.setFocus()

    def _show(self) -> None:
        macro = self.current
        if macro is not None:
            self.name.setText(macro.name)
            self.key.setCurrentIndex(max(0, self.key.findData(macro.key)))
            self.text.setPlainText("\n".join(macro.lines))
            self.chosen.emit(macro)
        self._run_button.setEnabled(macro is not None)
        self._drop_button.setEnabled(macro is not None)

    def _run(self) -> None:
        if self.current is not None:
            self.run_wished.emit(self.current)

    def _keep(self) -> None:
        lines = tuple(line.strip() for line in self.text.toPlainText().splitlines() if line.strip())
        before = self.current.name if self.current is not None else ""
        self.kept.emit(before, Macro(self.name.text().strip(), lines, self.key.currentData() or ""))

    def _drop(self) -> None:
        if self.current is not None:
            self.dropped.emit(self.current.name)

    def _button(self, name: str, words: str, run: object) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(run)
        return button
