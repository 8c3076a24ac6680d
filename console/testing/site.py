"""The pages of what a site sets: its practice, this user's settings, the city and its data, the wall."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTableView

from console.domain.actor import Post
from console.domain.operation import Operation
from console.settings import DECLARED
from console.testing import hands
from console.ui.practice.rights_model import POST_COLUMNS, ROWS
from console.ui.settings_page.page import SettingsPage as Settings

if TYPE_CHECKING:
    from console.testing.console import Console


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
