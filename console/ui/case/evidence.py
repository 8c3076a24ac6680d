"""The photos and files of a case: before and after side by side, then every batch in its order."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from itertools import zip_longest
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.domain.batches import Batch, Sides, sides
from console.domain.errors import Refused
from console.domain.evidence import Evidence
from console.i18n import _
from console.ui.edge import Clicks, Reload
from console.ui.photos.files import FileTaker
from console.ui.photos.loading import THUMBNAIL, Export, Show, Shown, shown
from console.ui.photos.tile import Tile
from console.ui.photos.view import Entry, PhotoView
from console.ui.qt_words import word_dialog
from console.ui.scale import px
from console.ui.theme import Theme
from console.ui.widgets import plain_label
from console.words import OPERATIONS, clock_time, refusal

_LARGE = QSize(168, 126)
_SMALL = QSize(82, 62)
_IN_A_ROW = 4
_GAP = 8


class EvidenceStrip(FileTaker):
    """Fits a panel of 380 px. A click or Enter on a tile opens the large view.

    Signals: files_given(list[Path]), when files were dropped on it or chosen while it `takes` any.
    What is exported carries neither place nor maker along.
    """

    def __init__(
        self, theme: Theme, failed: Callable[[BaseException], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("evidenceStrip")
        self._theme = theme
        self._failed = failed
        self._ask: Show | None = None
        self._export: Export | None = None
        self._batches: Sequence[Batch] = ()
        self._zone = ZoneInfo("UTC")
        self._now: datetime | None = None
        self.tiles: list[Tile] = []
        self._single: list[Entry] = []
        self._pairs: list[Entry] = []
        self.view: PhotoView | None = None
        self._title = plain_label(name="evidenceTitle", look="section")
        self.add = QPushButton(self)
        self.add.setObjectName("addPhotos")
        self.add.setProperty("quiet", True)
        self.add.clicked.connect(self.choose_files)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        self.save = QPushButton(self)
        self.save.setObjectName("exportPhotos")
        self.save.setProperty("quiet", True)
        self.save.clicked.connect(self.choose_folder)
        head.addWidget(self.save)
        head.addWidget(self.add)
        self.said = plain_label(name="exportSaid", wraps=True)
        self.said.hide()
        self._body: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(6))
        self._column.addLayout(head)
        self._column.addWidget(self.said)
        self.reload = Reload(self._load, failed)
        self.clicks = Clicks(failed)
        theme.changed.connect(self._on_theme)
        self.show_words()

    def open(self, show: Show, export: Export | None = None) -> None:
        """Take the one who makes pictures, and the one who writes copies for others."""
        self._ask, self._export = show, export
        self._build()

    def show_batches(self, batches: Sequence[Batch], zone: ZoneInfo, now: datetime) -> None:
        """The evidence of a case; the same again changes nothing and keeps the keyboard where it is."""
        if batches == self._batches and zone == self._zone:
            return
        self._batches, self._zone, self._now = batches, zone, now
        self.said.hide()
        self._build()

    def set_taking(self, takes: bool) -> None:
        """Whether files may be added to this case now."""
        self.takes = takes
        self.add.setVisible(takes)

    def show_words(self) -> None:
        self.setAccessibleName(_("照片与附件"))
        self.add.setText(_("添加照片"))
        self.add.setAccessibleName(_("添加照片或文件"))
        self.save.setText(_("导出"))
        self.save.setAccessibleName(_("导出照片与附件,不含位置信息"))
        self._build()

    def choose_folder(self) -> None:
        """Let the user choose where the copies go."""
        dialog = QFileDialog(self, _("导出到文件夹"))
        dialog.setObjectName("exportDialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda name: self.clicks.run(lambda: self._save(Path(name))))
        dialog.finished.connect(dialog.deleteLater)
        word_dialog(dialog).open()

    async def _save(self, target: Path) -> None:
        if self._export is None:
            return
        evidence = list({one.hash: one for batch in self._batches for one in batch.evidence}.values())
        self._say(_("正在导出 {count} 件").format(count=len(evidence)))
        done = await self._export(evidence, target)
        refused = [refusal(item) for item in done if isinstance(item, Refused)]
        count = len(done) - len(refused)
        told = _("已导出 {count} 件到 {folder},不含位置等附加信息").format(count=count, folder=target)
        self._say("\n".join([told, *refused]))

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.show()

    def _build(self) -> None:
        """Anew from the batches: a case has few photos, and tiles of another case are of no use."""
        if self._body is not None:
            self._body.hide()
            self._body.deleteLater()
        self._body = QWidget(self)
        self.tiles, self._single, self._pairs = [], [], []
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        both = sides(self._batches)
        if both.before and both.after:
            column.addLayout(self._compared(both))
        for at, batch in enumerate(self._batches, 1):
            head = plain_label(self._head(batch), name=f"evidenceBatch_{at}", look="muted", wraps=True)
            column.addWidget(head)
            column.addLayout(self._row(batch))
        count = sum(len(batch.evidence) for batch in self._batches)
        self._title.setText(_("照片与附件({count})").format(count=count) if count else _("照片与附件"))
        self.save.setVisible(bool(count) and self._export is not None)
        if not count:
            column.addWidget(plain_label(_("还没有照片。"), name="evidenceEmpty", look="muted"))
        self._column.addWidget(self._body)
        self._body.show()
        if self._ask is not None and self.tiles:
            self.reload.wish(now=True)

    def _compared(self, both: Sides) -> QGridLayout:
        """How it was at the left, how it is at the right; every pair is in the large view."""
        grid = QGridLayout()
        grid.setSpacing(px(_GAP))
        pairs = list(zip_longest(both.before, both.after))
        self._pairs = [tuple(item for item in pair if item is not None) for pair in pairs]
        sides_shown = (("Before", _("处置前"), both.before[0]), ("After", _("处置后"), both.after[0]))
        for at, (side, words, item) in enumerate(sides_shown):
            grid.addWidget(plain_label(words, name=f"evidence{side}", look="muted"), 0, at)
            grid.addWidget(self._tile(item, _LARGE, self._pairs, 0), 1, at)
        grid.setColumnStretch(2, 1)
        return grid

    def _row(self, batch: Batch) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(px(_GAP))
        for at, item in enumerate(batch.evidence):
            self._single.append((item,))
            tile = self._tile(item, _SMALL, self._single, len(self._single) - 1)
            grid.addWidget(tile, at // _IN_A_ROW, at % _IN_A_ROW)
        grid.setColumnStretch(_IN_A_ROW, 1)
        return grid

    def _tile(self, item: Evidence, size: QSize, entries: Sequence[Entry], place: int) -> Tile:
        tile = Tile(self._theme, item, size, self._body)
        tile.setObjectName(f"photoTile_{len(self.tiles) + 1}")
        tile.clicked.connect(partial(self._open, entries, place, len(self.tiles)))
        self.tiles.append(tile)
        return tile

    def _head(self, batch: Batch) -> str:
        assert self._now is not None
        told = [clock_time(batch.at, self._zone, self._now), _(OPERATIONS[batch.operation]), batch.by]
        return "  ".join([*told, _("(已撤销)")] if batch.undone else told)

    def _open(self, entries: Sequence[Entry], place: int, tile: int) -> None:
        if self._ask is not None:
            self.view = PhotoView(self._theme, self._ask, self._zone, self._failed, self)
            self.view.closed.connect(partial(self._on_view_closed, tile))
            self.view.open_at(entries, place)

    async def _load(self) -> None:
        if self._ask is None or not self.tiles:
            return
        tiles = self.tiles
        evidence = list({tile.evidence.hash: tile.evidence for tile in tiles}.values())
        found = await shown(self._ask, evidence, THUMBNAIL)
        by_hash: dict[str, Shown] = {picture.evidence.hash: (picture, image) for picture, image in found}
        if tiles is self.tiles:
            for tile in tiles:
                tile.show_picture(*by_hash[tile.evidence.hash])

    def _on_theme(self) -> None:
        for tile in self.tiles:
            tile.update()

    def _on_view_closed(self, tile: int) -> None:
        self.view = None
        if tile < len(self.tiles):  # the case may have got or lost photos meanwhile
            self.tiles[tile].setFocus()
