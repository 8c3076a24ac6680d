"""The top line: which city, search, alarms, clock and shift, lamps, who sits here."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from console.domain.city import CityProfile
from console.domain.lamp import Lamp
from console.i18n import _, named
from console.ui.attention.lamp_word import LampWord
from console.ui.badge import BadgeButton
from console.ui.command.line import CommandLine
from console.ui.folding import Folding
from console.ui.naming import tell
from console.ui.overflow import Overflow
from console.ui.scale import px, pxs
from console.ui.theme import Theme
from console.ui.turning import on_turn, show_turned
from console.ui.widgets import plain_button, plain_label
from console.words.dates import on_weekday
from console.words.generated import generated_mark

_WIDE = 1500
_WITH_KEYS = 1200  # below it the buttons say what they do, and only their hints by which key
_SEAT_WIDTH, _NARROW_SEAT = 190, 120
_SEARCH_WIDTH = 200  # what else stands in the line gives way to so much of the search
# Below it the search gives up a quarter rather than that the approvals go: 1366 px at 200 % in English.
_LITTLE, _LITTLE_SEARCH = 720, 150

# What the mouse comes to by the menu alone.
_WITHOUT_BUTTON = (
    "show_settings", "show_city", "show_layouts", "show_wall", "toggle_triage", "switch_theme",
    "switch_language", "show_keys",
)  # fmt: skip


class Header(QFrame):
    """Its buttons trigger the window's actions, given by object name; `search` is the command line."""

    def __init__(
        self, theme: Theme, operator: str, actions: Mapping[str, QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.setFixedHeight(px(48))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # it folds instead
        self._theme = theme
        self._zone = ZoneInfo("Asia/Shanghai")
        self._profile: CityProfile | None = None
        self._city = plain_label(name="cityName")
        self._badge = plain_label(name="generatedBadge")
        self._badge.setFixedHeight(px(22))
        self._years = plain_label(name="missingYears")
        self._years.setFixedHeight(px(22))
        self.search = CommandLine(self)
        self.search.setMinimumWidth(px(_SEARCH_WIDTH))
        self.search.setMaximumWidth(px(420))
        self._report = self._button("newReportButton", actions["new_report"])
        self._approvals = BadgeButton(theme, self)
        self._approvals.setObjectName("approvalsButton")
        self._board = self._button("boardButton", actions["show_board"], stays=True)
        self._practice = self._button("practiceButton", actions["show_practice"], stays=True)
        self._approvals.setCheckable(True)
        on_turn(self._approvals, actions["show_approvals"].trigger)
        self._alarms = BadgeButton(theme, self)
        self._alarms.setObjectName("alarmsButton")
        self._alarms.clicked.connect(actions["show_alarms"].trigger)
        self._manual = self._button("manualButton", actions["show_manual"])
        self._clock = plain_label(name="clock")
        self._day = plain_label(name="clockDay", look="muted")
        self._lamps = {name: LampWord(theme, f"{name}Lamp", self) for name in ("database", "source")}
        self._sound = plain_label(name="soundLamp")
        self._shift = self._button("shiftButton", actions["show_handover"])
        self._shift.setProperty("quiet", True)
        self._seat = self._button("seatButton", actions["choose_seat"])
        self._actions_of: dict[QWidget, QAction] = {
            self._alarms: actions["show_alarms"],
            self._approvals: actions["show_approvals"],
            self._board: actions["show_board"],
            self._practice: actions["show_practice"],
            self._manual: actions["show_manual"],
            self._shift: actions["show_handover"],
            self._seat: actions["choose_seat"],
        }
        self._menu_action = actions["show_header_menu"]
        self.more = Overflow(self._folded, [actions[name] for name in _WITHOUT_BUTTON], self)
        self._sitting = (operator, "")
        self._waiting = (0, 0)
        self._now: datetime | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*pxs(12, 0, 12, 0))
        layout.setSpacing(px(10))
        layout.addWidget(self._city)
        layout.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._years, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.search, 3)
        for button in (self._report, self._approvals, self._alarms, self._board, self._practice):
            layout.addWidget(button)
        layout.addStretch(1)
        lamps = (*self._lamps.values(), self._sound)
        for label in (self._clock, self._day, self._shift, *lamps, self._seat, self._manual, self.more):
            layout.addWidget(label)
        foldable = (
            self._practice, self._manual, self._city, self._years, self._day, self._lamps["source"],
            self._board, self._seat, self._sound, self._shift, self._alarms,
            self._approvals, self._badge,
        )  # fmt: skip
        self._folding = Folding(self, foldable)
        theme.changed.connect(lambda: self.show_words())  # the zoom may be another
        for widget in (self._badge, self._years, self._shift, self._sound):
            self._folding.want(widget, False)
        self._told_database = False
        self.show_words()

    def show_city(self, profile: CityProfile, timezone: str) -> None:
        self._profile = profile
        self._zone = ZoneInfo(timezone)
        self.show_words()

    def show_time(self, now: datetime) -> None:
        self._now = now
        local = now.astimezone(self._zone)
        self._clock.setText(f"{local:%H:%M:%S}")
        self._day.setText(on_weekday(local))

    def show_lamp(self, name: str, lamp: Lamp, word: str, whole: str) -> None:
        """The lamp of the `database` or of the `source` of reports; `whole` is a sentence about it."""
        self._told_database = self._told_database or name == "database"
        self._lamps[name].show_state(lamp, word, whole)

    def show_sound(self, word: str, whole: str) -> None:
        """Why nothing is to be heard; nothing where something is."""
        self._sound.setText(word)
        self._sound.setToolTip(whole)
        self._sound.setAccessibleName(whole)
        self._folding.want(self._sound, bool(word))

    def show_shift(self, text: str, whole: str, *, outside: bool) -> None:
        """The shift that runs and what is left of it; `outside` the roster has others."""
        self._shift.setText(plain_button(text))
        tell(self._shift, whole)
        self._shift.setAccessibleName(_("交接班 Shift+F6:{shift}").format(shift=_(";").join((text, whole))))
        if self._shift.property("outside") is not outside:
            self._shift.setProperty("outside", outside)
            self._shift.style().polish(self._shift)
        self._folding.want(self._shift, True)

    def count_alarms(self, waiting: int, *, grave: bool) -> None:
        """How many alarms wait; the shape says whether one of them is grave."""
        self._alarms.show_count(waiting, grave=grave)
        told = _("{count} 条警报待看,其中有紧急警报") if grave else _("{count} 条警报待看")
        self._alarms.setToolTip(told.format(count=waiting))

    def show_page(self, name: str) -> None:
        """Which page fills the window, empty for the workspace."""
        show_turned(self._board, down=name == "board")
        show_turned(self._practice, down=name == "practice")

    def show_approvals(self, shown: bool) -> None:
        """Whether the approvals stand in the queue's place."""
        show_turned(self._approvals, down=shown)

    def count_approvals(self, mine: int, waiting: int) -> None:
        """How many this seat may decide, of how many that wait."""
        self._waiting = (mine, waiting)
        self._approvals.show_count(mine)
        told = _("等待审批 {waiting} 件,可由我决定 {mine} 件")
        self._approvals.setToolTip(told.format(waiting=waiting, mine=mine))

    def show_missing_years(self, years: tuple[int, ...]) -> None:
        """The years whose holidays are not known, as a badge; none hides it."""
        told = _("、").join(map(str, years))
        self._years.setText(_("缺 {years} 节假日表").format(years=told))
        self._years.setToolTip(_("涉及这些年份的时限为暂定;请更新程序,或在“规程”的日历页录入"))
        self._folding.want(self._years, bool(years))

    def show_seat(self, name: str, posts: str) -> None:
        """Who sits here, and with which posts in words."""
        self._sitting = (name, posts)
        self.show_words()

    def show_words(self) -> None:
        profile = self._profile
        self._city.setText(named(profile.name, profile.name_en) if profile else _("网格指挥台"))
        if not self._told_database:
            self._lamps["database"].show_state(Lamp.NONE, _("数据库未打开"), _("数据库未打开"))
        self._folding.want(self._badge, profile is not None and profile.generated)
        training = profile is not None and (profile.training or bool(profile.drill))
        drill = profile is not None and bool(profile.drill)
        self._badge.setText(_("培训 · 非真实案件") if training else _("演示数据"))
        if drill:
            self._badge.setText(_("演练"))
        if (self.property("training"), self.property("drill")) != (training, drill):
            self.setProperty("training", training)
            self.setProperty("drill", drill)
            for part in (self, self._badge):
                self.style().polish(part)
        note = generated_mark(profile) if profile and drill else profile.note if profile else ""
        tell(self._badge, note)
        self.search.setMinimumWidth(px(_LITTLE_SEARCH if self.width() < px(_LITTLE) else _SEARCH_WIDTH))
        self.search.setPlaceholderText(_("命令与查找 Ctrl+K"))
        self.search.setAccessibleName(_("命令与查找"))
        with_keys = self.width() >= px(_WITH_KEYS)
        for button, text in (
            (self._report, _("登记 N")),
            (self._approvals, _("审批 F4")),
            (self._alarms, _("警报 Shift+F11")),
            (self._board, _("评价 F2")),
            (self._practice, _("规程 F3")),
            (self._manual, _("手册 F1")),
        ):
            button.setText(text if with_keys else text.rsplit(" ", 1)[0])
            button.setAccessibleName(text)
        self.more.show_words(self._menu_action.shortcut().toString())
        self.count_approvals(*self._waiting)
        if self._now is not None:
            self.show_time(self._now)
        name, posts = self._sitting
        whole = " · ".join(filter(None, (name, posts)))
        width = _SEAT_WIDTH if self.width() >= px(_WIDE) else _NARROW_SEAT
        shown = self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, px(width))
        self._seat.setText(plain_button(shown))
        tell(self._seat, _("席位 F6:{who}").format(who=whole))
        self._seat.setAccessibleName(_("席位 F6:{who}").format(who=whole))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        before, now = event.oldSize().width(), event.size().width()
        if any((before >= px(edge)) != (now >= px(edge)) for edge in (_WIDE, _WITH_KEYS, _LITTLE)):
            self.show_words()

    def _folded(self) -> Iterator[QAction | str]:
        for widget in self._folding.folded:
            if widget in self._actions_of:
                yield self._actions_of[widget]
            elif isinstance(widget, QLabel):
                yield widget.text()
            elif widget.accessibleName():
                yield widget.accessibleName()

    def _button(self, name: str, action: QAction, *, stays: bool = False) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setCheckable(stays)
        if stays:
            on_turn(button, action.trigger)
        else:
            button.clicked.connect(action.trigger)
        return button
