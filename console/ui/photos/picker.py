"""The part of a form that takes photos and files: drop or choose them, say what for, take one back."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from console.domain.errors import Refused
from console.domain.evidence import Evidence, Role, evidence_of
from console.i18n import _
from console.ui.edge import Reload
from console.ui.naming import name_box
from console.ui.photos.files import FileTaker
from console.ui.photos.loading import THUMBNAIL, Show, TakeIn, shown
from console.ui.photos.tile import Tile
from console.ui.scale import px
from console.ui.scrolling import Room
from console.ui.theme import Theme
from console.ui.widgets import Elided, plain_label
from console.words import refusal
from console.words.evidence import EVIDENCE_ROLES, evidence_size

_TILE = QSize(64, 48)
_ROW = _TILE.height() + 6
_MOST_ROWS = 3  # beyond them the list scrolls, so that a form stays on one screen


class EvidencePicker(FileTaker):
    """What was picked is kept already, but belongs to no case until the form's act names it.

    Signals: changed, when what is picked changed or its taking in ended.
    """

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        take_in: TakeIn,
        show: Show,
        failed: Callable[[BaseException], None],
        role: Role = Role.OTHER,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("evidencePicker")
        self.setAccessibleName(_("照片与附件"))
        self._theme = theme
        self._take_in = take_in
        self._ask = show
        self._role = role
        self._rows: list[PickedRow] = []
        self._coming: list[Path] = []
        self._returning: list[Evidence] = []
        self.choose = QPushButton(_("添加照片(可拖放到此)"), self)
        self.choose.setObjectName("pickPhotos")
        self.choose.clicked.connect(self.choose_files)
        self.problem = plain_label(name="photoProblem", look="warning", wraps=True)
        self.problem.hide()
        inner = QWidget()
        inner.setObjectName("pickedFiles")
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(px(6))
        self._list.addStretch(1)
        self._scroll = Room(self)
        self._scroll.setObjectName("pickedFilesRoom")
        self._scroll.setAccessibleName(_("照片与附件"))
        self._scroll.setWidget(inner)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(6))
        layout.addWidget(self._scroll)
        layout.addWidget(self.choose)
        layout.addWidget(self.problem)
        self.files_given.connect(self.take)
        self.reload = Reload(self._load, failed)

    @property
    def busy(self) -> bool:
        """Whether files are still being taken in: the form waits with its act."""
        return bool(self._coming) or not self.reload.idle

    def evidence(self) -> tuple[Evidence, ...]:
        """What is picked, with the roles chosen."""
        return tuple(row.evidence for row in self._rows)

    def take(self, paths: Sequence[Path]) -> None:
        """Take files in; what is refused is told by name, the rest stays."""
        self._coming += paths
        self.choose.setText(_("正在读取 {count} 个文件").format(count=len(self._coming)))
        self.reload.wish(now=True)

    def draft(self) -> list[dict[str, Any]]:
        """What is picked, in plain JSON values: the bytes are kept already."""
        return [one.plain() for one in self.evidence()]

    def take_draft(self, told: list[dict[str, Any]]) -> None:
        """Pick exactly these again."""
        for row in tuple(self._rows):
            self._remove(row)
        self._returning += [evidence_of(one) for one in told]
        self.reload.wish(now=True)

    async def _load(self) -> None:
        paths, self._coming = self._coming, []
        try:
            found = await self._take_in(paths, self._role) if paths else []
        finally:
            if isValid(self):
                self.choose.setText(_("添加照片(可拖放到此)"))
        if not isValid(self):
            return  # the form was left meanwhile
        self._show_problems([item for item in found if isinstance(item, Refused)])
        returned, self._returning = self._returning, []
        present = {row.evidence.hash for row in self._rows}
        fresh: dict[str, Evidence] = {}
        for item in [*returned, *found]:
            if isinstance(item, Evidence) and item.hash not in present:
                fresh.setdefault(item.hash, item)
        rows = [self._add(item) for item in fresh.values()]
        self._fit()
        self.changed.emit()
        pictures = await shown(self._ask, list(fresh.values()), THUMBNAIL)
        if not isValid(self):
            return
        for row, (picture, image) in zip(rows, pictures, strict=True):
            row.tile.show_picture(picture, image)

    def _show_problems(self, problems: Sequence[Refused]) -> None:
        self.problem.setText("\n".join(refusal(item) for item in problems))
        self.problem.setVisible(bool(problems))

    def _add(self, item: Evidence) -> "PickedRow":
        row = PickedRow(self._theme, item)
        row.removed.connect(lambda: self._remove(row))
        row.changed.connect(self.changed)
        self._rows.append(row)
        self._list.insertWidget(len(self._rows) - 1, row)
        return row

    def _remove(self, row: "PickedRow") -> None:
        at = self._rows.index(row)
        self._rows.remove(row)
        row.hide()
        row.deleteLater()
        beside = self._rows[min(at, len(self._rows) - 1)].remove if self._rows else self.choose
        beside.setFocus()
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        shown_rows = min(len(self._rows), _MOST_ROWS)
        self._scroll.setVisible(bool(self._rows))
        self._scroll.setFixedHeight(max(1, shown_rows * px(_ROW) - px(6)))


class PickedRow(QWidget):
    """One picked file. Signals: removed; changed, when its role changed."""

    removed = Signal()
    changed = Signal()

    def __init__(self, theme: Theme, evidence: Evidence) -> None:
        super().__init__()
        mark = evidence.hash[:8]  # a form takes no file twice
        self.tile = Tile(theme, evidence, _TILE, self, captioned=False)
        self.tile.setObjectName(f"photoTile_{mark}")
        self.tile.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._evidence = evidence
        self.role = QComboBox(self)
        self.role.setObjectName(f"photoRole_{mark}")
        name_box(self.role, _("{name} 的用途").format(name=evidence.name))
        for role, words in EVIDENCE_ROLES.items():
            self.role.addItem(_(words), role)
        self.role.setCurrentIndex(self.role.findData(evidence.role))
        self.role.currentIndexChanged.connect(self._on_role)
        self.remove = QToolButton(self)
        self.remove.setObjectName(f"removePhoto_{mark}")
        self.remove.setProperty("quiet", True)
        self.remove.setText("×")
        self.remove.setAccessibleName(_("移除 {name}").format(name=evidence.name))
        self.remove.setToolTip(_("移除"))
        self.remove.clicked.connect(self.removed)
        name = Elided(evidence.name)
        name.setObjectName(f"photoName_{mark}")
        size = plain_label(evidence_size(evidence.size), name=f"photoSize_{mark}", look="muted")
        words_column = QVBoxLayout()
        words_column.setSpacing(0)
        words_column.addWidget(name)
        words_column.addWidget(size)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        layout.addWidget(self.tile)
        layout.addLayout(words_column, 1)
        layout.addWidget(self.role)
        layout.addWidget(self.remove)

    @property
    def evidence(self) -> Evidence:
        return replace(self._evidence, role=Role(self.role.currentData()))

    def _on_role(self) -> None:
        self.tile.evidence = self.evidence
        self.tile.show_words()
        self.tile.update()
        self.changed.emit()
