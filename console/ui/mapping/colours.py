"""The colouring of the map as the window has it: chosen by key or on the map, kept for each user."""

from collections.abc import Callable
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from console.domain.colouring import BY_KEY, COLOURINGS, CYCLE, DAYS, Ground, Wish
from console.i18n import _, language
from console.ui.edge import Reload
from console.ui.map_link import MapLink
from console.ui.mapping.chosen import Chosen
from console.ui.mapping.colour_words import GROUNDS, live, title_of, told
from console.ui.mapping.reach import MapReach
from console.ui.messages import MessageLine

if TYPE_CHECKING:
    from console.queries.city import CityLists
    from console.queries.colouring import Coloured
    from console.runtime.desk import Changes
    from console.ui.colours_door import ColoursDoor
    from console.ui.door import Door
    from console.ui.mapping.figure import Figure

_PART = "colouring"
_SOON_MS, _LATER_MS = 400, 10_000  # what stands now is told at once, a month's shares hardly move
_SHARE = 20  # of what an answer took the next one waits so many times: it has a reading thread to itself
_TICKS = 6  # of ten seconds: time alone makes a case late


class MapColours(QObject):
    """One of the parts of console.ui.charting. The open cases by unit grid are MapLink's own business.

    Signals: coloured, when the map shows another colouring or other values of it.
    """

    coloured = Signal()

    def __init__(
        self,
        link: MapLink,
        chosen: Chosen,
        reach: MapReach,
        messages: MessageLine,
        failed: Callable[[BaseException], None],
    ) -> None:
        super().__init__(link)
        self._link = link
        self._panel = link.panel
        self._chosen = chosen
        self._reach = reach
        self._messages = messages
        self._door: ColoursDoor | None = None
        self._found: Coloured | None = None
        self._ticks = 0
        self.wish = Wish()
        self.soon = Reload(self._load, failed, wait_ms=_SOON_MS)
        self.later = Reload(self._load_later, failed, wait_ms=_LATER_MS)
        self._panel.declare(_PART, live(self.wish))
        self._panel.hear("colouring", self._on_chosen)
        chosen.changed.connect(self._take_up)
        link.city_shown.connect(self._show)

    async def open(self, door: "Door", lists: "CityLists") -> None:
        """Take the opened store."""
        from console.ui.colours_door import ColoursDoor

        self._door = ColoursDoor(door, ZoneInfo(lists.profile.timezone))
        self._show()

    def on_changed(self, changes: "Changes") -> None:
        """Ask again, soon or later."""
        if changes.everything:
            self.soon.wish()
        else:
            self._wish_again()

    def tick(self, now: datetime) -> None:
        """Ten seconds have passed."""
        self._ticks += 1
        if self._ticks % _TICKS == 0:
            self._wish_again()

    def show_words(self) -> None:
        """Speak the language of the moment."""
        if self._is_live:
            self._panel.set_part(_PART, live(self.wish))
        elif self._found is not None:
            self.soon.wish(now=True)  # the areas have names in each language

    def next_colouring(self) -> None:
        """The next of those that are looked at most."""
        at = CYCLE.index(self.wish.key) + 1 if self.wish.key in CYCLE else 0
        key = CYCLE[at % len(CYCLE)]
        self.colour(Wish(key, BY_KEY[key].usual, self.wish.days))

    def choose_colouring(self) -> None:
        """Open the list with the keyboard in it, or close it."""
        self._reach.open_list(_PART)

    def colour(self, wish: Wish) -> None:
        """Colour by this, and keep it for this user."""
        self.wish = wish
        self._chosen.put(_PART, {"key": wish.key, "ground": wish.ground.value, "days": wish.days})
        self._messages.say(_("地图着色:{title}").format(title=title_of(wish.key)))
        self._show()

    @property
    def figure(self) -> "Figure | None":
        """What the map is coloured by; None where that is the open cases, grid by grid."""
        from console.ui.mapping.figure import Figure

        return None if self._found is None or self._is_live else Figure.of(self._found)

    @property
    def _is_live(self) -> bool:
        return self.wish.key == "open" and self.wish.ground is Ground.CELL

    def _wish_again(self) -> None:
        if not self._is_live:
            (self.later if self.wish.colouring.over else self.soon).wish()

    def _show(self) -> None:
        if self._is_live:
            self._found = None
            self._link.paint(None)
            self.coloured.emit()
            self._panel.set_bytes("values", b"")
            self._panel.set_part(_PART, live(self.wish))
        else:
            self.soon.wish(now=True)

    async def _load(self) -> None:
        if self._door is None or self._is_live:
            return
        wish = self.wish
        began = monotonic()
        found, values = await self._door.coloured(wish, english=language() == "en")
        self.later.calm(max(_LATER_MS, round((monotonic() - began) * 1000 * _SHARE)))
        if wish != self.wish:
            self.soon.wish(now=True)
            return
        self._found = found
        if self._link.paint(found.levels):
            self._panel.set_bytes("values", values)
            self._panel.set_part(_PART, told(found, self._door.zone))
        self.coloured.emit()

    async def _load_later(self) -> None:
        await self._load()

    def _take_up(self) -> None:
        self.wish = of_document(self._chosen.of(_PART))
        self._show()

    def _on_chosen(self, at: int, ground: int, days: int) -> None:
        colouring = COLOURINGS[at]
        where = colouring.usual if ground < 0 else GROUNDS[ground]
        self.colour(Wish(colouring.key, where, DAYS[days]))


def of_document(kept: Any) -> Wish:
    """What was kept; a document that does not say it whole is as none."""
    match kept:
        case {"key": str() as key, "ground": str() as ground, "days": int() as days}:
            if key in BY_KEY and ground in set(Ground) and days in DAYS:
                return Wish(key, Ground(ground), days)
    return Wish()
