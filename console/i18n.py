"""The words in the user's language: Chinese is written in the code, English comes from the catalogue."""

import gettext
import io
from typing import Literal

from console.system import resource

Language = Literal["zh", "en"]

_translations: gettext.NullTranslations = gettext.NullTranslations()
_language: Language = "zh"


def use_language(language: Language) -> None:
    """Speak `language` from now on; texts already made are not changed."""
    global _translations, _language
    _language = language
    _translations = gettext.NullTranslations() if language == "zh" else _read(language)


def language() -> Language:
    return _language


def _(message: str) -> str:
    """The translation of a Chinese text."""
    return _translations.gettext(message) if message else ""


def N_(message: str) -> str:
    """Mark a Chinese text that is translated where it is shown."""
    return message


def named(chinese: str, english: str) -> str:
    """The name of something of the city (class, department) in the user's language, if it has one."""
    return (english or chinese) if _language == "en" else chinese


def _read(language: str) -> gettext.NullTranslations:
    import polib  # only other languages than Chinese pay for it

    return gettext.GNUTranslations(
        io.BytesIO(polib.pofile(str(resource("words", language, "console.po"))).to_binary())
    )
