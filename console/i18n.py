"""The words in the user's language: Chinese is written in the code, English comes from the catalogue."""

import gettext
import io
import re
from collections.abc import Mapping
from typing import Literal

from console.system import resource

Language = Literal["zh", "en"]

_translations: gettext.NullTranslations = gettext.NullTranslations()
_language: Language = "zh"
_terms: Mapping[str, str] = {}
_spoken: re.Pattern[str] | None = None


def use_language(language: Language) -> None:
    """Speak `language` from now on; texts already made are not changed."""
    global _translations, _language
    _language = language
    _translations = gettext.NullTranslations() if language == "zh" else _read(language)


def language() -> Language:
    return _language


def _(message: str) -> str:
    """The translation of a Chinese text, in the city's own terms."""
    text = _translations.gettext(message) if message else ""
    return text if _spoken is None else _spoken.sub(_own_term, text)


def use_terms(terms: Mapping[str, str]) -> None:
    """Say a city's own terms from now on where a text has the usual ones; two may change places."""
    global _terms, _spoken
    _terms = {usual.lower(): own for usual, own in terms.items() if usual != own}
    _spoken = re.compile("|".join(map(re.escape, _terms)), re.IGNORECASE) if _terms else None


def _own_term(found: re.Match[str]) -> str:
    own = _terms[found[0].lower()]
    return own[:1].upper() + own[1:] if found[0][0].isupper() else own


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
