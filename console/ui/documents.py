"""Where a user's own documents lie: the folder that is offered for what is saved."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths


def documents() -> str:
    """The folder of the system, the user's home where there is none."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return folder if Path(folder).is_dir() else str(Path.home())
