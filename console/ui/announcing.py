"""What a screen reader says by itself when something happens, wherever the keyboard is."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(about: QWidget, text: str, *, grave: bool = False) -> None:
    """Let it be said: at once where it is grave, otherwise when what is being said has ended."""
    if not text or not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(about, text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if grave else politeness.Polite)
    QAccessible.updateAccessibility(event)
