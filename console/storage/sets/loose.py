"""The cases that were touched since the sets were kept, read anew and put into sets of their own."""

from collections.abc import Sequence

from pyroaring import BitMap
from sqlalchemy import Connection

from console.storage.sets.alphabet import Alphabets
from console.storage.sets.dimensions import NAMES, valued
from console.storage.sets.reading import CHUNK, Sets, read_cases


class Loose:
    """What the kept sets say of `ids` no longer counts; `sets` say how these cases stand."""

    def __init__(self, alphabets: Alphabets) -> None:
        self.ids = BitMap()
        self.sets: Sets = {name: {} for name in NAMES}
        self._told: dict[int, Sequence[str]] = {}
        self._valued = valued(alphabets)
        self._texts: list[dict[object, str]] = [{} for _name in NAMES]

    def renew(self, connection: Connection, ids: Sequence[int]) -> None:
        """Read cases that were touched."""
        for case_id in ids:
            for name, value in zip(NAMES, self._told.pop(case_id, ()), strict=False):
                self.sets[name][value].discard(case_id)
        for at in range(0, len(ids), CHUNK):
            for case_id, *raw in read_cases(connection, ids[at : at + CHUNK]):
                told = self._told[case_id] = [self._text(place, one) for place, one in enumerate(raw)]
                for name, value in zip(NAMES, told, strict=True):
                    self.sets[name].setdefault(value, BitMap()).add(case_id)
        self.ids.update(ids)

    def _text(self, place: int, raw: object) -> str:
        """The text of a raw value, the same one for all cases that have it."""
        known = self._texts[place]
        found = known.get(raw)
        if found is None:
            found = known[raw] = self._valued[place](raw)
        return found
