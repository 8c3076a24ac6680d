"""The pages of what a site sets: its practice, this user's settings, the city and its data, the wall."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QProgressBar, QPushButton, QTableView

from console.domain.actor import Post
from console.domain.operation import Operation
from console.settings import DECLARED
from console.testing import hands
from console.ui.practice.rights_model import POST_COLUMNS, ROWS
from console.ui.settings_page.page import SettingsPage as Settings

if TYPE_CHECKING:
    from console.testing.console import Console


_MAKING_S = 600.0  # a demo city on a machine that others work on


class PracticePage:
    """The rights of the posts, and the other pages of the practice."""

    def __init__(self, console: "Console") -> None:
        self._console = console

    @property
    def is_open(self) -> bool:
        """Whether it is shown."""
        return self._console.shows("practiceTitle")

    def open(self, page: str = "rights") -> None:
        """Show a page: "rights", "calendar", "zones", "staff", "roster", "limits"."""
        if not self.is_open:
            self._console.act("show_practice")
        self._console.click(f"practice_{page}")

    def right(self, operation: str, post: str) -> str:
        """Whether a post may do an operation, by their codes, as the cell reads it out."""
        return self._console.rows("rightsTable")[ROWS.index(Operation(operation))][_column(post)]

    def turn(self, operation: str, post: str) -> None:
        """Click a right: given or taken away, not yet saved."""
        table = self._console.find("rightsTable", QTableView)
        index = table.model().index(ROWS.index(Operation(operation)), _column(post))
        table.scrollTo(index)
        hands.click(table.viewport(), table.visualRect(index).center())
        self._console.settle()

    def save(self, note: str) -> None:
        """Save the rights, with what is written into the journal."""
        self._console.fill("practiceNote", note)
        self._console.click("savePracticeButton")


class SettingsPage:
    """This user's settings, by name: "theme", "zoom" ..."""

    def __init__(self, console: "Console") -> None:
        self._console = console

    @property
    def is_open(self) -> bool:
        """Whether it is shown."""
        return self._console.shows("settingsTitle")

    @property
    def faults(self) -> list[str]:
        """What was wrong in a file that was brought in, a line for each field."""
        return (
            self._console.text("settingsFaults").splitlines() if self._console.shows("settingsFaults") else []
        )

    @property
    def shown(self) -> list[str]:
        """The names of the settings that the search lets through."""
        return [name for name in DECLARED if self._console.shows(f"row_{name}")]

    def open(self) -> None:
        """Show them."""
        if not self.is_open:
            self._console.act("show_settings")

    def search(self, text: str) -> None:
        """Show what fits a text; empty shows all."""
        self._console.fill("settingsAsked", text)

    def put(self, name: str, value: str) -> None:
        """Give a setting a value: a choice by its code, "on" or "off", a number, a text."""
        self.search(name)
        self._console.fill(f"setting_{name}", value)
        if isinstance(self._console.find(f"setting_{name}"), QLineEdit):
            self._console.press("Return")

    def reset(self, name: str) -> None:
        """Back to what the administrator or the program gives."""
        self.search(name)
        self._console.click(f"reset_{name}")

    def bring_in(self, file: Path) -> None:
        """Take over the settings of a file, as the import button does with it."""
        self._page.bring_in(file)
        self._console.settle()

    def hand_out(self, file: Path) -> None:
        """Write them into a file, as the export button does."""
        self._page.hand_out(file)
        self._console.settle()

    @property
    def _page(self) -> Settings:
        return self._console.find("settingsPage", Settings)


class CityPage:
    """The first run and the city's data: a pack is checked before anything is loaded."""

    def __init__(self, console: "Console") -> None:
        self._console = console

    @property
    def is_open(self) -> bool:
        """Whether it is shown."""
        return self._console.shows("foundTitle")

    @property
    def told(self) -> str:
        """What was found, as a whole; empty before anything was checked."""
        return self._console.text("foundTold") if self._console.shows("foundTold") else ""

    @property
    def findings(self) -> list[str]:
        """What is wrong in the pack, line by line."""
        if not self._console.shows("foundFindings"):
            return []
        return self._console.find("foundFindings", QPlainTextEdit).toPlainText().splitlines()

    def open(self) -> None:
        """Show it."""
        if not self.is_open:
            self._console.act("show_city")

    def check(self, pack: Path) -> None:
        """Check a pack, a folder or a zip file, and wait for what was found."""
        self._console.fill("foundPack", str(pack))
        self._console.click("foundCheck")
        self._console.until(lambda: not self._console.window.founding.busy, "the pack is checked")
        self._console.settle()

    @property
    def can_load(self) -> bool:
        """Whether the pack that was checked can be loaded here."""
        return self._console.shows("foundLoad") and self._console.find("foundLoad").isEnabled()

    def load(self) -> None:
        """Load the checked pack, and wait until the window stands on its city."""
        self._begin("foundLoad")
        self._wait_for_city()

    def make(self, kind: str) -> None:
        """Let a city be made, "demo" or "training", and wait until the window stands on it; some minutes."""
        self._begin(f"found{kind.capitalize()}")
        self._wait_for_city()

    def begin(self, kind: str) -> None:
        """Let a city be made, and wait only until it is under way."""
        self._begin(f"found{kind.capitalize()}")
        self._console.until(
            lambda: self._console.find("foundProgress", QProgressBar).value() > 0, "it goes on"
        )

    def stop(self) -> None:
        """Give up what is under way; nothing of it is kept."""
        self._console.find("foundStop", QPushButton).click()
        self._console.until(lambda: not self._console.window.founding.busy, "it is given up")
        self._console.settle()

    @property
    def can_remove(self) -> bool:
        """Whether the city is a sample, which can be set aside."""
        return self._console.shows("foundRemove")

    @property
    def can_put_back(self) -> bool:
        """Whether a sample was set aside and no city is here."""
        return self._console.shows("foundPutBack")

    def remove_sample(self) -> None:
        """Set the sample aside with all that was entered: done when this window is closed.

        Leave the `with` of `open_console` then; the folder opened again asks which city.
        """
        self._console.find("foundRemove", QPushButton).click()

    def put_sample_back(self) -> None:
        """Take the set aside city up again: done when this window is closed, like `remove_sample`."""
        self._console.find("foundPutBack", QPushButton).click()

    def _begin(self, button: str) -> None:
        self._console.find(button, QPushButton).click()
        self._console.until(lambda: self._console.window.founding.busy, "it is begun")

    def _wait_for_city(self) -> None:
        window = self._console.window
        done = lambda: not window.founding.busy and (window.profile is not None or self.told)  # noqa: E731
        self._console.until(done, "the city is there", _MAKING_S)
        assert window.profile is not None, self.told
        self._console.until(lambda: not self.is_open and window.queue.idle, "the window stands on the city")
        self._console.settle()


class WallPage:
    """The window for the room."""

    def __init__(self, console: "Console") -> None:
        self._console = console

    @property
    def is_open(self) -> bool:
        """Whether its window stands."""
        return self._console.window.wall.window is not None

    @property
    def told(self) -> str:
        """What it tells: city, duty, and the number of every step."""
        window = self._console.window.wall.window
        return window.sheet.accessibleDescription() if window is not None else ""

    def open(self) -> None:
        """Put it up, and wait until it has its figures."""
        wall = self._console.window.wall
        wall.show_wall()
        self._console.until(lambda: bool(self.told) and wall.reload.idle, "the wall has its figures")

    def close(self) -> None:
        """Take it down."""
        wall, ended = self._console.window.wall, list[bool]()
        wall.ended.connect(lambda: ended.append(True))
        wall.close()
        self._console.until(lambda: ended, "the wall is gone")
        self._console.window.activateWindow()
        self._console.settle()


def _column(post: str) -> int:
    return POST_COLUMNS.index(Post(post))
