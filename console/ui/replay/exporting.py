"""A film of the period that is read: its size, speed and kind, where to, how far it is."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QToolButton, QWidget

from console.domain.errors import Refused
from console.domain.replay import SPEEDS
from console.i18n import _
from console.ui.edge import Clicks
from console.ui.flow_layout import FlowRow
from console.ui.naming import name_box
from console.ui.qt_words import word_dialog
from console.ui.widgets import plain_label

if TYPE_CHECKING:
    from console.queries.past import Past
    from console.ui.replay.bar import ReplayBar
    from console.ui.replay_door import ReplayDoor

SIZES = ((1280, 720), (1920, 1080))
_RATE = 10  # as console.runtime.film has it: how long a film becomes is told before it is made


class Exporting(QObject):
    """The film is drawn from the journal on a thread of its own; the page may be used meanwhile.

    Signals: told(str): what came of it; progressed(int, int): pictures, from the thread.
    """

    told = Signal(str)
    progressed = Signal(int, int)

    def __init__(
        self,
        bar: "ReplayBar",
        theme: Callable[[], str],
        failed: Callable[[BaseException], None],
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._bar = bar
        self._page = page
        self._theme = theme
        self._door: ReplayDoor | None = None
        self._past: Past | None = None
        self._stop = False
        self.clicks = Clicks(failed)
        self.button = QToolButton(page)
        self.button.setObjectName("replayExport")
        self.button.setCheckable(True)
        self.row = QFrame(page)
        self.row.setObjectName("replayFilm")
        self.size, self.speed, self.kind = (QComboBox(self.row) for _box in range(3))
        for box, name in ((self.size, "filmSize"), (self.speed, "filmSpeed"), (self.kind, "filmKind")):
            box.setObjectName(name)
            box.currentIndexChanged.connect(lambda _at: self._tell())
        self._length = plain_label(name="replayLength", look="muted")
        self.save = QToolButton(self.row)
        self.save.setObjectName("filmSave")
        self.save.clicked.connect(self._ask)
        self.button.toggled.connect(self.row.setVisible)
        self.progressed.connect(self._on_progress)
        bar.cancelled.connect(self.cancel)
        self._flow = FlowRow(self.row)
        for part in (self.size, self.speed, self.kind, self.save, self._length):
            self._flow.add(part)
        bar.add(self.button)
        bar.add_row(self.row, self._flow)
        self.row.hide()

    def open(self, door: "ReplayDoor") -> None:
        self._door = door
        self.show_words()
        self.kind.setCurrentIndex(0 if door.can_film() else 1)

    def show_past(self, past: "Past") -> None:
        """Offer a film of this."""
        self._past = past
        self._tell()

    def show_words(self) -> None:
        self.button.setText(_("导出影片"))
        self.button.setAccessibleName(self.button.text())
        self.save.setText(_("保存到…"))
        name_box(self.size, _("画面大小"))
        name_box(self.speed, _("影片倍速"))
        name_box(self.kind, _("影片格式"))
        _fill(self.size, [f"{width} × {height}" for width, height in SIZES], 0)
        _fill(self.speed, [f"×{speed:,}" for speed in SPEEDS], len(SPEEDS) - 1)
        video = self._door is not None and self._door.can_film()
        webm = _("影片 WebM") if video else _("影片 WebM(未装编码组件 video)")
        _fill(self.kind, [webm, _("图片系列 PNG")], 0 if video else 1)
        model = self.kind.model()
        model.setData(model.index(0, 0), None if video else 0, _ENABLED)
        self._tell()

    def make(self, target: Path) -> None:
        """Make the film and write it there."""
        if not self.clicks.busy:
            self._stop = False
        self.clicks.run(partial(self._make, target))

    def cancel(self) -> None:
        self._stop = True

    async def _make(self, target: Path) -> None:
        assert self._door is not None
        past = self._past
        if past is None:
            return
        self.save.setEnabled(False)
        self._on_progress(0, 0)
        try:
            number = await self._door.make_film(
                past,
                target,
                SIZES[self.size.currentIndex()],
                SPEEDS[self.speed.currentIndex()],
                self._theme(),
                self.progressed.emit,
                lambda: self._stop,
            )
        except Refused as problem:
            if problem.code != "interrupted":
                raise
            self.told.emit(_("已取消:没有写入文件"))
            return
        finally:
            self.save.setEnabled(True)
            self._bar.end_progress()
        self.told.emit(_("已写出 {file}:{number} 幅").format(file=target, number=number))

    def _ask(self) -> None:
        from PySide6.QtWidgets import QFileDialog  # Qt makes a class when it is first named: this one is big

        if self._door is None or self._past is None or self.clicks.busy:
            return
        video = self.kind.currentIndex() == 0
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation)
        dialog = QFileDialog(self._page, _("导出影片"))
        dialog.setObjectName("filmDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDirectory(folder if Path(folder).is_dir() else str(Path.home()))
        name = f"{self._past.period.since.astimezone(self._door.zone):%Y%m%d}"
        dialog.selectFile(f"{name}.webm" if video else name)
        if video:
            dialog.setDefaultSuffix("webm")
            dialog.setNameFilter("WebM (*.webm)")
        dialog.fileSelected.connect(lambda file: self.make(Path(file)))
        dialog.finished.connect(dialog.deleteLater)
        word_dialog(dialog).open()

    def _tell(self) -> None:
        """How long the film becomes."""
        self.save.setEnabled(self._past is not None and not self.clicks.busy)
        if self._past is None or self.speed.count() == 0:
            return
        period = self._past.period
        seconds = (period.until - period.since).total_seconds() / SPEEDS[self.speed.currentIndex()]
        told = _("{seconds} 秒,{pictures} 幅;画面、标题和图例按当前语言与明暗")
        pictures = int(seconds * _RATE) + 1
        self._length.setText(told.format(seconds=f"{seconds:,.0f}", pictures=f"{pictures:,}"))
        self._flow.updateGeometry()

    def _on_progress(self, done: int, whole: int) -> None:
        if self.clicks.busy:
            words = _("绘制影片:{done} / {whole} 幅").format(done=f"{done:,}", whole=f"{whole:,}")
            self._bar.show_progress(done, whole, words)


_ENABLED = 0x0100 - 1  # Qt.UserRole - 1: the flags of an item of a combo box


def _fill(box: QComboBox, words: list[str], first: int) -> None:
    """Put the words into the box; what was chosen stays chosen."""
    at = box.currentIndex() if box.count() else first
    box.blockSignals(True)
    box.clear()
    box.addItems(words)
    box.setCurrentIndex(at)
    box.blockSignals(False)
