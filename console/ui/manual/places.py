"""Which page of the manual tells of what has the keyboard."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

# Object names, the innermost that is known decides; a page of the window by its name in `Pages`.
_PAGE_OF: Mapping[str, str] = {
    "queuePanel": "queue",
    "mapPanel": "map",
    "casePanel": "case",
    "moreActs": "case",
    "formPane": "case",
    "reportForm": "report",
    "bulkDock": "many",
    "triagePanel": "triage",
    "approvalsPanel": "approvals",
    "boardPanel": "board",
    "practicePanel": "practice",
    "replayPage": "replay",
    "settingsPage": "settings",
    "foundingPage": "data",
    "keysOverlay": "card",
    "searchField": "keys",
    "photoView": "evidence",
    "evidenceStrip": "evidence",
    "header": "index",
    "stepStrip": "queue",
    "messageLine": "attention",
    # What lies over the workspace.
    "macroPanel": "many",
    "layoutPanel": "layouts",
    "alarmPanel": "attention",
    "handoverPanel": "attention",
    "filterPanel": "queue",
    "viewPanel": "queue",
    "columnPanel": "queue",
    "whyPanel": "deadlines",
    "seatPanel": "attention",
    "placesPanel": "map",
    "nearPanel": "map",
    "mapListPanel": "map",
    "zonePane": "practice",
    "skipPane": "triage",
}
_PAGE_OF_PAGES: Mapping[str, str] = {
    "board": "board",
    "practice": "practice",
    "replay": "replay",
    "settings": "settings",
    "founding": "data",
}


def page_for(widget: QWidget | None, shown: str) -> str:
    """The page for a widget that has the keyboard while the window's page `shown` fills it."""
    while widget is not None:
        name = widget.objectName()
        if name in _PAGE_OF:
            return _PAGE_OF[name]
        widget = widget.parentWidget()
    return _PAGE_OF_PAGES.get(shown, "index")
