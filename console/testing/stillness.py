"""No animation: a picture shows what is, and never what it is on its way to."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

EFFECTS = (
    Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_FadeMenu, Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip, Qt.UIEffect.UI_FadeTooltip, Qt.UIEffect.UI_AnimateToolBox,
)  # fmt: skip


def be_still(application: QApplication) -> None:
    """Let nothing in the application's windows move or blink; the map's page moves nothing by itself."""
    application.setCursorFlashTime(0)  # a caret that blinks is on every second picture only
    for effect in EFFECTS:
        application.setEffectEnabled(effect, False)
