"""The chosen case as a document: where to, made beside the window, opened when it is there."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.domain.errors import Refused
from console.domain.lamp import Lamp
from console.i18n import _
from console.ui.documents import documents
from console.ui.edge import start
from console.ui.messages import MessageLine
from console.ui.qt_words import word_dialog
from console.ui.scale import px, pxs
from console.ui.widgets import plain_label, push_button
from console.words import refusal
from console.words.dossier import DOSSIER_STAGES

if TYPE_CHECKING:
    import asyncio

    from console.queries.case import CaseCard
    from console.ui.door import Door

_OFFERED_MS = 60_000


class DossierSaving(QObject):
    """One document at a time; its progress and what to do with it stand in the message line."""

    def __init__(
        self,
        window: QWidget,
        messages: MessageLine,
        card: "Callable[[], CaseCard | None]",
        failed: Callable[[BaseException], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._messages = messages
        self._card = card
        self._failed = failed
        self._door: Door | None = None
        self._task: asyncio.Task[None] | None = None
        self._saved: Path | None = None
        self._line = QWidget()
        self._line.setObjectName("dossierLine")
        self._stage = plain_label(name="dossierStage", look="muted")
        self._cancel = push_button(self._line, "cancelDossierButton", self.cancel)
        self._open = push_button(self._line, "openDossierButton", lambda: self._show(self._saved))
        self._folder = push_button(
            self._line,
            "openDossierFolderButton",
            lambda: self._show(self._saved.parent if self._saved else None),
        )
        row = QHBoxLayout(self._line)
        row.setContentsMargins(*pxs(0, 2, 0, 2))
        row.setSpacing(px(6))
        for part in (self._stage, self._cancel, self._open, self._folder):
            row.addWidget(part)
        self._line.hide()
        self._gone = QTimer(self)
        self._gone.setSingleShot(True)
        self._gone.setInterval(_OFFERED_MS)
        self._gone.timeout.connect(self._line.hide)
        messages.add(self._line)

    def open(self, door: "Door") -> None:
        self._door = door

    @property
    def busy(self) -> bool:
        return self._task is not None and not self._task.done()

    def ask(self) -> None:
        """Ask where to, then make it."""
        card = self._card()
        if card is None:
            self._messages.say(_("请先选一个案件"))
        elif self.busy:
            self._messages.say(_("上一份案卷还在制作"))
        else:
            self._ask(card.case.code)

    def save(self, code: str, target: Path) -> None:
        """Make the dossier of a case and write it there."""
        self._task = start(self._save(code, target))

    def cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _ask(self, code: str) -> None:
        from PySide6.QtWidgets import QFileDialog  # Qt makes a class when it is first named: this one is big

        name = _("案卷 {code}.pdf").format(code=code)
        dialog = QFileDialog(self._window, _("保存案卷"))
        dialog.setObjectName("dossierDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDirectory(documents())
        dialog.setDefaultSuffix("pdf")
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda file: self.save(code, Path(file)))
        dialog.finished.connect(dialog.deleteLater)
        word_dialog(dialog).open()

    async def _save(self, code: str, target: Path) -> None:
        import asyncio

        assert self._door is not None
        self._saved = None
        self._gone.stop()
        self._offer(working=True)
        try:
            await self._door.dossier(code, target, self._on_stage)
        except asyncio.CancelledError:
            self._line.hide()
            self._messages.say(_("已取消:没有写入文件"))
            return
        except Refused as problem:
            self._line.hide()
            self._messages.say(refusal(problem), Lamp.LATE)
            return
        except Exception as problem:  # the last place where it can be told
            self._line.hide()
            self._failed(problem)
            return
        self._saved = target
        self._offer(working=False)
        self._messages.say(_("案卷已保存:{file}").format(file=target), Lamp.IN_TIME)
        self._gone.start()

    def _on_stage(self, stage: str) -> None:
        self._stage.setText(_("案卷:{stage}…").format(stage=_(DOSSIER_STAGES[stage])))

    def _offer(self, *, working: bool) -> None:
        self._cancel.setText(_("取消"))
        self._open.setText(_("打开"))
        self._folder.setText(_("打开文件夹"))
        if working:
            self._on_stage("reading")
        self._stage.setVisible(working)
        self._cancel.setVisible(working)
        self._open.setVisible(not working)
        self._folder.setVisible(not working)
        self._line.show()

    def _show(self, place: Path | None) -> None:
        if place is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(place))):
            self._messages.say(_("没有程序可以打开 {file}").format(file=place), Lamp.SOON)
