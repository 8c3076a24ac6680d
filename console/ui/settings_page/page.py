"""The settings page: every setting by group, searched, changed at once, reset, exported, imported."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from console.domain.errors import Refused
from console.domain.lamp import Lamp
from console.i18n import _
from console.settings import DECLARED, GROUPS, exported, imported
from console.system import site_settings_file
from console.ui.messages import MessageLine
from console.ui.preferences import Preferences
from console.ui.qt_words import word_dialog
from console.ui.scale import px, pxs
from console.ui.scrolling import scrolling
from console.ui.settings_page.row import SettingRow
from console.ui.widgets import plain_label, push_button
from console.whole_file import save_whole
from console.words import refusal

if TYPE_CHECKING:
    from console.runtime.desk import Changes
    from console.ui.door import Door

_FILE = "grid-console-settings.toml"


class SettingsPage(QFrame):
    """`change` keeps some settings and lets them take effect; False where they were refused."""

    def __init__(
        self,
        preferences: Preferences,
        messages: MessageLine,
        change: Callable[[Mapping[str, Any]], bool],
        lead: Callable[[str], None],
    ) -> None:
        super().__init__()
        self.setObjectName("settingsPage")
        self._preferences = preferences
        self._messages = messages
        self._change = change
        self._lead = lead
        self._before: Mapping[str, Any] = {}
        self._brought: list[Refused] = []  # what was wrong in the file imported last
        self.rows: dict[str, SettingRow] = {}
        self._heads: dict[str, QLabel] = {}
        self._title = plain_label(name="settingsTitle", look="title")
        self.asked = QLineEdit(self)
        self.asked.setObjectName("settingsAsked")
        self.asked.setMaxLength(40)
        self.asked.setFixedWidth(px(240))
        self.only = QCheckBox(self)
        self.only.setObjectName("settingsOnlyChanged")
        self._reset = push_button(self, "settingsResetAll", self.reset_all)
        self._back = push_button(self, "settingsTakeBack", self.take_back)
        self._import = push_button(self, "settingsImport", self._ask_import)
        self._export = push_button(self, "settingsExport", self._ask_export)
        self._faults = plain_label(name="settingsFaults", look="warning", wraps=True)
        self._nothing = plain_label(name="settingsNothing", look="muted")
        head = QHBoxLayout()
        head.setSpacing(px(8))
        for widget in (self._title, self.asked, self.only):
            head.addWidget(widget)
        head.addStretch(1)
        for button in (self._back, self._reset, self._import, self._export):
            head.addWidget(button)
        self._body = QWidget()
        self._body.setObjectName("settingsRows")
        self._list = QVBoxLayout(self._body)
        self._list.setContentsMargins(*pxs(0, 0, 8, 0))
        self._list.setSpacing(px(2))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*pxs(16, 12, 16, 12))
        layout.setSpacing(px(8))
        layout.addLayout(head)
        layout.addWidget(self._faults)
        layout.addWidget(self._nothing)
        layout.addWidget(scrolling(self._body), 1)
        self._faults.hide()
        self.asked.textChanged.connect(lambda _text: self._narrow())
        self.only.toggled.connect(lambda _on: self._narrow())
        preferences.changed.connect(lambda _names: self.show_values())
        self.show_words()

    def open(self, door: "Door", zone: ZoneInfo) -> None:
        """Settings are of the seat, not of the store."""

    def on_changed(self, changes: "Changes") -> None:
        """What others commit is no setting."""

    def take_keyboard(self) -> None:
        for row in self.rows.values():
            row.forget()
        self._brought = []
        self.show_values()
        self.asked.setFocus()

    def show_words(self) -> None:
        """In another language the rows are made anew."""
        self._title.setText(_("设置"))
        self.asked.setPlaceholderText(_("查找设置:名称、说明、拼音"))
        self.asked.setAccessibleName(_("查找设置"))
        self.only.setText(_("只看改动过的"))
        self._reset.setText(_("全部恢复默认"))
        self._back.setText(_("撤回"))
        self._import.setText(_("导入…"))
        self._export.setText(_("导出…"))
        self._nothing.setText(_("没有符合的设置"))
        had = next((name for name, row in self.rows.items() if row.isAncestorOf(_focus())), "")
        while self._list.count():
            item = self._list.takeAt(0)
            gone = item.widget() if item is not None else None
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self.rows, self._heads = {}, {}
        for group, words in GROUPS.items():
            self._heads[group] = plain_label(_(words), name=f"settingGroup_{group}", look="section")
            self._list.addWidget(self._heads[group])
            for name, of in DECLARED.items():
                if of.group == group:
                    row = self.rows[name] = SettingRow(of, self._lead)
                    row.wished.connect(self._wish)
                    self._list.addWidget(row)
        self._list.addStretch(1)
        self.show_values()
        if had:
            self.rows[had].reach()

    def show_values(self) -> None:
        """As they are now, here and in the files."""
        layers = self._preferences.layers()
        for name, row in self.rows.items():
            row.show_layers(layers, getattr(self._preferences.settings, name))
        self._back.setVisible(bool(self._before))
        self._tell_faults([*layers.faults, *self._brought])
        self._narrow()

    def _tell_faults(self, faults: Sequence[Refused]) -> None:
        """What is wrong in a file, each with its field."""
        self._faults.setText("\n".join(refusal(fault) for fault in faults))
        self._faults.setVisible(bool(faults))

    def reset_all(self) -> None:
        """All as they would be; who sits here stays, and `take_back` undoes it."""
        layers = self._preferences.layers()
        usual = {
            name: getattr(layers.base, name)
            for name, of in DECLARED.items()
            if not of.personal and name not in layers.locked
        }
        self._take(usual, _("已全部恢复默认"))

    def take_back(self) -> None:
        """As it was before everything was reset or imported."""
        before, self._before = self._before, {}
        if self._change(before):
            self._messages.say(_("已撤回"))
        self.show_values()

    def bring_in(self, file: Path) -> None:
        """Take the settings of a file: the good values hold, the others are listed."""
        try:
            good, faults = imported(file)
        except Refused as problem:
            self._messages.say(refusal(problem), Lamp.LATE)
            return
        locked = self._preferences.layers().locked
        taken = {name: value for name, value in good.items() if name not in locked}
        site = site_settings_file()
        shut = [Refused("setting_locked", name=name, file=site) for name in good if name in locked]
        self._brought = [*faults, *shut]
        self._take(taken, _("已导入 {count} 项设置").format(count=len(taken)))

    def hand_out(self, file: Path) -> None:
        """Write what differs from the product's defaults, for other machines."""
        try:
            save_whole(file, exported(self._preferences.layers()).encode())
        except Refused as problem:
            self._messages.say(refusal(problem), Lamp.LATE)
        else:
            self._messages.say(_("设置已导出:{file}").format(file=file), Lamp.IN_TIME)

    def _wish(self, name: str, value: Any) -> None:
        if value != getattr(self._preferences.settings, name):
            self._change({name: value})
            if DECLARED[name].restart:
                self._messages.say(_("{name}:改动在重启后生效").format(name=_(DECLARED[name].words)))
        self.show_values()

    def _take(self, values: Mapping[str, Any], told: str) -> None:
        now = self._preferences.settings
        changed = {name: value for name, value in values.items() if value != getattr(now, name)}
        if self._change(changed):
            self._before = {name: getattr(now, name) for name in changed}
            self._messages.say(told)
        self.show_values()

    def _narrow(self) -> None:
        layers = self._preferences.layers()
        shown = {
            name: row.fits(self.asked.text()) and (not self.only.isChecked() or name in layers.differing)
            for name, row in self.rows.items()
        }
        for name, row in self.rows.items():
            row.setVisible(shown[name])
        for group, head in self._heads.items():
            head.setVisible(any(shown[name] for name, of in DECLARED.items() if of.group == group))
        self._nothing.setVisible(not any(shown.values()))

    def _ask_import(self) -> None:
        dialog = self._dialog("settingsImportDialog", _("导入设置"), self.bring_in)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.open()

    def _ask_export(self) -> None:
        dialog = self._dialog("settingsExportDialog", _("导出设置"), self.hand_out)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("toml")
        dialog.selectFile(_FILE)
        dialog.open()

    def _dialog(self, name: str, title: str, taken: Callable[[Path], None]) -> QFileDialog:
        dialog = QFileDialog(self, title, str(Path.home()), "TOML (*.toml)")
        dialog.setObjectName(name)
        dialog.fileSelected.connect(lambda file: taken(Path(file)))
        dialog.finished.connect(dialog.deleteLater)
        return word_dialog(dialog)


def _focus() -> QWidget:
    from PySide6.QtWidgets import QApplication

    return QApplication.focusWidget() or QWidget()
