"""The page of the layouts: where the panels stand, in which window, and the layouts kept under a name."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect

if TYPE_CHECKING:
    from console.testing.console import Console
    from console.ui.layouts.frame import PanelFrame


class LayoutPage:
    """Panels are called "queue", "map" and "case"; boxes are pixels of the room that they share."""

    def __init__(self, console: "Console") -> None:
        self._console = console

    @property
    def name(self) -> str:
        """The layout in use."""
        return self._console.window.arranging.shelf.in_use.name

    @property
    def names(self) -> list[str]:
        """All layouts in the order of their keys, the built-in ones first."""
        return [layout.name for layout in self._console.window.arranging.shelf.all]

    @property
    def own(self) -> list[str]:
        """Those that this operator has kept."""
        return [layout.name for layout in self._console.window.arranging.shelf.own]

    @property
    def width(self) -> int:
        """Of the room that the panels share, in pixels."""
        return self._console.window.workspace.width()

    @property
    def problem(self) -> str:
        """Why a name was not taken; empty where nothing was wrong."""
        return self._console.text("layoutProblem") if self._console.shows("layoutProblem") else ""

    def box(self, panel: str) -> tuple[int, int, int, int]:
        """Where a panel stands in the room: left, top, width, height."""
        frame = self._frame(panel)
        corner = frame.mapTo(self._console.window.workspace, QPoint(0, 0))
        return corner.x(), corner.y(), frame.width(), frame.height()

    def is_floating(self, panel: str) -> bool:
        """Whether a panel has a window of its own."""
        return self._frame(panel).window() is not self._console.window

    def window_box(self, panel: str) -> QRect:
        """Where the window stands on the screen that a panel is in, without its frame."""
        return self._frame(panel).window().geometry()

    def show(self, number: int) -> None:
        """Stand as in the layout of that number, from 1, as its key does."""
        self._console.act(f"layout_{number}")

    def float(self, panel: str) -> None:
        """Give a panel a window of its own, or take it back, as the button of its bar does."""
        self._console.window.arranging.toggle_window(panel)
        self._console.settle()

    def close_window(self, panel: str) -> None:
        """Close a panel's own window, as its frame does: the panel returns."""
        assert self.is_floating(panel), f"{panel} has no window of its own"
        self._frame(panel).window().close()
        self._console.settle()

    def enter_window(self, panel: str) -> None:
        """Go to the window that a panel is in: keys go there now."""
        window = self._frame(panel).window()
        window.activateWindow()
        self._console.until(window.isActiveWindow, f"the window of {panel} has the keyboard")

    def save(self, name: str) -> None:
        """Keep how the panels stand under a name; the list stays open."""
        self._list()
        self._console.fill("layoutName", name)
        self._console.press("Return")

    def rename(self, to: str) -> None:
        """Give the layout in use another name."""
        self._list()
        self._console.fill("layoutName", to)
        self._console.click("renameLayout")

    def drop(self) -> None:
        """Let the chosen layout of the list go; `restore` brings it back."""
        self._list()
        self._console.find("layoutList").setFocus()
        self._console.press("Delete")

    def restore(self) -> None:
        """Bring the last dropped one back."""
        self._console.click("undropLayout")

    def _list(self) -> None:
        if not self._console.shows("layoutPanel"):
            self._console.act("show_layouts")

    def _frame(self, panel: str) -> "PanelFrame":
        return self._console.window.workspace.frames[panel]
