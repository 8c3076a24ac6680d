"""What the map page may say to the console: a closed vocabulary of checked numbers."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from console.domain.colouring import COLOURINGS, DAYS, Ground
from console.ui.map.layers import LAYERS, STRONGEST, WEAKEST

Value = int | float


@dataclass(frozen=True)
class Said:
    """One message of the page: a word of the vocabulary and its numbers."""

    word: str
    values: tuple[Value, ...] = ()


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        value = int(text)
        if not (low <= value <= high and text == str(value)):
            raise ValueError(text)
        return value

    return read


def _real(low: float, high: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        value = float(text)
        if not (math.isfinite(value) and low <= value <= high and len(text) <= 24):
            raise ValueError(text)
        return value

    return read


_LON, _LAT, _FLAG = _real(-180, 180), _real(-90, 90), _whole(0, 1)
_HOW = _whole(0, 2)  # 0 in place of what was selected, 1 with it, 2 away from it

VOCABULARY: dict[str, tuple[Callable[[str], Value], ...]] = {
    "failed": (),
    "heard": (_whole(0, 2**53),),
    "painted": (_real(0, 3.6e6),),
    "cell": (_whole(-1, 2**31 - 1),),
    "case": (_whole(0, 2**31 - 1),),
    "place": (_LON, _LAT),
    "view": (_LON, _LAT, _whole(0, 24)),
    "follow": (_FLAG,),
    "picking": (_FLAG,),
    "basemap": (_whole(-1, 31), _whole(0, 100), _FLAG),
    "basemap_add": (),
    "basemap_remove": (_whole(0, 31),),
    "basemap_compare": (),
    "basemap_shift": (_FLAG,),
    "spread": (_FLAG, _FLAG, _whole(0, 2), _whole(100, 5000), _whole(0, 3660), _FLAG),
    "listing": (_FLAG,),
    "colouring": (_whole(0, len(COLOURINGS) - 1), _whole(-1, len(Ground) - 1), _whole(0, len(DAYS) - 1)),
    "layer": (_whole(0, len(LAYERS) - 1), _FLAG, _whole(WEAKEST, STRONGEST)),
    "hand": (_FLAG,),
    "coords": (_LON, _LAT),
    "history": (_FLAG,),
    "locked": (_FLAG,),
    "areacell": (_HOW, _whole(0, 2**31 - 1)),
    "areagrid": (_HOW, _LON, _LAT),
    "areaclear": (),
    "areasave": (),
    "areaslist": (),
    "areanamed": (_whole(0, 999),),
}
# Words with any number of numbers behind the first: what they begin with, and what comes again and again.
_LISTS: dict[str, tuple[tuple[Callable[[str], Value], ...], tuple[Callable[[str], Value], ...]]] = {
    "area": ((_HOW,), (_LON, _LAT)),
    "corridor": ((_HOW, _real(1, 2000)), (_whole(0, 9999), _LON, _LAT)),
}
MOST_NUMBERS = 30_000


def understand(path: str) -> Said | None:
    """Read `word/number/...`; None for anything outside the vocabulary or its ranges."""
    word, *texts = path.split("/")
    readers = _readers(word, len(texts))
    if readers is None or len(readers) != len(texts):
        return None
    try:
        return Said(word, tuple(read(text) for read, text in zip(readers, texts, strict=True)))
    except ValueError:
        return None


def _readers(word: str, count: int) -> Sequence[Callable[[str], Value]] | None:
    if word in VOCABULARY:
        return VOCABULARY[word]
    if word not in _LISTS or count > MOST_NUMBERS:
        return None
    head, again = _LISTS[word]
    return (*head, *again * max(1, (count - len(head)) // len(again)))


def words() -> set[str]:
    """Every word that the page may say."""
    return VOCABULARY.keys() | _LISTS.keys()
