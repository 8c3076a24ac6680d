"""The room of queue, map and case: side by side, as tabs, or the case as a sheet over the right."""

from dataclasses import replace

from PySide6.QtCore import QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QTabWidget, QWidget

from console.i18n import _
from console.ui.layouts.dropping import DropHint, half, side_at
from console.ui.layouts.frame import TITLES, PanelFrame
from console.ui.layouts.layout import STANDARD, Layout
from console.ui.layouts.rooms import arrange, arrange_sizes, read_back
from console.ui.layouts.tree import (
    Node,
    Side,
    at_edge,
    moved,
    panels_of,
    shown_first,
    with_shares_of,
    without,
)
from console.ui.scale import px
from console.ui.theme import Theme
from console.ui.widgets import plain_label

WIDE = 1600
_SHEET_WIDTH = 380


class Workspace(QWidget):
    """From `WIDE` px on the layout's wide arrangement, below it the narrow one.

    Signals:
        map_covered(int): so many pixels of the map's right side lie under the sheet.
        rearranged: the user moved a border, a tab or a panel.
    """

    map_covered = Signal(int)
    rearranged = Signal()

    def __init__(self, queue: QWidget, grid_map: QWidget, side: QWidget, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("workspace")
        panels = {"queue": queue, "map": grid_map, "case": side}
        self.frames = {name: PanelFrame(name, panel, self) for name, panel in panels.items()}
        self._side = side
        self._wanted = False
        self._wide: bool | None = None
        self._layout = STANDARD
        self._away: frozenset[str] = frozenset()
        self._covered = -1
        self.laid_over: QWidget | None = None  # stays above the sheet
        self._room: QWidget | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._hint = DropHint(theme, self)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(0)
        self._settling.timeout.connect(self._place)

    @property
    def side_width(self) -> int:
        """So many pixels the case panel takes on the right, as a column or as a sheet."""
        frame = self.frames["case"]
        if "case" in self._away or not frame.isVisible():
            return 0
        left = frame.mapTo(self, QPoint(0, 0)).x()
        reaches = left + frame.width() >= self.width() - px(2) and left > 0
        return self.width() - left if reaches else 0

    @property
    def arrangement(self) -> Layout:
        """The layout as it stands now, with the shares that the borders give."""
        return self._layout

    def want_side(self, wanted: bool) -> None:
        """Whether there is something to show at the side; only the sheet hides without it."""
        self._wanted = wanted
        self._place()

    def show_layout(self, layout: Layout, away: frozenset[str]) -> None:
        """Arrange the panels anew; those `away` have windows of their own."""
        self._layout, self._away = layout, away
        if self._wide is not None:
            self._build()

    def reach(self, panel: str) -> None:
        """Bring the panel's tab to the front, or its window, so that the keyboard can go there."""
        if panel in self._away:
            self.frames[panel].window().activateWindow()
            self.frames[panel].window().raise_()
            return
        tree = shown_first(self._tree, panel)
        if tree != self._tree:
            self._take(tree)
        self.window().activateWindow()

    def push(self, panel: str, side: Side) -> None:
        """The panel along one side of the whole room; as a tab it joins the first of the others."""
        others = [name for name in panels_of(self._shown()) if name != panel]
        if side is not Side.TAB:
            self._take(at_edge(self._tree, panel, side))
        elif others:
            self._take(moved(self._tree, panel, others[0], side))

    def drag(self, panel: str, at: QPoint) -> None:
        """Show where the panel would lie if it were let go here."""
        target = self._target(panel, at)
        if target is None:
            self._hint.hide()
        else:
            frame, side = target
            self._hint.show_at(half(QRect(frame.mapTo(self, QPoint(0, 0)), frame.size()), side))

    def drop(self, panel: str, at: QPoint) -> bool:
        """Let it go here; False where this is no place in the room."""
        self._hint.hide()
        target = self._target(panel, at)
        if target is not None:
            frame, side = target
            self._take(moved(self._tree, panel, frame.name, side))
        return target is not None or self.rect().contains(self.mapFromGlobal(at))

    def show_words(self) -> None:
        for name, frame in self.frames.items():
            frame.bar.show_words(away=name in self._away)
        for tabs in self._tabs():
            for at in range(tabs.count()):
                held = tabs.widget(at)
                if isinstance(held, PanelFrame):
                    tabs.setTabText(at, _(TITLES[held.name]))

    def _tabs(self) -> list[QTabWidget]:
        if self._room is None or isinstance(self._room, PanelFrame):
            return []
        own = [self._room] if isinstance(self._room, QTabWidget) else []
        return own + [one for one in self._room.findChildren(QTabWidget) if one.property("panelTabs")]

    @property
    def _tree(self) -> Node | None:
        return self._layout.tree(wide=bool(self._wide))

    def _shown(self) -> Node | None:
        """The part of the tree that stands here: without the panels that have windows."""
        tree = self._tree
        for panel in self._away:
            tree = without(tree, panel)
        return tree

    def _take(self, tree: Node | None) -> None:
        """Stand like this from now on, in a window as wide as this one."""
        self._keep(tree)
        self._build()
        self.rearranged.emit()

    def _keep(self, tree: Node | None) -> None:
        if self._wide or self._layout.narrow is None:
            self._layout = replace(self._layout, wide=tree)
        else:
            self._layout = replace(self._layout, narrow=tree)

    def _build(self) -> None:
        keyboard = self.window().focusWidget()
        before, shown = self._room, self._shown()
        for tabs in self._tabs():
            tabs.blockSignals(True)  # it loses its panels now, and that is no choice of a tab
        if shown is None:
            label = plain_label(
                _("面板都在各自的窗口里;关闭窗口即放回"), name="workspaceEmpty", look="muted", wraps=True
            )
            label.setContentsMargins(px(24), px(24), px(24), px(24))
            self._room = label
        else:
            self._room = arrange(shown, self.frames, self, self._on_border, self._on_tab)
        self._row.addWidget(self._room)
        self._room.show()
        here = panels_of(shown)
        for name, frame in self.frames.items():
            if name not in here and name not in self._away:
                frame.setParent(self)  # the sheet, or a panel that this layout leaves out
                frame.setVisible(name == "case" and self._wanted)
        if before is not None and not isinstance(before, PanelFrame):
            before.hide()
            before.deleteLater()
        self._dress()
        if self.isAncestorOf(keyboard) and keyboard.isVisibleTo(self):
            keyboard.setFocus()
        self._place()
        self._settling.start()

    @property
    def _is_sheet(self) -> bool:
        return "case" not in self._away and "case" not in panels_of(self._shown())

    def _dress(self) -> None:
        sheet = self._is_sheet
        if self._side.property("sheet") is not sheet:
            self._side.setProperty("sheet", sheet)
            self._side.style().polish(self._side)
        self.show_words()

    def _place(self) -> None:
        frame, grid_map = self.frames["case"], self.frames["map"]
        covered = 0
        if self._is_sheet:
            width = min(px(_SHEET_WIDTH), self.width())
            frame.setVisible(self._wanted)
            frame.setGeometry(self.width() - width, 0, width, self.height())
            frame.raise_()
            if self.laid_over is not None:
                self.laid_over.raise_()
            if self._wanted and grid_map.isVisible() and "map" not in self._away:
                right = grid_map.mapTo(self, QPoint(0, 0)).x() + grid_map.width()
                covered = max(0, min(right - (self.width() - width), grid_map.width()))
        if covered != self._covered:
            self._covered = covered
            self.map_covered.emit(covered)

    def _on_border(self) -> None:
        assert self._room is not None
        shown = read_back(self._shown(), self._room)
        self._keep(with_shares_of(self._tree, shown))
        self._place()
        self.rearranged.emit()

    def _on_tab(self, panel: str) -> None:
        self._keep(shown_first(self._tree, panel))
        self._settling.start()
        self.rearranged.emit()

    def _target(self, panel: str, at: QPoint) -> tuple[PanelFrame, Side] | None:
        for name in panels_of(self._shown()):
            frame = self.frames[name]
            point = frame.mapFromGlobal(at)
            if name != panel and frame.isVisible() and frame.rect().contains(point):
                return frame, side_at(frame.rect(), point)
        return None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= px(WIDE)
        if wide is not self._wide:
            before, self._wide = self._wide, wide
            if before is None or self._layout.narrow is not None:
                self._build()
        elif isinstance(self._room, QSplitter):
            arrange_sizes(self._shown(), self._room)
        self._place()
