"""The practice page: its tabs, each made when it is first looked at."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from console.domain.case import Case
from console.domain.city_act import CityAct
from console.i18n import N_, _
from console.ui.messages import MessageLine
from console.ui.practice.calendar import CalendarTab
from console.ui.practice.limits import LimitsTab
from console.ui.practice.rights import RightsTab
from console.ui.practice.roster import RosterTab
from console.ui.practice.staff import StaffTab
from console.ui.practice.tab import Tab
from console.ui.practice.zones import ZonesTab
from console.ui.scale import px, pxs
from console.ui.site_door import SiteDoor
from console.ui.theme import Theme
from console.ui.turning import on_choice, show_turned
from console.ui.widgets import plain_label

if TYPE_CHECKING:
    from console.runtime.desk import Changes
    from console.ui.door import Door

_TABS = (
    ("rights", N_("岗位权限")),
    ("calendar", N_("工作日历")),
    ("zones", N_("管控")),
    ("staff", N_("人员")),
    ("roster", N_("值班表")),
    ("limits", N_("时限与撤销")),
)


class PracticePage(QFrame):
    """`chosen` gives the chosen case: its place sorts the staff."""

    def __init__(
        self,
        theme: Theme,
        messages: MessageLine,
        chosen: Callable[[], Case | None],
        failed: Callable[[BaseException], None],
    ) -> None:
        super().__init__()
        self.setObjectName("practicePanel")
        self._theme = theme
        self._messages = messages
        self._chosen = chosen
        self._failed = failed
        self._site: SiteDoor | None = None
        self._made: dict[str, Tab] = {}
        self._title = plain_label(name="practiceTitle", look="title")
        self._heads = QButtonGroup(self)
        self._stack = QStackedWidget(self)
        line = QHBoxLayout()
        line.setSpacing(px(6))
        line.addWidget(self._title)
        line.addSpacing(px(16))
        for at, (name, _words) in enumerate(_TABS):
            head = QPushButton(self)  # Qt tells of a tool button that it can be ticked by itself
            head.setObjectName(f"practice_{name}")
            head.setCheckable(True)
            self._heads.addButton(head, at)
            line.addWidget(head)
        line.addStretch(1)
        on_choice(self._heads, self.turn)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*pxs(16, 12, 16, 12))
        layout.setSpacing(px(12))
        layout.addLayout(line)
        layout.addWidget(self._stack, 1)
        self.show_words()

    @property
    def tab(self) -> Tab | None:
        """The tab that is looked at."""
        current: QWidget | None = self._stack.currentWidget()
        return current if isinstance(current, Tab) else None

    def open(self, door: "Door", zone: ZoneInfo) -> None:
        self._site = SiteDoor(door, zone)
        self.turn(0)

    def turn(self, at: int) -> None:
        """Look at the tab of that place in the row."""
        if self._site is None:
            return
        name = _TABS[at][0]
        if name not in self._made:
            self._made[name] = self._make(name, self._site)
            self._made[name].setObjectName(f"practiceTab_{name}")
            self._stack.addWidget(self._made[name])
        tab = self._made[name]
        show_turned(self._heads.button(at), down=True)
        self._stack.setCurrentWidget(tab)
        if not tab.busy:
            tab.reload.wish(now=True)
        tab.take_keyboard()

    def on_changed(self, changes: "Changes") -> None:
        """Only edits of the city concern these pages; what is being filled in stays."""
        tab = self.tab
        edited = changes.everything or CityAct.ROSTER_CHANGED in changes.acts
        if edited and tab is not None and self.isVisible() and not tab.busy:
            tab.reload.wish(now=True)

    def show_words(self) -> None:
        """In another language the tabs are made anew."""
        self._title.setText(_("规程"))
        for head, (_name, words) in zip(self._heads.buttons(), _TABS, strict=True):
            head.setText(_(words))
            head.setAccessibleName(_(words))
        shown = max(0, self._heads.checkedId())
        for tab in self._made.values():
            self._stack.removeWidget(tab)
            tab.deleteLater()
        self._made = {}
        self.turn(shown)

    def take_keyboard(self) -> None:
        if self.tab is not None:
            self.tab.take_keyboard()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.tab is not None and not self.tab.busy:
            self.tab.reload.wish(now=True)

    def _make(self, name: str, site: SiteDoor) -> Tab:
        common = (self._messages, self._failed)
        match name:
            case "rights":
                return RightsTab(site, self._theme, *common)
            case "calendar":
                return CalendarTab(site, self._theme, *common)
            case "zones":
                return ZonesTab(site, *common)
            case "roster":
                return RosterTab(site, *common)
            case "staff":
                return StaffTab(site, self._chosen, *common)
            case _:
                return LimitsTab(site, *common)
