"""How Chinese is typed by its sounds: the initials of the pinyin, and the whole of it."""

import re
from functools import cache

_CHINESE = re.compile(r"[㐀-鿿]")
_SPELT = re.compile(r"[a-z]{2,24}")


def may_be_pinyin(text: str) -> bool:
    """Whether a word can stand for Chinese at all."""
    return _SPELT.fullmatch(text) is not None


@cache
def spellings(chinese: str) -> tuple[str, ...]:
    """`井盖`: `jg` and `jinggai`; nothing for a text without Chinese or of one letter."""
    if len(_CHINESE.findall(chinese)) < 2:
        return ()
    from pypinyin import lazy_pinyin  # a quarter of a second: nobody waits for it before the first paint

    sounds = [sound.lower() for sound in lazy_pinyin(chinese) if sound.strip()]
    initials = "".join(sound if not sound.isalpha() or len(sound) == 1 else sound[0] for sound in sounds)
    return tuple(one for one in dict.fromkeys((initials, "".join(sounds))) if may_be_pinyin(one))
