"""What this user set: kept in the data folder as soon as it is changed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from console.domain.errors import Refused
from console.i18n import language, use_language
from console.settings import Settings, write_settings
from console.ui.theme import Theme


class Preferences:
    """The settings in use. A folder that cannot be written is told; the change still holds here."""

    def __init__(
        self, settings: Settings, folder: Path, theme: Theme, failed: Callable[[BaseException], None]
    ) -> None:
        self.settings = settings
        self._folder = folder
        self._theme = theme
        self._failed = failed

    def keep(self, **changes: Any) -> None:
        """Change some of the settings, by their names."""
        self.settings = replace(self.settings, **changes)
        try:
            write_settings(self._folder, self.settings)
        except OSError as problem:
            self._failed(Refused("folder_not_writable", folder=self._folder, said=problem.strerror))

    def switch_theme(self) -> None:
        """Light or dark, whatever the desktop wishes."""
        wish = "light" if self._theme.name == "dark" else "dark"
        self.keep(theme=wish)
        self._theme.choose(wish)

    def switch_language(self) -> None:
        use_language("zh" if language() == "en" else "en")
        self.keep(language=language())
