"""Files handed to a widget: dropped on it, or chosen in a dialog that is open()ed."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QWidget

from console.i18n import _
from console.ui.qt_words import word_dialog


class FileTaker(QFrame):
    """A frame on which files may be dropped while it `takes` any.

    Signals: files_given(list[Path]).
    """

    files_given = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.takes = True

    def choose_files(self) -> None:
        """Let the user choose photos and files."""
        dialog = QFileDialog(self, _("选择照片与文件"))
        dialog.setObjectName("photoDialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(
            [_("照片与文件") + " (*.jpg *.jpeg *.png *.webp *.pdf)", _("所有文件") + " (*)"]
        )
        dialog.filesSelected.connect(self._on_chosen)
        dialog.finished.connect(dialog.deleteLater)
        word_dialog(dialog).open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.takes and dropped(event.mimeData()):
            event.acceptProposedAction()
            self._show_hover(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_hover(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_hover(False)
        if self.takes and (paths := dropped(event.mimeData())):
            event.acceptProposedAction()
            self.files_given.emit(paths)

    def _on_chosen(self, names: list[str]) -> None:
        self.files_given.emit([Path(name) for name in names])

    def _show_hover(self, over: bool) -> None:
        self.setProperty("dropping", over)
        self.style().unpolish(self)
        self.style().polish(self)


def dropped(data: QMimeData) -> list[Path]:
    """The files of this machine among what is dragged; addresses elsewhere are not fetched."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
