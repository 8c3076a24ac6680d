"""The window: places the panels and introduces them to each other; it holds no rules."""

import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from console.domain.case import Case
from console.domain.errors import Refused
from console.domain.lamp import Lamp
from console.domain.wanted import CaseFilter
from console.i18n import _, named
from console.settings import Settings
from console.ui.acting import Acting
from console.ui.actions import ActAction
from console.ui.attention.attending import Attending
from console.ui.bulk.dock import BulkDock
from console.ui.bulking import Bulking
from console.ui.calendar_watch import CalendarWatch
from console.ui.case.panel import CasePanel
from console.ui.charting import Charting
from console.ui.conduct import Conduct
from console.ui.dossier import DossierSaving
from console.ui.drafts.keeping import Drafts
from console.ui.duty_door import DutyDoor
from console.ui.edge import Hub
from console.ui.explaining import Explaining
from console.ui.feed_switch import FeedSwitch
from console.ui.founding.founding import Founding
from console.ui.header import Header
from console.ui.late_parts import make_approvals, make_commands, make_keys, page_makers
from console.ui.layers import Layers
from console.ui.layouts.arranging import Arranging
from console.ui.lists import Lists
from console.ui.manual.manual import Manual
from console.ui.map.panel import MapPanel
from console.ui.map.words import map_words
from console.ui.map_link import MapLink
from console.ui.messages import MessageLine
from console.ui.narrowing import Narrowing
from console.ui.pages import Pages
from console.ui.passing import Passing
from console.ui.preferences import Preferences
from console.ui.presence import Presence
from console.ui.queue.panel import QueuePanel
from console.ui.reaching import Reaching
from console.ui.reporting import Reporting
from console.ui.seating import Seating
from console.ui.selection import Selection
from console.ui.settling import Settling
from console.ui.side import Side
from console.ui.stepping_back import step_back
from console.ui.strip import StepStrip
from console.ui.theme import Theme
from console.ui.triaging import make_triaging
from console.ui.viewing import make_viewing
from console.ui.wall.showing import Wall
from console.ui.window_actions import make_actions, word_actions
from console.ui.workspace import Workspace
from console.ui.zooming import Zooming
from console.words import refusal

if TYPE_CHECKING:
    from console.domain.city import CityProfile
    from console.queries.case import CaseCard
    from console.queries.city import CityLists
    from console.runtime.desk import Changes
    from console.ui.board.panel import BoardPanel
    from console.ui.door import Door

log = logging.getLogger(__name__)


class MainWindow(QMainWindow):
    """Signals: closing, when the user closes the window; the program then ends in its own order."""

    closing = Signal()

    def __init__(self, theme: Theme, settings: Settings, folder: Path) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.theme = theme
        self.preferences = Preferences(settings, folder, self.failed)
        self.door: Door | None = None
        self._lists: CityLists | None = None
        self._zone = ZoneInfo("Asia/Shanghai")
        self.selection = Selection(self)
        self.hub = Hub(self)
        self.doers: list[object] = [self]
        self.actions_by_name = make_actions(self, self.doers, self._on_act)
        self.header = Header(theme, settings.operator, self.actions_by_name)
        self.strip = StepStrip(theme)
        self.messages = MessageLine(theme)
        self.queue = QueuePanel(self.selection, theme, self.failed, settings.density)
        self.map = MapPanel(theme.roles)
        self.map.set_follow(settings.follow)
        self.map_link = MapLink(self.map, self.selection, self.failed, self)
        self.case = CasePanel(self.selection, theme, self.actions_by_name, self.failed, self._on_card_shown)
        self.side = Side(self.case)
        self.conduct = Conduct(self.messages, lambda: self.case.card, self.failed, self)
        bulk = BulkDock(theme), self.messages, self.conduct.clicks, self.conduct.memory
        self.bulking = Bulking(*bulk, lambda: self.reaching.focus_queue())
        self.conduct.follow_marks(lambda: self.selection.marked, self.queue.marked_cases, self.bulking)
        self.presence = Presence(
            self.selection, self.side, self.queue, self.conduct, self.bulking, self.failed
        )
        self.dossier = DossierSaving(self, self.messages, lambda: self.case.card, self.failed)
        self.feed = FeedSwitch(self)
        self.messages.add(self.feed, words=self.feed.label)
        self.acting = Acting(
            self.actions_by_name, self.side, self.conduct, self.selection, theme, self.failed, self
        )
        report = (self.side, self.map, self.conduct, self.acting.picker)
        self.reporting = Reporting(*report, self.failed, self)
        acting = (self.side, self.conduct, self.acting, self.reporting, self.messages)
        self.drafts = Drafts(*acting, lambda: self.pages.turn(""), folder, self.failed)
        self.zooming = Zooming(theme, self.preferences, self.map, self.messages, self)
        self.commands, self.keys = make_commands(self, folder), make_keys(self)
        self.left = Lists(self.queue, partial(make_approvals, self))
        self.triaging = make_triaging(self)
        self.doers += [self.commands, self.keys, self.drafts, self.zooming, self.triaging]
        self.workspace = Workspace(self.left, self.map, self.side, theme)
        self.layers = Layers(self.workspace)
        self.arranging = Arranging(
            self, self.workspace, self.layers, self.messages, folder, settings.operator, self.failed
        )
        self.reaching = Reaching(self.workspace, self.left.take_keyboard, self.map, self.case)
        self.wall = Wall(theme, self.map_link, self.messages, self.failed, self)
        self.doers += [self.arranging, self.reaching, self.wall, self.header.more]
        self.explaining = Explaining(self.layers, self.messages, theme, lambda: self.case.card, self.failed)
        self.calendar = CalendarWatch(self.header, self.messages, self.failed)
        self.seating = Seating(self.header, self.layers, self.messages, theme, self.failed)
        self.pages = Pages(self.workspace, page_makers(self))
        ticked = (self.queue, self.case, self.left, self.explaining, self.triaging)
        self.passing = Passing(self.header, self.strip, ticked, self.failed, self)
        self.narrowing = Narrowing(self.header, self.strip, self.selection, self.passing.midnight)
        self.attending = Attending(
            self.header, self.layers, self.messages, self.selection, self.preferences,
            self.actions_by_name, theme, self.show_cases, self.failed,
        )  # fmt: skip
        self.doers += [self.feed, self.explaining, self.narrowing, self.attending]
        self.viewing = make_viewing(self, folder)
        self.charting = Charting(self)
        self.settling, self.founding, self.manual = Settling(self), Founding(self, folder), Manual(self)
        self.doers += [self.settling, self.founding, self.manual]
        self._place()
        self._introduce()
        self.arranging.restore()
        self.show_words()
        self.acting.follow(None)
        self.queue.take_keyboard()

    @property
    def settings(self) -> Settings:
        return self.preferences.settings

    @property
    def profile(self) -> "CityProfile | None":
        """The city that is open, None as long as there is none."""
        return self._lists.profile if self._lists is not None else None

    @property
    def may_choose_seat(self) -> bool:
        """Whether whoever sits here may take another seat of the staff list."""
        generated = self.profile is not None and self.profile.generated
        return generated or self.settings.choose_seat

    async def open(self, door: "Door") -> None:
        """Take the opened store. Raises Refused("no_city") where no city is loaded."""
        if self.door is not door:  # a second time when a city has been founded
            door.desk.listen(self.hub.changed.emit)
        self.door = door
        await self.map_link.show_ground(door)  # first: its page paints beside all that follows
        self._lists = lists = await door.lists()
        profile = lists.profile
        self._zone = ZoneInfo(profile.timezone)
        self.header.show_city(profile, profile.timezone)
        self.header.show_time(door.now())
        self.show_words()  # a city may have its own terms
        self.queue.filters.show_lists(lists)
        self.queue.open(door, self._zone)
        self.case.open(door)
        self.conduct.open(door, lists)
        self.bulking.open(door, lists)
        self.acting.open(door, lists)
        self.reporting.open(door, lists)
        self.pages.open(door, self._zone)
        self.left.open(door)
        self.explaining.open(door)
        self.dossier.open(door)
        await self.seating.open(door, free=self.may_choose_seat)
        self.map_link.open(door)  # behind the first rows
        await self.drafts.open(door, self._zone)
        await self.commands.open(door, lists)
        await self.charting.open(door, lists)
        self.viewing.open(door, lambda: self.commands.lexicon)
        self.presence.open(door)
        self.triaging.open(door, lists)
        self.feed.open(door, profile.generated, self.settings.feed_speed)
        self.passing.open(door, self._zone)
        self.calendar.open(door)
        self.wall.open(door, profile, self._zone, self.passing.midnight)
        self.attending.open(DutyDoor(door, self._zone), lists)

    @property
    def board(self) -> "BoardPanel":
        """The evaluation board, made when it is first wanted."""
        from console.ui.board.panel import BoardPanel

        page = self.pages.page("board")
        assert isinstance(page, BoardPanel)
        return page

    def failed(self, problem: BaseException) -> None:
        """Tell what went wrong in the window; the details go to the log."""
        if isinstance(problem, Refused):
            lost = problem.code.startswith("database")  # comes every second, and the lamp tells it once
            self.messages.say(refusal(problem), Lamp.LATE, aloud=not lost)
            if lost:
                self.header.show_lamp("database", Lamp.LATE, _("数据库不可用"), refusal(problem))
            return
        log.error("not expected here", exc_info=problem)
        self.messages.say(_("出错了:{problem}(详见日志)").format(problem=repr(problem)[:200]), Lamp.LATE)

    def show_refused(self, problem: Refused) -> None:
        """Say in the empty queue why there is nothing to work on."""
        self.failed(problem)
        self.queue.say_failed(refusal(problem))

    def show_words(self) -> None:
        self.setWindowTitle(self._title())
        word_actions(self.actions_by_name)
        parts = (self.header, self.strip, self.left, self.queue, self.case, self.feed, self.pages)
        for part in (*parts, self.workspace, self.wall, self.map_link):
            part.show_words()
        for doer in (self.seating, self.triaging, self.drafts, self.commands, self.calendar, self.attending):
            doer.show_words()
        self.map.show_words(map_words())
        self.charting.show_words()

    # What the window's own actions do, by their names in console.ui.actions.WINDOW; `doers` do the others.

    def undo(self) -> None:
        self.conduct.undo()

    def more_acts(self) -> None:
        self.acting.more()

    def new_report(self) -> None:
        self.pages.turn("")  # first: the workspace takes the keyboard, and the form is to have it
        if not self.reporting.ask() and self.pages.shown:
            self.messages.say(_("还没有城市,请先在此选择"))

    def show_cases(self) -> None:
        """Turn to the list of cases, whatever fills the window."""
        self.pages.turn("")
        self.left.show_queue()

    def show_board(self) -> None:
        self.pages.toggle("board")

    def show_practice(self) -> None:
        self.pages.toggle("practice")

    def show_approvals(self) -> None:
        if self.pages.shown:
            self.pages.turn("")
            if self.left.shows_approvals:
                return
        self.left.toggle()

    def choose_seat(self) -> None:
        self.pages.turn("")
        self.seating.choose()

    def save_dossier(self) -> None:
        self.dossier.ask()

    def refresh(self) -> None:
        self.queue.refresh()
        for reload in (self.passing.counts, self.map_link.reload, self.case.reload):
            reload.wish(now=True)

    def back(self) -> None:
        step_back(self)

    def _place(self) -> None:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.header, self.strip):
            column.addWidget(part)
        column.addWidget(self.pages, 1)
        column.addWidget(self.bulking.dock)
        column.addWidget(self.messages)
        self.setCentralWidget(whole)
        self.resize(QSize(1600, 900).boundedTo(self.screen().availableSize()))

    def _introduce(self) -> None:
        self.selection.filter_changed.connect(lambda _wanted: self.left.on_filter())
        self.left.turned.connect(self.header.show_approvals)
        self.left.counted.connect(self.header.count_approvals)
        self.layers.left.connect(self.reaching.focus_queue)
        self.conduct.done.connect(self.left.on_decided)
        self.bulking.ended.connect(self.side.leave)
        self.bulking.dock.case_wished.connect(self.selection.choose_case)
        self.conduct.done.connect(self.queue.on_done)
        self.seating.changed.connect(self._on_seat_changed)
        self.narrowing.figure_shown.connect(self._on_figure_shown)
        self.selection.case_changed.connect(self._on_case_changed)
        self.pages.turned.connect(self._on_turned)
        self.reporting.registered.connect(self._on_registered)
        self.reporting.alike_wished.connect(self.selection.choose_case)
        self.side.keyboard_freed.connect(self.reaching.focus_queue)
        self.side.opened.connect(partial(self.workspace.want_side, True))
        self.side.opened.connect(partial(self.workspace.reach, "case"))
        self.workspace.map_covered.connect(self.map.set_covered)
        self.map.follow_changed.connect(lambda on: self.preferences.keep(follow=on))
        self.feed.speed_changed.connect(lambda speed: self.preferences.keep(feed_speed=speed))
        self.feed.failed.connect(self.failed)
        self.theme.changed.connect(lambda: self.map.show_theme(self.theme.roles))
        for listener in (
            self.queue.on_changed,
            self.case.on_changed,
            self.map_link.on_changed,
            self.pages.on_changed,
            self.wall.on_changed,
            self.triaging.on_changed,
            self.left.on_changed,
            self.commands.on_changed,
            self.attending.on_changed,
            self.charting.on_changed,
            self._on_changed,
        ):
            self.hub.changed.connect(listener)

    def _on_act(self, action: ActAction) -> None:
        if self.pages.shown:  # nobody acts on a case that is not seen
            self.messages.say(_("请先返回案件 Esc"))
        else:
            self.conduct.act(action)

    def _on_registered(self, case: Case) -> None:
        self.messages.say(_("已登记:{code}").format(code=case.code), Lamp.IN_TIME)
        self.selection.want(CaseFilter())
        self.selection.choose_case(case.id)

    def _on_turned(self, page: str) -> None:
        self.header.show_page(page)
        if page and page != "manual":  # it is read beside what is being done
            self.layers.clear()
        elif not page:
            self.left.take_keyboard()

    def _on_card_shown(self, card: "CaseCard | None") -> None:
        self.acting.follow(card)
        self.map_link.show_card(card)
        self.explaining.follow(card)

    def _on_case_changed(self, case_id: int) -> None:
        if self.side.busy and self.side.report is None:
            self.side.leave()
        self.acting.follow(None)  # until the card of the other case is here
        self.workspace.want_side(bool(case_id) or self.side.busy)

    def _on_figure_shown(self, name: str) -> None:
        self.pages.turn("")
        self.messages.say(_("{name} 的案件").format(name=name))

    def _on_seat_changed(self, name: str) -> None:
        self.preferences.keep(operator=name)
        self.arranging.sit(name)
        self.drafts.change_user()
        self.commands.change_user()
        self.attending.sit_down()
        self.case.reload.wish(now=True)
        self.left.reload()
        self.triaging.restart()

    def _on_changed(self, changes: "Changes") -> None:
        self.passing.counts.wish()
        if changes.everything:
            self.seating.on_changed()
            self.calendar.on_changed()

    def _title(self) -> str:
        name = _("网格指挥台")
        profile = self.profile
        return f"{named(profile.name, profile.name_en)} · {name}" if profile else name

    def closeEvent(self, event: QCloseEvent) -> None:
        self.drafts.close()
        event.ignore()  # the page goes first, then the window: see console.ui.start
        self.closing.emit()
