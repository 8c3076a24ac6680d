"""What a screen reader finds in a window: every node that shows, by Qt's own accessible tree."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

Role = QAccessible.Role

# What only holds other things, or is Qt's own between them.
HOLDS = frozenset(
    {
        *(Role.Client, Role.Pane, Role.Splitter, Role.LayeredPane, Role.Grouping, Role.Border, Role.Grip),
        *(Role.Separator, Role.Application, Role.NoRole, Role.ToolBar, Role.Whitespace),
    }
)


@dataclass(frozen=True)
class Spoken:
    """One node; `where` names what it belongs to, `takes_keys` whether the keyboard comes to it."""

    role: Role
    name: str
    description: str
    where: str
    widget: QWidget | None
    takes_keys: bool


def spoken(window: QWidget) -> Iterator[Spoken]:
    """The window, and all that shows in it."""
    yield from _walk(QAccessible.queryAccessibleInterface(window), window.objectName())


def _walk(node: QAccessibleInterface, where: str) -> Iterator[Spoken]:
    widget = node.object()
    if isinstance(widget, QWidget):
        where = widget.objectName() or where
    yield Spoken(
        node.role(),
        _name(node),
        node.text(QAccessible.Text.Description),
        where,
        widget if isinstance(widget, QWidget) else None,
        bool(node.state().focusable),
    )
    for at in range(node.childCount()):
        child = node.child(at)
        if child is None or not child.isValid():
            continue
        state = child.state()
        if not state.invisible and not state.offscreen:
            yield from _walk(child, where)


def _name(node: QAccessibleInterface) -> str:
    """The text of its label where it has one, as screen readers prefer it."""
    for other, kind in node.relations(QAccessible.RelationFlag.Label):
        if kind & QAccessible.RelationFlag.Label and other is not None:
            return other.text(QAccessible.Text.Name)
    return node.text(QAccessible.Text.Name)
