"""The first run at work: what was wished is made beside the window, which then opens on the new city."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console.domain.errors import Refused
from console.domain.lamp import Lamp
from console.i18n import _
from console.kept import forget, keep, kept
from console.ui.edge import Clicks
from console.ui.founding_door import FoundingDoor
from console.words import refusal

if TYPE_CHECKING:
    import asyncio

    from console.ui.door import Door
    from console.ui.founding.page import FoundingPage
    from console.ui.main_window import MainWindow

_LEFT = "said-next.json"
_DEMO_CASES = 51_135
_TRAINING_SPEED = 10


class Founding(QObject):
    """A sample goes and comes back while no store is open: `finish` does it, and the program starts anew.

    `url` is the database where it is not the one in the folder.
    """

    def __init__(self, window: "MainWindow", folder: Path) -> None:
        super().__init__(window)
        self._window = window
        self._folder = folder
        self._clicks = Clicks(window.failed)
        self._door: FoundingDoor | None = None
        self._page: FoundingPage | None = None
        self._founded: asyncio.Future[None] | None = None
        self._afterwards: Callable[[], str] | None = None
        self.url: str | None = None
        self._lead_on: Callable[[], None] = lambda: None  # what whoever made this city does first in it

    def make_page(self) -> "FoundingPage":
        from console.ui.founding.page import FoundingPage

        page = self._page = FoundingPage()
        page.demo_wished.connect(lambda: self._make(self._demo))
        page.training_wished.connect(lambda: self._make(self._training))
        page.check_wished.connect(lambda pack: self._make(lambda: self._check(pack)))
        page.load_wished.connect(lambda pack, tolerant: self._make(lambda: self._own(pack, tolerant)))
        page.stop_wished.connect(self.stop)
        page.remove_wished.connect(self.remove)
        page.back_wished.connect(self.put_back)
        page.language_wished.connect(self._window.settling.switch_language)
        return page

    def show_city(self) -> None:
        """Turn to the page, or from it back; a window's action."""
        self._show()
        self._window.pages.toggle("founding")

    async def found(self, door: "Door") -> None:
        """Show the page and wait until there is a city."""
        import asyncio

        self._founded = asyncio.get_running_loop().create_future()
        self._open(door)
        self._show()
        self._window.pages.home = "founding"  # an empty workspace would wait for ever
        self._window.pages.turn("founding")
        await self._founded
        self._window.pages.home = ""
        self._window.pages.turn("")
        self._lead_on()

    def stop(self) -> None:
        if self._door is not None:
            self._door.stop()

    def remove(self) -> None:
        """Set the sample aside once this window is closed, and start anew."""
        from console.runtime.founding import remove_sample

        self._leave(
            lambda: _("演示数据已移到 {place},可放回").format(
                place=remove_sample(self._folder, self.url, datetime.now(UTC))
            )
        )

    def put_back(self) -> None:
        """Undo `remove` in the same way."""
        from console.runtime.founding import put_sample_back

        self._leave(lambda: _("已从 {place} 放回").format(place=put_sample_back(self._folder, self.url)))

    def finish(self) -> bool:
        """Do what was to be done once the store is closed; True where the program is to start anew.

        What came of it is left for the next window to say.
        """
        if self._afterwards is None:
            return False
        try:
            said, well = self._afterwards(), True
        except Refused as problem:
            said, well = refusal(problem), False
        with suppress(Refused):  # a folder that cannot be written: what came of it is seen all the same
            keep(self._folder / _LEFT, {"said": said, "well": well})
        return True

    def say_left(self) -> None:
        """Say what the window before this one left to be said."""
        path = self._folder / _LEFT
        try:
            left = kept(path)
            forget(path)
        except (Refused, OSError) as problem:
            self._window.failed(problem)
            return
        if isinstance(left, dict):
            self._window.messages.say(str(left.get("said", "")), Lamp.NONE if left.get("well") else Lamp.LATE)

    @property
    def busy(self) -> bool:
        return self._clicks.busy

    def _open(self, door: "Door") -> None:
        assert self._window.pages.page("founding") is self._page
        page = self._page
        assert page is not None
        self._door = FoundingDoor(door, page.show_progress)

    def _show(self) -> None:
        from console.runtime.founding import waiting_aside

        if self._door is None and self._window.door is not None:
            self._open(self._window.door)
        self._window.pages.page("founding")
        assert self._page is not None
        self._page.show_city(self._window.profile, waiting_aside(self._folder))

    def _leave(self, work: Callable[[], str]) -> None:
        self._afterwards = work
        self._window.close()

    def _make(self, work: Callable[[], Awaitable[None]]) -> None:
        async def made() -> None:
            page = self._page
            assert page is not None
            page.show_busy(True)
            try:
                await work()
            except Refused as problem:
                page.show_refused(problem)
                self._window.failed(problem)
            finally:
                page.show_busy(False)

        if self._door is not None:
            self._clicks.run(made)

    async def _demo(self) -> None:
        assert self._door is not None
        made = await self._door.demo(_DEMO_CASES)
        self._done(made.city)

    async def _training(self) -> None:
        assert self._door is not None
        made = await self._door.training()
        self._window.preferences.keep(feed_speed=_TRAINING_SPEED)
        self._lead_on = self._window.manual.show_tour
        self._done(made.city)

    async def _own(self, pack: Path, tolerant: bool) -> None:
        assert self._door is not None
        made = await self._door.own(pack, tolerant=tolerant)
        self._done(made.city)

    async def _check(self, pack: Path) -> None:
        assert self._door is not None
        assert self._page is not None
        checked = await self._door.check(pack)
        self._page.show_checked(checked)
        said = _("已检查 {pack}:{number} 处问题").format(pack=pack, number=len(checked.findings))
        self._window.messages.say(said, Lamp.SOON if checked.findings else Lamp.IN_TIME)

    def _done(self, city: str) -> None:
        self._window.messages.say(_("{city} 已就绪").format(city=city), Lamp.IN_TIME)
        if self._founded is not None and not self._founded.done():
            self._founded.set_result(None)
