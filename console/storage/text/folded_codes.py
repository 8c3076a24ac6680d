"""The one form that is compared, of many texts at once: code points in an array."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from console.storage.text.folding import signs

Codes = NDArray[np.uint32]

_CODES = 0x110000
NO_LETTER = 0  # what a space of any kind counts as: no word that is searched for holds one


def folded_codes(codes: Codes) -> Codes:
    """What `folded` does, of texts given and told as code points; every space is NO_LETTER."""
    found: Codes = _table()[codes]
    return found


@cache
def _table() -> Codes:
    table = np.arange(_CODES, dtype=np.uint32)
    for code, sign in signs().items():
        table[code] = ord(sign)
    table[[code for code in range(_CODES) if chr(code).isspace()]] = NO_LETTER
    return table
