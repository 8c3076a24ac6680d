"""An arrangement as widgets: splitters and tabs around the panels' frames, and back to shares and tabs."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QTabWidget, QWidget

from console.i18n import _
from console.ui.layouts.frame import TITLES, PanelFrame
from console.ui.layouts.tree import Node, Split, Tabs, split

_WHOLE = 10_000


def arrange(
    node: Node,
    frames: Mapping[str, PanelFrame],
    parent: QWidget,
    on_border: Callable[[], None],
    on_tab: Callable[[str], None],
) -> QWidget:
    """The widget of a node. Frames go straight from where they are to where they belong.

    A web view lives through that, because at no moment is it a window of its own.
    """
    if isinstance(node, Tabs):
        if len(node.panels) == 1:
            frame = frames[node.panels[0]]
            frame.setParent(parent)
            frame.show()
            return frame
        return _tabs(node, frames, parent, on_tab)
    splitter = QSplitter(Qt.Orientation.Horizontal if node.across else Qt.Orientation.Vertical, parent)
    splitter.setObjectName("workspaceSplitter")
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(1)
    for part in node.parts:
        splitter.addWidget(arrange(part, frames, splitter, on_border, on_tab))
    splitter.setSizes(_sizes(node))
    splitter.splitterMoved.connect(lambda _at, _border: on_border())
    return splitter


def arrange_sizes(node: Node | None, room: QWidget | None) -> None:
    """Give every border its place again: the room has another size."""
    if isinstance(node, Split) and isinstance(room, QSplitter):
        room.setSizes(_sizes(node))
        for at, part in enumerate(node.parts):
            arrange_sizes(part, room.widget(at))


def read_back(node: Node | None, room: QWidget | None) -> Node | None:
    """The node with the shares that its borders have now."""
    if not isinstance(node, Split) or not isinstance(room, QSplitter):
        return node
    parts = [read_back(part, room.widget(at)) or part for at, part in enumerate(node.parts)]
    return split(node.across, parts, [max(1, size) for size in room.sizes()])


def _sizes(node: Split) -> list[int]:
    return [max(1, round(share * _WHOLE)) for share in node.shares]


def _tabs(
    node: Tabs, frames: Mapping[str, PanelFrame], parent: QWidget, on_tab: Callable[[str], None]
) -> QTabWidget:
    tabs = QTabWidget(parent)
    tabs.setObjectName(f"panelTabs_{node.panels[0]}")
    tabs.setProperty("panelTabs", True)
    tabs.setDocumentMode(True)
    for panel in node.panels:
        tabs.addTab(frames[panel], _(TITLES[panel]))
    tabs.setCurrentIndex(node.panels.index(node.current))
    tabs.currentChanged.connect(partial(_on_tab, node, on_tab))
    return tabs


def _on_tab(node: Tabs, on_tab: Callable[[str], None], at: int) -> None:
    if 0 <= at < len(node.panels):
        on_tab(node.panels[at])
