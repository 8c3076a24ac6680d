"""The triage panel: one case with all that is needed to send it on, and the keys that do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from console.i18n import _
from console.ui.folding import Folding
from console.ui.marks import mark_picture
from console.ui.naming import tell
from console.ui.scale import px, pxs
from console.ui.scrolling import Room
from console.ui.theme import Theme
from console.ui.triage.shown import Progress, ShownCase
from console.ui.triage.skip_row import SkipRow
from console.ui.widgets import Elided, plain_button, plain_label
from console.words import LAMPS

_LONGEST_TEXT = 2000
_RETURNS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TriagePanel(QFrame):
    """Enter goes the proposed way, the space bar passes the case over; the keys of the acts act as always.

    Signals: go_wished; skip_wished(SkipReason, str); case_wished(int), to look at another case; left.
    """

    go_wished = Signal()
    skip_wished = Signal(object, str)
    case_wished = Signal(int)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("triagePanel")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme = theme
        self._shown: ShownCase | None = None
        self._title = plain_label(name="triageTitle", look="title")
        self._progress = plain_label(name="triageProgress")
        self._leave = QPushButton(self)
        self._leave.setObjectName("triageLeave")
        self._leave.setProperty("quiet", True)
        self._leave.clicked.connect(self.left)
        self._notice = plain_label(name="triageNotice", look="warning", wraps=True)
        self._mark = QLabel(self)
        self._mark.setObjectName("triageMark")
        self._clock = plain_label(name="triageClock")
        self._until = plain_label(name="triageUntil", look="muted")
        self._class = Elided()
        self._class.setObjectName("triageClass")
        self._class.setProperty("look", "title")
        self._code = plain_label(name="triageCode", look="muted")
        self._others = plain_label(name="triagePresence", look="news", wraps=True)
        self._text = plain_label(name="triageText", wraps=True)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(px(12))
        self._facts.setVerticalSpacing(px(6))
        self._facts.setColumnStretch(1, 1)
        self._lines: list[tuple[QLabel, QLabel]] = []
        self._same = plain_label(name="triageSimilarTitle", look="section")
        self._similar = QVBoxLayout()
        self._similar.setSpacing(px(4))
        self._links: list[QPushButton] = []
        self.photo_place = QVBoxLayout()
        self.go = QPushButton(self)
        self.go.setObjectName("triageGo")
        self.go.setProperty("primary", True)
        self.go.setMinimumHeight(px(44))
        self.go.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.go.clicked.connect(self.go_wished)
        self._why_not = plain_label(name="triageReason", look="muted", wraps=True)
        self.skip = QPushButton(self)
        self.skip.setObjectName("triageSkip")
        self.skip.clicked.connect(self.begin_skip)
        self.reasons = SkipRow(self)
        self.reasons.chosen.connect(self.skip_wished)
        self._empty = plain_label(name="triageEmpty", wraps=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._body = self._make_body()
        self._lay_out()
        theme.changed.connect(self._on_theme)
        self.show_words()
        self.say(_("正在找下一件…"))

    def show_words(self) -> None:
        for part in (self, self._scroll):  # the keyboard comes to the room too, to scroll
            part.setAccessibleName(_("分拣"))
        self._title.setText(_("分拣"))
        self._leave.setText(_("退出 F11"))
        self._leave.setAccessibleName(self._leave.text())
        self.skip.setText(_("空格 跳过"))
        self.skip.setAccessibleName(self.skip.text())
        self._same.setText(_("可能是同一问题"))
        self.reasons.show_words()

    def take_keyboard(self) -> None:
        self.setFocus()

    def say(self, text: str) -> None:
        """Why there is no case."""
        self._shown = None
        self._empty.setText(text)
        self._empty.show()
        self._body.hide()
        self.end_skip()

    def show_case(self, shown: ShownCase) -> None:
        if self._shown is not None and self._shown.code != shown.code:
            self._scroll.verticalScrollBar().setValue(0)
            self.end_skip()
        self._shown = shown
        self._empty.hide()
        self._body.show()
        self._mark.setAccessibleName(_(LAMPS[shown.lamp]))
        self._mark.setPixmap(mark_picture(shown.lamp, self._theme, 18, self.devicePixelRatioF()))
        self._clock.setText(shown.clock)
        self._until.setText(shown.until)
        self._class.setText(shown.class_name)
        self._code.setText(shown.code)
        self.show_others(shown.others)
        self._text.setText(shown.text[:_LONGEST_TEXT])
        self._show_facts(shown.facts)
        self._show_similar(shown.similar)
        self.go.setVisible(bool(shown.go))
        self.go.setText(plain_button(f"Enter  {shown.go}"))
        tell(self.go, shown.go)
        self.go.setAccessibleName(f"Enter  {shown.go}")
        self._why_not.setText(shown.why_not)
        self._why_not.setVisible(bool(shown.why_not))

    def show_others(self, words: str) -> None:
        """Who else is at the case."""
        self._others.setText(words)
        self._others.setVisible(bool(words))

    def show_progress(self, progress: Progress) -> None:
        words = _("已分拣 {done} 件 · 还有 {left} 件").format(
            done=f"{progress.done:,}", left=f"{progress.left:,}"
        )
        if progress.pace:
            words += " · " + _("每小时 {pace} 件").format(pace=f"{progress.pace:,}")
        self._progress.setText(words)

    def show_elsewhere(self, words: str) -> None:
        """Another case is being looked at: nothing is done to the one here until that ends."""
        self._notice.setText(words)
        self._notice.setVisible(bool(words))
        for button in (self.go, self.skip):
            button.setEnabled(not words)

    def begin_skip(self) -> None:
        if self._shown is not None and self.skip.isEnabled():
            self.skip.hide()
            self.reasons.begin()

    def end_skip(self) -> bool:
        """Back from the reasons to the case; False where they were not asked."""
        if self.reasons.isHidden():
            return False
        self.reasons.hide()
        self.skip.show()
        self.setFocus()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _RETURNS and self._shown is not None:
            if self.go.isVisible() and self.go.isEnabled() and not event.isAutoRepeat():
                self.go_wished.emit()
        elif event.key() == Qt.Key.Key_Space:
            self.begin_skip()
        else:
            super().keyPressEvent(event)

    def _show_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        while len(self._lines) < len(facts):
            at = len(self._lines)
            pair = (
                plain_label(name=f"triageFactName_{at + 1}", look="muted"),
                plain_label(wraps=True, name=f"triageFact_{at + 1}"),
            )
            self._facts.addWidget(pair[0], at, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(pair[1], at, 1)
            self._lines.append(pair)
        for at, (name, value) in enumerate(self._lines):
            told = facts[at] if at < len(facts) else ("", "")
            for label, words in zip((name, value), told, strict=True):
                label.setText(words)
                label.setVisible(bool(told[1]))
            value.setAccessibleName(": ".join(filter(None, told)))

    def _show_similar(self, similar: tuple[tuple[int, str], ...]) -> None:
        for link in self._links:
            link.hide()
            link.deleteLater()
        self._links = []
        self._same.setVisible(bool(similar))
        for case_id, words in similar:
            link = QPushButton(plain_button(words), self)
            link.setObjectName(f"triageSimilar_{case_id}")
            link.setProperty("link", True)
            link.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            link.setAccessibleName(words)
            tell(link, words)
            link.clicked.connect(lambda _checked=False, own=case_id: self.case_wished.emit(own))
            self._similar.addWidget(link)
            self._links.append(link)

    def _on_theme(self) -> None:
        if self._shown is not None:
            self.show_case(self._shown)

    def _make_body(self) -> QWidget:
        line = QWidget()
        line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        clock = QHBoxLayout(line)
        clock.setContentsMargins(0, 0, 0, 0)
        clock.setSpacing(px(8))
        for part in (self._mark, self._clock, self._until):
            clock.addWidget(part)
        clock.addStretch(1)
        clock.addWidget(self._code)
        Folding(line, (self._code, self._until))
        inner = QWidget()
        inner.setObjectName("triageBody")
        column = QVBoxLayout(inner)
        column.setContentsMargins(*pxs(0, 4, 8, 8))
        column.setSpacing(px(10))
        column.addWidget(self._text)
        column.addLayout(self._facts)
        column.addWidget(self._same)
        column.addLayout(self._similar)
        column.addLayout(self.photo_place)
        column.addStretch(1)
        self._scroll = Room()
        self._scroll.setObjectName("triageScroll")
        self._scroll.setWidget(inner)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        body = QWidget(self)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        layout.addWidget(line)
        layout.addWidget(self._class)
        layout.addWidget(self._others)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self.go)
        layout.addWidget(self._why_not)
        layout.addWidget(self.skip)
        layout.addWidget(self.reasons)
        self.reasons.hide()
        return body

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(self._title)
        head.addWidget(self._progress, 1)
        head.addWidget(self._leave)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*pxs(14, 8, 14, 12))
        layout.setSpacing(px(8))
        layout.addLayout(head)
        layout.addWidget(self._notice)
        layout.addWidget(self._body, 1)
        layout.addWidget(self._empty, 1)
        self._notice.hide()
