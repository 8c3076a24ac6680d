"""The page of the first run: demo, training or a city of one's own, looked through before it is loaded."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from console.domain.errors import Refused
from console.i18n import N_, _
from console.ui.qt_words import word_dialog
from console.ui.scale import px, pxs
from console.ui.widgets import plain_label, push_button
from console.words import STAGES, finding, refusal
from console.words.findings import HOLDINGS

if TYPE_CHECKING:
    from console.domain.city import CityProfile
    from console.runtime.desk import Changes
    from console.runtime.founding import Checked
    from console.ui.door import Door

_LISTED = 500  # findings that are shown; the command line tells all


_CARDS = (
    (
        N_("演示城市"),
        N_("由程序生成的城市和一个季度的案件,约需一两分钟。用于了解功能。"),
        N_("生成演示城市"),
    ),
    (
        N_("培训城市"),
        N_("较小的生成城市,带六个练习和模拟来件。名称与界面都标明培训。"),
        N_("生成培训城市"),
    ),
    (
        N_("自己的城市"),
        N_("装入城市包:选 zip,或文件夹里的 city.toml。先检查,再装入。"),
        N_("选择城市包…"),
    ),
)


class _Card(QFrame):
    """One choice: what it is, what it brings, and its button."""

    def __init__(self, button: QPushButton) -> None:
        super().__init__()
        self.setProperty("foundCard", True)
        self.title, self.text = (
            plain_label(name=f"{button.objectName()}Title", look="title"),
            plain_label(name=f"{button.objectName()}Text", look="muted", wraps=True),
        )
        self.button = button
        button.setProperty("primary", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(*pxs(16, 14, 16, 14))
        column.setSpacing(px(8))
        column.addWidget(self.title)
        column.addWidget(self.text, 1, Qt.AlignmentFlag.AlignTop)
        column.addWidget(button)


class FoundingPage(QFrame):
    """Where there is a city already, the page says which, and takes a generated one away.

    Signals: demo_wished, training_wished, stop_wished, remove_wished, back_wished, language_wished (the other
    of the two); check_wished(Path);
    load_wished(Path, bool): the pack, and whether what leaves the city usable is passed over.
    """

    demo_wished = Signal()
    training_wished = Signal()
    stop_wished = Signal()
    remove_wished = Signal()
    back_wished = Signal()
    language_wished = Signal()
    check_wished = Signal(object)
    load_wished = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("foundingPage")
        self._profile: CityProfile | None = None
        self._aside: Path | None = None
        self._checked: Checked | None = None
        self._busy = False
        self._left: QWidget | None = None  # where the keyboard was before something was made
        self.title = plain_label(name="foundTitle", look="title")
        self._language = push_button(self, "foundLanguage", self.language_wished.emit)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self._language)
        self._lead = plain_label(name="foundLead", look="muted", wraps=True)
        self._cards = QWidget()
        self._cards.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        cards = QHBoxLayout(self._cards)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(px(12))
        self._demo = self._card(cards, "foundDemo", self.demo_wished.emit)
        self._training = self._card(cards, "foundTraining", self.training_wished.emit)
        self._own = self._card(cards, "foundOwn", self._choose)
        self.pack = QLineEdit(self)
        self.pack.setObjectName("foundPack")
        self.pack.setMaxLength(1000)
        self._pack_words = plain_label(name="foundPackLabel", look="muted")
        self._choice = push_button(self, "foundPackChoose", self._choose)
        self._check = push_button(self, "foundCheck", self._ask)
        self._load = push_button(self, "foundLoad", self._ask_load)
        self._load.setProperty("primary", True)
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(self._pack_words)
        line.addWidget(self.pack, 1)
        for button in (self._choice, self._check):
            line.addWidget(button)
        self.told = plain_label(name="foundTold", wraps=True)
        self.findings = QPlainTextEdit(self)
        self.findings.setObjectName("foundFindings")
        self.findings.setReadOnly(True)
        self.findings.setTabChangesFocus(True)
        self.bar = QProgressBar(self)
        self.bar.setObjectName("foundProgress")
        self._stop = push_button(self, "foundStop", self.stop_wished.emit)
        working = QHBoxLayout()
        working.setSpacing(px(8))
        working.addWidget(self.bar, 1)
        working.addWidget(self._stop)
        self._remove = push_button(self, "foundRemove", self.remove_wished.emit)
        self._back = push_button(self, "foundPutBack", self.back_wished.emit)
        ends = QHBoxLayout()
        ends.setSpacing(px(8))
        ends.addWidget(self._load)
        ends.addWidget(self._remove)
        ends.addWidget(self._back)
        ends.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*pxs(24, 20, 24, 20))
        layout.setSpacing(px(12))
        layout.addLayout(head)
        layout.addWidget(self._lead)
        layout.addWidget(self._cards)
        layout.addLayout(line)
        layout.addLayout(working)
        layout.addWidget(self.told)
        layout.addWidget(self.findings, 50)
        layout.addLayout(ends)
        layout.addStretch(1)
        self.pack.textChanged.connect(lambda _text: self.forget_check())
        self.pack.returnPressed.connect(self._ask)
        self.show_words()

    def open(self, door: "Door", zone: ZoneInfo) -> None:
        """The city is told by `show_city`."""

    def on_changed(self, changes: "Changes") -> None:
        """Cases are no matter of this page."""

    def take_keyboard(self) -> None:
        (self._demo.button if self._cards.isVisible() else self.pack).setFocus()

    def show_city(self, profile: "CityProfile | None", aside: Path | None) -> None:
        """Which city is here, and what was set aside before, newest first."""
        self._profile, self._aside = profile, aside
        self.show_words()

    def show_progress(self, stage: str, share: float) -> None:
        self.bar.setFormat(f"{_(STAGES.get(stage, stage))} %p %")
        self.bar.setValue(round(100 * share))

    def show_busy(self, busy: bool) -> None:
        """While something is made only its end can be wished."""
        self._busy = busy
        self.bar.setValue(0)
        if busy:
            self._left = self.focusWidget()
        had_keyboard = self._stop.hasFocus()
        self._show_parts()
        if busy:
            self._stop.setFocus()
        elif had_keyboard:  # a button that goes gives the keyboard to its neighbour, whatever that would do
            (self._load if self._load.isVisible() else self._left or self.pack).setFocus()

    def show_checked(self, checked: "Checked") -> None:
        """What is good and what is bad in the pack, and whether it can be loaded."""
        self._checked = checked
        self._show_checked()
        self._show_parts()

    def show_refused(self, problem: Refused) -> None:
        self.told.setText(refusal(problem))
        self._show_parts()

    def forget_check(self) -> None:
        """Another pack is meant: what was found in the last one is of no use."""
        self._checked = None
        self.told.setText("")
        self.findings.setPlainText("")
        self._show_parts()

    def show_words(self) -> None:
        profile = self._profile
        self.title.setText(_("城市与数据") if profile else _("开始使用:选择数据"))
        self._lead.setText(self._lead_words())
        for card, (title, text, act) in zip((self._demo, self._training, self._own), _CARDS, strict=True):
            card.title.setText(_(title))
            card.text.setText(_(text))
            card.button.setText(_(act))
            card.button.setAccessibleDescription(_(text))
        self._language.setText(f"{_('中文 / English')}  F10")  # both, for who reads only one of them
        self._pack_words.setText(_("城市包"))
        self.pack.setPlaceholderText(_("文件夹或 zip 文件的路径"))
        self.pack.setAccessibleName(_("城市包的路径"))
        self._choice.setText(_("选择…"))
        self._check.setText(_("逐项检查"))
        self._stop.setText(_("停止"))
        self._remove.setText(_("移走演示数据"))
        self._remove.setAccessibleDescription(_("移到数据文件夹内的另一处,可放回;窗口会重新打开"))
        self._back.setText(_("放回移走的数据"))
        self.findings.setAccessibleName(_("检查结果"))
        self._show_checked()
        self._show_parts()

    def _lead_words(self) -> str:
        profile = self._profile
        if profile is None:
            return _("数据文件夹里还没有城市。三种来源任选其一;之后可以在这里更换演示数据。")
        if profile.generated:
            return _("{city}:由程序生成,不是真实数据。移走后可放回,不会删除任何东西。").format(
                city=profile.name
            )
        return _("{city}:本市自己的数据,不会被移走。可在此检查下一版城市包。").format(city=profile.name)

    def _show_checked(self) -> None:
        checked = self._checked
        self._load.setText(_("装入"))
        if checked is None:
            return
        good = _("、").join(
            _("{kind} {count}").format(kind=_(HOLDINGS[kind]), count=f"{count:,}")
            for kind, count in checked.good
        )
        lines = [_("{city}:可用 {good}").format(city=checked.city, good=good)]
        if checked.serious:
            words = _("{serious} 处问题须先改正;另有 {tolerable} 处不影响使用")
            lines.append(words.format(serious=checked.serious, tolerable=checked.tolerable))
        elif checked.findings:
            lines.append(_("{count} 处问题不影响使用,可以装入").format(count=checked.tolerable))
            self._load.setText(_("仍然装入"))
        elif self._profile is not None and self._profile.generated:
            lines.append(_("没有发现问题。要装入,请先移走演示数据"))
        else:
            lines.append(_("没有发现问题,可以装入"))
        if checked.lacks_advice:
            lines.append(_("没有部门或责任清单:可以装入,但派遣时没有建议"))
        self.told.setText("\n".join(lines))
        self.findings.setPlainText("\n".join(self._finding_lines(checked)))

    def _finding_lines(self, checked: "Checked") -> list[str]:
        lines = []
        for item in checked.findings[:_LISTED]:
            place = f"{item.lon:.6f}, {item.lat:.6f}" if item.lon is not None and item.lat is not None else ""
            lines.append(finding(item.rule, {"code": item.code, "place": place, **item.facts}))
        if len(checked.findings) > _LISTED:
            more = _("另有 {count} 处:grid-console city check 列出全部")
            lines.append(more.format(count=len(checked.findings) - _LISTED))
        return lines

    def _show_parts(self) -> None:
        busy, none = self._busy, self._profile is None
        generated = self._profile is not None and self._profile.generated
        self._cards.setVisible(none)
        self._language.setVisible(none)
        self._cards.setEnabled(not busy)
        for widget in (self.pack, self._choice):
            widget.setEnabled(not busy)
        self._check.setEnabled(not busy and bool(self.pack.text().strip()))
        loadable = self._checked is not None and not self._checked.serious and not generated
        self._load.setEnabled(loadable and not busy)
        self._load.setVisible(loadable)
        self.bar.setVisible(busy)
        self._stop.setVisible(busy)
        self.told.setVisible(bool(self.told.text()))
        self.findings.setVisible(bool(self.findings.toPlainText()) and not busy)
        self._remove.setVisible(generated and not busy)
        self._back.setVisible(none and self._aside is not None and not busy)

    def _ask(self) -> None:
        text = self.pack.text().strip()
        if text:
            self.check_wished.emit(Path(text).expanduser())

    def _ask_load(self) -> None:
        if self._checked is not None:
            tolerant = bool(self._checked.findings)
            self.load_wished.emit(Path(self.pack.text().strip()).expanduser(), tolerant)

    def _choose(self) -> None:
        from PySide6.QtWidgets import QFileDialog  # a big class: made when it is wanted

        dialog = QFileDialog(self, _("选择城市包"), str(Path.home()))
        dialog.setObjectName("foundPackDialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_("城市包 (city.toml *.zip)"))
        dialog.fileSelected.connect(self._take)
        dialog.finished.connect(dialog.deleteLater)
        word_dialog(dialog).open()

    def _take(self, file: str) -> None:
        chosen = Path(file)
        self.pack.setText(str(chosen.parent if chosen.name == "city.toml" else chosen))
        self._ask()

    def _card(self, into: QHBoxLayout, name: str, run: Callable[[], None]) -> "_Card":
        card = _Card(push_button(self, name, run))
        into.addWidget(card, 1)
        return card
