"""How names are read: the pinyin of every character, with its other living reading where it has one."""

from collections.abc import Sequence
from typing import Any

# Characters of places, offices and problems that people read in two ways. The dictionary has a second
# reading for almost every character (盖 ge, 路 luo); those are nobody's today and would only find too much.
_TWO_WAYS = frozenset("长重行厦乐都调单朝系量传弹藏盛校泊卡堡铺埔蔚浚巷会模宿柏尉荥降露折剥率畜给粘削绿查")


def readings(names: Sequence[str]) -> list[tuple[tuple[str, ...], ...]]:
    """Of each name, of every character, its readings without tones, the likeliest first.

    What is no Chinese character reads as itself, in small letters; ü is v. A word that the dictionary
    knows (重庆, 银行) is read as it says.
    """
    # The dictionary takes a fifth of a second to load, and only who types letters needs it.
    from pypinyin import Style, lazy_pinyin, pinyin

    # Declared as giving a text, but a list is taken for so many characters, which is what we need.
    def each(others: str) -> Any:
        return list(others)

    def each_alone(others: str) -> Any:
        return [[one] for one in others]

    found = []
    for name in names:
        likely = lazy_pinyin(name, style=Style.NORMAL, errors=each)
        ways = [[one] for one in likely]
        if _TWO_WAYS.intersection(name):
            ways = pinyin(name, style=Style.NORMAL, heteronym=True, errors=each_alone)
        found.append(
            tuple(
                tuple(dict.fromkeys([one.lower(), *(more if character in _TWO_WAYS else ())]))
                for character, one, more in zip(name, likely, ways, strict=True)
            )
        )
    return found
