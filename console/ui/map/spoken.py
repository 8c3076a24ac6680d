"""What a screen reader finds of the map: its name on Qt's side, and the engine's page under it."""

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from console.i18n import _
from console.ui.announcing import announce


def tell_engine_of_readers() -> None:
    """Let the engine know that somebody reads the screen; call once the first page is made.

    Chromium builds its page's tree for readers only while one is there, and Qt's engine hears of that
    from Qt. But it starts after the window: a reader that was there before is told to nobody, and the page
    stays empty to it. Told again it is heard; a reader that comes later is heard by itself. Without one
    nothing is asked of the page, and `--force-renderer-accessibility`, which everybody would pay for, is
    not needed.
    """
    if QAccessible.isActive():
        QAccessible.setActive(True)


def name_map(panel: QWidget) -> None:
    """Name the panel, its view and what the engine puts into that: a room that takes the keyboard."""
    views = panel.findChildren(QWidget, "mapView")
    for part in (panel, *views, *(one for view in views for one in view.findChildren(QWidget))):
        part.setAccessibleName(_("网格地图"))
        part.setAccessibleDescription(_("地图内容列表 Alt+T 把视野内的案件和网格列成表格"))


def say_zoom(panel: QWidget, zoom: int, before: int | None) -> None:
    """Say how near the map is now, where the keyboard made it so: the engine carries no such word over."""
    if zoom != before and panel.isAncestorOf(panel.window().focusWidget()):
        announce(panel, _("缩放 {what} 级").format(what=zoom))
