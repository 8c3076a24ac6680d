"""What every page of the practice is: a frame that reads its part of the city and tells what went wrong."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame

from console.domain.errors import Refused
from console.domain.lamp import Lamp
from console.ui.edge import Clicks, Reload
from console.ui.messages import MessageLine
from console.ui.site_door import SiteDoor
from console.words import refusal


class Tab(QFrame):
    """Subclasses read in `_load` and act through `_clicks`."""

    def __init__(
        self, site: SiteDoor, messages: MessageLine, failed: Callable[[BaseException], None]
    ) -> None:
        super().__init__()
        self.setProperty("practiceTab", True)
        self._site = site
        self._messages = messages
        self._clicks = Clicks(self._told)
        self._failed = failed
        self.reload = Reload(self._load, failed)

    @property
    def busy(self) -> bool:
        """Whether something is being changed here that a new reading would overwrite."""
        return False

    def take_keyboard(self) -> None:
        self.setFocus()

    async def _load(self) -> None:
        raise NotImplementedError

    def _told(self, problem: BaseException) -> None:
        if isinstance(problem, Refused):
            self._messages.say(refusal(problem), Lamp.LATE)
        else:
            self._failed(problem)
