"""The words in the user's language: Chinese is written in the code, English comes from the catalogue."""

import gettext
import io
import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Literal

from console.system import resource

Language = Literal["zh", "en"]

_translations: gettext.NullTranslations = gettext.NullTranslations()
_language: Language = "zh"
_spoken: dict[str, Callable[[str], str]] = {}  # by language: a text in the city's own terms


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
    spoken = _spoken.get(_language)
    text = text if spoken is None else spoken(text)
    return Counted(text) if "|" in text and _ONE_OR_MANY.search(text) else text


class Counted(str):
    """A text with `{count} [case|cases]`: the number before the brackets chooses, once it is filled in.

    Chinese has one form; so the catalogue says which English has two, and no code that counts asks.
    """

    __slots__ = ()

    def format(self, *args: object, **facts: object) -> str:
        def chosen(found: re.Match[str]) -> str:
            told, name, between, one, many = found.groups()
            return f"{told}{between}{one if _is_one(facts.get(name)) else many}"

        return _ONE_OR_MANY.sub(chosen, str(self)).format(*args, **facts)


# A fact, what stands between, and the two forms of what is counted.
_ONE_OR_MANY = re.compile(r"(?P<told>\{(?P<name>\w+)[^{}]*\})([^{}\[\]]*)\[([^\[\]|]*)\|([^\[\]|]*)\]")


def _is_one(value: object) -> bool:
    """Whether a number, or a number already written with its commas, is one."""
    return value == 1 if isinstance(value, float) else str(value).replace(",", "") == "1"


def use_terms(terms: Mapping[str, Mapping[str, str]]) -> None:
    """Say a city's own terms from now on where a text has the usual ones; by language, usual to own.

    All at once, so that two may change places.
    """
    _spoken.clear()
    for language, words in terms.items():
        own = {usual.lower(): word for usual, word in words.items() if usual != word}
        if own:
            _spoken[language] = partial(_usual_in(own).sub, partial(_own_term, own))


def _usual_in(own: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, own)), re.IGNORECASE)


def _own_term(own: Mapping[str, str], found: re.Match[str]) -> str:
    word = own[found[0].lower()]
    return word[:1].upper() + word[1:] if found[0][0].isupper() else word


def N_(message: str) -> str:
    """Mark a Chinese text that is translated where it is shown."""
    return message


def named(chinese: str, english: str) -> str:
    """The name of something of the city (class, department) in the user's language, if it has one."""
    return (english or chinese) if _language == "en" else chinese


def in_english(message: str) -> str:
    """The English of a Chinese text, whatever language is spoken; for who looks words up in both."""
    return _ONE_OR_MANY.sub(r"\1\3\5", _read("en").gettext(message))


@cache
def _read(language: str) -> gettext.NullTranslations:
    compiled = resource("words", language, "console.mo")  # an installed program has no other
    if compiled.is_file():
        return gettext.GNUTranslations(io.BytesIO(compiled.read_bytes()))
    import polib  # only other languages than Chinese pay for it

    return gettext.GNUTranslations(
        io.BytesIO(polib.pofile(str(resource("words", language, "console.po"))).to_binary())
    )
