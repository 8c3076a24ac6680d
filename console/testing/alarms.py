"""The page of the alarms: what the bar tells, every line of the list, and what is done about them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.testing.console import Console


class AlarmsPage:
    """The bar over the workspace and the list behind it."""

    def __init__(self, console: "Console") -> None:
        self._console = console

    @property
    def told(self) -> str:
        """What the bar says; empty while nothing waits for an answer."""
        return self._console.text("alarmText") if self._console.shows("alarmBar") else ""

    @property
    def waiting(self) -> str:
        """What the button in the top line tells of those that wait, as it is read out; empty without any."""
        return self._console.find("alarmsButton").accessibleDescription()

    @property
    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self._console.shows("alarmPanel")

    @property
    def lines(self) -> list[str]:
        """The lines of the list, the newest first: what, when, where, and what became of it."""
        return [row[0] for row in self._console.rows("alarmList")]

    def open(self) -> None:
        """Show the list; its keys go by the line that is chosen in it."""
        if not self.is_open:
            self._console.act("show_alarms")

    def go(self) -> None:
        """Show the cases of the alarm that the bar tells."""
        self._console.act("go_to_alarm")

    def acknowledge(self) -> None:
        """Acknowledge all that wait."""
        self._console.act("acknowledge_alarms")
