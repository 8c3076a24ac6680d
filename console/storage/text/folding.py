"""When two texts are the same to a search: full width is half width, and A is a."""

from functools import cache

_FULL_WIDTH = range(0xFF01, 0xFF5F)  # ！ to ～, in the order of ! to ~
_TO_HALF = _FULL_WIDTH.start - 0x21


def folded(text: str) -> str:
    """The text in the one form that is compared, letter for letter: nothing moves, nothing is joined.

    Only the 94 signs that have a full and a half width, and A to Z; what is written in traditional
    characters stays so, because 发 is 發 in one word and 髮 in the next.
    """
    return text.translate(signs())


def variants(character: str) -> str:
    """Every character that folds to what `character` folds to."""
    one = folded(character)
    code = ord(one)
    if not 0x21 <= code < 0x7F:
        return one
    half = one + one.upper() if one.islower() else one
    return half + "".join(chr(ord(each) + _TO_HALF) for each in half)


@cache
def signs() -> dict[int, str]:
    """What each code point that is folded becomes."""
    signs = {code: chr(code - _TO_HALF).lower() for code in _FULL_WIDTH}
    return signs | {code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
