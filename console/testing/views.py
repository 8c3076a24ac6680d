"""The page of the saved views over the queue: which there are, what they count, and keeping one."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QListWidget, QToolButton

if TYPE_CHECKING:
    from console.testing.console import Console

_KEYS = 9


class ViewsPage:
    """Filters under a name; the first nine have keys, Ctrl+Alt+1 and so on."""

    def __init__(self, console: "Console") -> None:
        self._console = console

    @property
    def names(self) -> list[str]:
        """All of them, in the order of their keys."""
        return [view.name for view in self._console.window.queue.views.offered]

    @property
    def on(self) -> list[str]:
        """Those whose button is pressed: the queue shows what they show."""
        return [
            name
            for at, name in enumerate(self.names)
            if self._has_button(at) and self._button(at).isChecked()
        ]

    @property
    def deleted(self) -> str:
        """What the button says that brings the last deleted one back; empty without any."""
        return self._console.text("viewRestore") if self._console.shows("viewRestore") else ""

    def words(self, name: str) -> str:
        """What the button of a view says, with its count and the late ones."""
        self._count()
        return self._button(self._at(name)).text()

    def spoken(self, name: str) -> str:
        """The same as it is read out."""
        self._count()
        return self._button(self._at(name)).accessibleName()

    def open(self, name: str) -> None:
        """Show what a view shows, by its key where it has one."""
        at = self._at(name)
        if at < _KEYS:
            self._console.act(f"view_{at + 1}")
        else:
            self._choose(name)
            self._console.press("Return")

    def save(self, name: str) -> None:
        """Keep the present filter under a name; the list stays open."""
        self._console.act("save_view")
        self._console.type(name)
        self._console.press("Return")

    def rename(self, name: str, to: str) -> None:
        """Give one of this operator's own another name."""
        self._choose(name)
        self._console.fill("viewName", to)
        self._console.click("viewRename")

    def delete(self, name: str) -> None:
        """Let one of this operator's own go; `restore` brings it back."""
        self._choose(name)
        self._console.click("viewDelete")

    def restore(self) -> None:
        """Bring the last deleted one back."""
        self._console.click("viewRestore")

    def _at(self, name: str) -> int:
        names = self.names
        assert name in names, f"there is no view {name}: {names}"
        return names.index(name)

    def _choose(self, name: str) -> None:
        if not self._console.shows("viewPanel"):
            self._console.act("show_views")
        self._console.find("viewChoices", QListWidget).setCurrentRow(self._at(name))
        self._console.settle()

    def _has_button(self, at: int) -> bool:
        return self._console.shows(f"view_{at + 1}")

    def _button(self, at: int) -> QToolButton:
        return self._console.find(f"view_{at + 1}", QToolButton)

    def _count(self) -> None:
        self._console.window.queue.views.counting.wish(now=True)
        self._console.settle()
