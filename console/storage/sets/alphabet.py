"""Where the alphabet of a text that nearly every case has for itself is cut, so that no stretch is long."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# Of these texts so much tells the place among the others.
SHOWN: Mapping[str, int] = {"address": 24, "description": 64}
_NEXT = "\0"  # appended, it makes the very next text there is


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The cuts, sorted, of texts of which `shown` letters are looked at."""

    shown: int
    cuts: Sequence[str] = ()

    @classmethod
    def of(cls, sample: Iterable[str], shown: int, most: int) -> "Alphabet":
        """About `most` cuts; a text that very many cases have gets a stretch of its own."""
        told = Counter(text[:shown] for text in sample if text)
        texts = sorted(told)
        step = max(1, len(texts) // most)
        often = [text for text, number in told.items() if number * most > 2 * told.total()]
        cuts = {*texts[step // 2 :: step], *often, *(text + _NEXT for text in often)}
        return cls(shown, sorted(cuts))

    def place(self, text: str) -> str:
        """The stretch of a text; no text has one of its own, the first."""
        return f"{bisect_right(self.cuts, text[: self.shown]):06d}" if text else ""

    @property
    def places(self) -> list[str]:
        """Every stretch there may be, sorted."""
        return ["", *(f"{at:06d}" for at in range(len(self.cuts) + 1))]

    def single(self, place: str) -> bool:
        """Whether all cases of a stretch have the same text."""
        at = int(place) if place else 0
        if not 0 < at < len(self.cuts):
            return False
        first = self.cuts[at - 1]
        return len(first) < self.shown and self.cuts[at] == first + _NEXT


Alphabets = Mapping[str, Alphabet]
UNCUT: Alphabets = {name: Alphabet(shown) for name, shown in SHOWN.items()}
