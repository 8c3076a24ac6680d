"""How Chinese is typed by its sounds: the initials of the pinyin, and the whole of it."""

import re
from collections.abc import Iterable
from functools import cache

from console.queries.pinyin import Readings, readings
from console.queries.pinyin import is_known as is_known

_CHINESE = re.compile(r"[㐀-鿿]")
_SPELT = re.compile(r"[a-z]{2,24}")


def may_be_pinyin(text: str) -> bool:
    """Whether a word can stand for Chinese at all."""
    return _SPELT.fullmatch(text) is not None


@cache
def spellings(chinese: str) -> tuple[str, ...]:
    """`井盖`: `jg` and `jinggai`; nothing for a text without Chinese or of one letter.

    A text that was not learnt (`learn_to_spell`) takes a third of a second.
    """
    return _spelt(readings([chinese])[0]) if _is_spelt(chinese) else ()


def learnt_spellings(chinese: str) -> tuple[str, ...]:
    """The same of a text that was learnt; nothing of any other, for who cannot wait."""
    return spellings(chinese) if is_known(chinese) else ()


def learn_to_spell(texts: Iterable[str]) -> None:
    """Read many texts at once. The dictionary is as large as all else of ours, and is not kept."""
    readings([one for one in texts if _is_spelt(one)])


def _is_spelt(text: str) -> bool:
    return len(_CHINESE.findall(text)) > 1


def _spelt(read: Readings) -> tuple[str, ...]:
    sounds = [ways[0] for ways in read if ways and ways[0].strip()]
    initials = "".join(sound if not sound.isalpha() else sound[0] for sound in sounds)
    return tuple(one for one in dict.fromkeys((initials, "".join(sounds))) if may_be_pinyin(one))
