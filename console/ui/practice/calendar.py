"""The calendar page: a year at a glance, and one day turned with every open deadline set anew."""

from collections.abc import Callable
from datetime import date, timedelta
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.lamp import Lamp
from console.i18n import _
from console.ui.messages import MessageLine
from console.ui.practice.tab import Tab
from console.ui.practice.year_view import Day, YearView, kind_words
from console.ui.scale import px
from console.ui.site_door import SiteDoor
from console.ui.theme import Theme
from console.ui.widgets import plain_label, push_button
from console.words.dates import day_words, short_day

if TYPE_CHECKING:
    from console.queries.calendar import CalendarYear, OddDay
    from console.services.reclock import Recomputed

_SIDE = 270


class CalendarTab(Tab):
    """The site's own days lie over the official ones; giving one up lets the official table speak again."""

    def __init__(
        self, site: SiteDoor, theme: Theme, messages: MessageLine, failed: Callable[[BaseException], None]
    ) -> None:
        super().__init__(site, messages, failed)
        self._days: dict[date, Day] = {}
        self._found: CalendarYear | None = None
        self._wanted = site.now().astimezone(site.zone).year
        self._stop = Event()
        self.view = YearView(theme, self)
        self.view.setAccessibleName(_("工作日历"))
        self._title = plain_label(name="calendarTitle", look="title")
        self._warning = plain_label(name="calendarWarning", look="warning", wraps=True)
        self._day = plain_label(name="calendarDay", look="section", wraps=True)
        self.name = QLineEdit(self)
        self.name.setObjectName("dayName")
        self.name.setAccessibleName(_("名称"))
        self.name.setPlaceholderText(_("名称,如 停工日(可不填)"))
        self._turn = push_button(self, "turnDayButton", lambda: self.turn(self.view.chosen))
        self._give_up = push_button(self, "giveUpDayButton", self.give_up, _("恢复官方安排 Delete"))
        self._progress = QProgressBar(self)
        self._progress.setObjectName("reclockProgress")
        self._cancel = push_button(self, "cancelReclockButton", self._stop.set, _("取消"))
        self._holidays = plain_label(name="holidayList", wraps=True)
        self._legend = plain_label(name="calendarLegend", look="muted", wraps=True)
        self._legend.setText(_("休:放假  班:调休上班\n角标:本地设定  灰底:休息日\n空格或双击改变所选的一天"))
        self.view.day_chosen.connect(lambda _day: self._show_day())
        self.view.day_turned.connect(self.turn)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.view)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.give_up)
        self._lay_out()
        self._show_progress(False)

    def take_keyboard(self) -> None:
        self.view.setFocus()

    def turn(self, day: date) -> None:
        """From worked to not worked, or back to what it was before the site spoke of it."""
        if self._days.get(day, Day(works=True)).by_site:
            self._clicks.run(lambda: self._given_up(day))
        else:
            self._clicks.run(lambda: self._turned(day))

    def give_up(self) -> None:
        """Let the official table speak of the chosen day again."""
        day = self.view.chosen
        if self._days.get(day, Day(works=True)).by_site:
            self.turn(day)

    async def _load(self) -> None:
        found = await self._site.year(self._wanted)
        self._found = found
        self._days = _days(found)
        self.view.show_year(found.year, self._days, self._site.now().astimezone(self._site.zone).date())
        told = _("{year} 年 · {days} 个工作日")
        self._title.setText(told.format(year=found.year, days=found.work_days))
        self._warning.setVisible(not found.known)
        warning = _("{year} 年的官方节假日表尚未装入:除本地设定外只按周一至周五推算,涉及的时限为暂定。")
        self._warning.setText(warning.format(year=found.year))
        self._holidays.setText("\n".join(_holiday_lines(found)))
        self._show_day()

    async def _turned(self, day: date) -> None:
        from console.domain.calendar import SiteDay

        wanted = SiteDay(not self._days.get(day, Day(works=True)).works, self.name.text().strip())
        self._begin()
        try:
            done = await self._site.set_days({day: wanted}, self._on_progress, self._stop)
        finally:
            self._show_progress(False)
        self.name.clear()
        self._tell(day, done)

    async def _given_up(self, day: date) -> None:
        self._begin()
        try:
            done = await self._site.remove_days([day], self._on_progress, self._stop)
        finally:
            self._show_progress(False)
        self._tell(day, done)

    def _tell(self, day: date, done: "Recomputed") -> None:
        told = _("{day} 已改:复核在办时限 {looked} 件,截止时间变动 {moved} 件;再按一次即恢复")
        self._messages.say(
            told.format(day=day_words(day), looked=done.looked_at, moved=done.moved), Lamp.IN_TIME
        )
        self.reload.wish(now=True)

    def _begin(self) -> None:
        self._stop.clear()
        self._progress.setRange(0, 0)
        self._show_progress(True)

    def _on_progress(self, done: int, whole: int) -> None:
        self._progress.setRange(0, max(1, whole))
        self._progress.setValue(done)
        self._progress.setFormat(_("重算 {done} / {whole} 件").format(done=done, whole=whole))

    def _show_progress(self, shown: bool) -> None:
        self._progress.setVisible(shown)
        self._cancel.setVisible(shown)

    def _show_day(self) -> None:
        day = self.view.chosen
        found = self._days.get(day, Day(works=True))
        self._day.setText(f"{day_words(day)} · {kind_words(found)}")
        self._turn.setText(_("改为休息 空格") if found.works else _("改为上班 空格"))
        self._give_up.setEnabled(found.by_site)

    def _step(self, years: int) -> None:
        self._wanted += years
        self.reload.wish(now=True)

    def _arrow(self, name: str, text: str, words: str, years: int) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(text)
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.clicked.connect(lambda: self._step(years))
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self._arrow("yearBefore", "‹", _("上一年"), -1))
        head.addWidget(self._title)
        head.addWidget(self._arrow("yearAfter", "›", _("下一年"), 1))
        head.addSpacing(px(12))
        head.addWidget(self._warning, 1)
        head.addStretch(0)
        side = QVBoxLayout()
        side.setSpacing(px(8))
        for part in (self._day, self.name, self._turn, self._give_up, self._progress, self._cancel):
            side.addWidget(part)
        side.addSpacing(px(8))
        side.addWidget(self._holidays)
        side.addStretch(1)
        side.addWidget(self._legend)
        beside = QWidget()
        beside.setFixedWidth(px(_SIDE))
        beside.setLayout(side)
        body = QHBoxLayout()
        body.setSpacing(px(20))
        body.addWidget(self.view, 1)
        body.addWidget(beside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        layout.addLayout(head)
        layout.addLayout(body, 1)


def _days(found: "CalendarYear") -> dict[date, Day]:
    """Every day of the year: by the weekdays of its season, then what differs from them."""
    days: dict[date, Day] = {}
    day = date(found.year, 1, 1)
    while day.year == found.year:
        season = next((one for one in reversed(found.seasons) if one.since <= day), found.seasons[0])
        days[day] = Day(day.weekday() in season.weekdays)
        day += timedelta(days=1)
    for odd in found.days:
        usual = days[odd.day].works
        days[odd.day] = Day(odd.works, odd.works != usual or bool(odd.name), odd.by_site, odd.name)
    return days


def _holiday_lines(found: "CalendarYear") -> list[str]:
    """Each holiday with its days in a row, and the days made up for it."""
    named: dict[str, list[OddDay]] = {}
    for one in found.days:
        if one.name:
            named.setdefault(one.name, []).append(one)
    lines = []
    for name, listed in named.items():
        off = [one.day for one in listed if not one.works]
        made_up = [one.day for one in listed if one.works]
        line = f"{_(name)} {_span(off)}" if off else _(name)
        if made_up:
            told = _("、").join(map(short_day, made_up))
            line += _(",{days} 上班").format(days=told)
        lines.append(line)
    return lines


def _span(days: list[date]) -> str:
    first, last = days[0], days[-1]
    return short_day(first) if first == last else f"{short_day(first)} – {short_day(last)}"
