"""When two texts are the same to a search: full width is half width, and A is a."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]

_FULL_WIDTH = range(0xFF01, 0xFF5F)  # ！ to ～, in the order of ! to ~
_TO_HALF = _FULL_WIDTH.start - 0x21
_CODES = 0x110000
NO_LETTER = 0  # what a space of any kind counts as: no word that is searched for holds one


def folded(text: str) -> str:
    """The text in the one form that is compared, letter for letter: nothing moves, nothing is joined.

    Only the 94 signs that have a full and a half width, and A to Z; what is written in traditional
    characters stays so, because 发 is 發 in one word and 髮 in the next.
    """
    return text.translate(_signs())


def folded_codes(codes: Codes) -> Codes:
    """The same of many texts at once, given and told as code points; every space is NO_LETTER."""
    found: Codes = _table()[codes]
    return found


def variants(character: str) -> str:
    """Every character that folds to what `character` folds to."""
    one = folded(character)
    code = ord(one)
    if not 0x21 <= code < 0x7F:
        return one
    half = one + one.upper() if one.islower() else one
    return half + "".join(chr(ord(each) + _TO_HALF) for each in half)


@cache
def _signs() -> dict[int, str]:
    signs = {code: chr(code - _TO_HALF).lower() for code in _FULL_WIDTH}
    return signs | {code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}


@cache
def _table() -> Codes:
    table = np.arange(_CODES, dtype=np.uint32)
    for code, sign in _signs().items():
        table[code] = ord(sign)
    table[[code for code in range(_CODES) if chr(code).isspace()]] = NO_LETTER
    return table
