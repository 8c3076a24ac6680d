"""F1: the manual at the page for what has the keyboard, and back to exactly there."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from shiboken6 import isValid

from console.domain.errors import Refused
from console.domain.lamp import Lamp
from console.i18n import _
from console.ui.edge import Clicks
from console.ui.manual.places import page_for
from console.ui.qt_words import word_dialog
from console.words import refusal

if TYPE_CHECKING:
    from console.ui.main_window import MainWindow
    from console.ui.manual.page import ManualPage

NAME = "manual"
_TOUR = "tour"


class Manual(QObject):
    """`show_manual` is the window's action of that name."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._clicks = Clicks(window.failed)
        self._page: ManualPage | None = None
        self._from: tuple[str, QWidget | None] = ("", None)
        self._touring = False

    def make_page(self) -> "ManualPage":
        from console.ui.manual.page import ManualPage

        page = self._page = ManualPage(self._window.theme)
        page.left.connect(self.leave)
        page.save_wished.connect(self._ask)
        return page

    def show_manual(self) -> None:
        """Read about what has the keyboard, or go back to it."""
        if self.leave():
            return
        widget = QApplication.focusWidget()
        if self._touring:  # whoever follows the tour goes to and fro: it stands where it was left
            self._show("", widget)
        else:
            self._show(page_for(widget, self._window.pages.shown), widget)

    def show_tour(self) -> None:
        """Begin the first day: the tour is read beside what is tried."""
        self._show(_TOUR, QApplication.focusWidget())

    def _show(self, name: str, widget: QWidget | None) -> None:
        pages = self._window.pages
        self._window.keys.leave()
        page = pages.page(NAME)
        assert page is self._page
        assert self._page is not None
        self._from = (pages.shown, widget)
        if name:
            self._page.turn(name)
        pages.turn(NAME)

    def leave(self) -> bool:
        """Back to where the reader came from, the keyboard where it was; False where no manual is shown."""
        if self._window.pages.shown != NAME:
            return False
        profile, page = self._window.profile, self._page
        self._touring = profile is not None and profile.training and page is not None and page.here == _TOUR
        shown, widget = self._from
        self._window.pages.turn(shown)
        if widget is not None and isValid(widget) and widget.isVisible():
            widget.setFocus()
        return True

    def save(self, target: Path) -> None:
        """Write the whole manual there as a PDF, in the language in use."""

        async def work() -> None:
            import asyncio

            from console.runtime.manual import save_manual

            self._window.messages.say(_("正在排版手册…"))
            try:
                await asyncio.get_running_loop().run_in_executor(None, save_manual, target)
            except Refused as problem:
                self._window.messages.say(refusal(problem), Lamp.LATE)
            else:
                self._window.messages.say(_("手册已保存:{file}").format(file=target), Lamp.IN_TIME)

        self._clicks.run(work)

    @property
    def busy(self) -> bool:
        return self._clicks.busy

    def _ask(self) -> None:
        dialog = QFileDialog(self._window, _("保存手册"), str(Path.home()), "PDF (*.pdf)")
        dialog.setObjectName("manualDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile("grid-console-manual.pdf")
        dialog.fileSelected.connect(lambda file: self.save(Path(file)))
        dialog.finished.connect(dialog.deleteLater)
        word_dialog(dialog).open()
