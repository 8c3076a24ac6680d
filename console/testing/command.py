"""The page of the command line: what is written, what it says it would do, and what it offers instead."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.testing.console import Console


class CommandPage:
    """The line at the top of the window, with what opens under it."""

    def __init__(self, console: "Console") -> None:
        self._console = console

    @property
    def is_open(self) -> bool:
        """Whether it lies open: what the line means is said under it."""
        return self._console.shows("commandPalette")

    @property
    def line(self) -> str:
        """What stands in the line."""
        return self._console.text("searchField")

    @property
    def says(self) -> str:
        """What the line would do, and on how many cases; or why it does nothing."""
        return self._console.window.commands.palette.words

    @property
    def offers(self) -> list[str]:
        """What can be chosen instead, each as it would stand in the line or is done."""
        return [row[0] for row in self._console.rows("commandList")]

    def number(self, code: str) -> int:
        """The number that stands before a case's row while the line is open. AssertionError out of view."""
        window = self._console.window
        for at, number in window.commands.numbers.take_numbers():
            row = window.queue.model.row_at(at)
            if row is not None and row.code == code:
                return number
        raise AssertionError(f"{code} has no number: {self._console.queue.rows}")

    def write(self, line: str) -> None:
        """Write this and nothing else into the line, and nothing more: `console.say` gives it with Enter."""
        if self._console.focused != "searchField":
            self._console.act("search")
        self._console.press("Ctrl+A")
        self._console.type(line)

    def choose(self, words: str) -> None:
        """Walk down to the first offer that holds these words, and Enter."""
        at = next((at for at, offer in enumerate(self.offers) if words in offer), None)
        assert at is not None, f"{words} is not offered: {self.offers}"
        self._console.press(*["Down"] * (at + 1), "Return")
