"""The list of macros: run one, see beforehand what it would do, change one's own, copy and share."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QVBoxLayout,
)

from console.domain.shared_macro import LONGEST_NAME
from console.i18n import _
from console.ui.macros.book import KEYS, Listed, Macro
from console.ui.naming import name_box
from console.ui.scale import px, pxs
from console.ui.widgets import plain_label, push_button, tab_order

WIDTH = 460
_LIST, _TEXT = 150, 150


class MacroPanel(QFrame):
    """Enter on the list runs the macro; what another shares is run and copied, and changed by him alone.

    Signals: chosen(Macro), to be looked at; run_wished(Macro); kept(name before or empty, Macro);
    dropped(str); copied(Macro); share_wished(Macro, bool).
    """

    chosen = Signal(object)
    run_wished = Signal(object)
    kept = Signal(str, object)
    dropped = Signal(str)
    copied = Signal(object)
    share_wished = Signal(object, bool)

    def __init__(self, macros: Sequence[Listed], fresh: Sequence[str] = ()) -> None:
        super().__init__()
        self.setObjectName("macroPanel")
        self.setProperty("layer", True)
        self.setAccessibleName(_("宏"))
        self._macros: list[Listed] = []
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
        self._run_button = push_button(self, "macroRun", self._run, _("执行 Enter"))
        self._keep_button = push_button(self, "macroKeep", self._keep, _("保存"))
        self._copy_button = push_button(self, "macroCopy", self._copy, _("复制为我的"))
        self._share_button = push_button(self, "macroShare", self._share, _("共享给大家"))
        self._drop_button = push_button(self, "macroDrop", self._drop, _("删除"))
        acts = (
            self._run_button, self._keep_button, self._copy_button, self._share_button, self._drop_button
        )  # fmt: skip
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
        for button in acts:
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
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
        tab_order(self.list, self.name, self.key, self.text, *acts)
        self.fill(macros, "")
        if fresh:
            self._begin(fresh)

    def fill(self, macros: Sequence[Listed], chosen: str, owner: str = "") -> None:
        """Show these, and look at the one of that name and owner."""
        self._macros = list(macros)
        self.list.blockSignals(True)
        self.list.clear()
        for one in macros:
            self.list.addItem("    ".join(filter(None, (one.macro.name, one.macro.key, _whose(one)))))
        at = [(one.macro.name, one.owner) for one in macros]
        self.list.setCurrentRow(at.index((chosen, owner)) if (chosen, owner) in at else 0)
        self.list.blockSignals(False)
        self._show()

    def take_keyboard(self) -> None:
        (self.list if self._macros and not self._is_new else self.name).setFocus()

    def say(self, words: str) -> None:
        self.said.setText(words)

    def refresh(self, macros: Sequence[Listed]) -> None:
        """Show these; what is typed and not kept yet stays, and the list as it is with it."""
        at = self.listed
        edited = self.text.document().isModified() or self.name.isModified()
        if not edited and not (at is None and self.text.toPlainText()):
            self.fill(macros, at.macro.name if at else "", at.owner if at else "")

    @property
    def listed(self) -> Listed | None:
        row = self.list.currentRow()
        return self._macros[row] if 0 <= row < len(self._macros) else None

    @property
    def current(self) -> Macro | None:
        return self.listed.macro if self.listed is not None else None

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
        listed = self.listed
        own = listed is None or not listed.owner
        for field in (self.name, self.text):
            field.setReadOnly(not own)
        self.key.setEnabled(own)
        self._keep_button.setVisible(own)
        self._copy_button.setVisible(not own)
        self._drop_button.setVisible(own)
        self._share_button.setVisible(own or (listed is not None and listed.withdrawable))
        self._share_button.setText(_("取消共享") if listed is not None and listed.shared else _("共享给大家"))
        for button in (self._run_button, self._drop_button, self._share_button):
            button.setEnabled(macro is not None)

    def _run(self) -> None:
        if self.current is not None:
            self.run_wished.emit(self.current)

    def _keep(self) -> None:
        lines = tuple(line.strip() for line in self.text.toPlainText().splitlines() if line.strip())
        before = self.current.name if self.current is not None else ""
        self.kept.emit(before, Macro(self.name.text().strip(), lines, self.key.currentData() or ""))

    def _copy(self) -> None:
        if self.current is not None:
            self.copied.emit(self.current)

    def _share(self) -> None:
        if self.listed is not None:
            self.share_wished.emit(self.listed.macro, not self.listed.shared)

    def _drop(self) -> None:
        if self.current is not None:
            self.dropped.emit(self.current.name)


def _whose(one: Listed) -> str:
    """Who shares it."""
    if one.owner:
        return _("{name} 共享").format(name=one.owner)
    return _("已共享") if one.shared else ""
