"""Rows of numbers by their case, in one block of memory, of which some change.

numpy looks at ten thousand of them in a millisecond; as Python objects they take twenty, and hold the
interpreter meanwhile.
"""

from collections.abc import Iterable, Sequence
from typing import Any

NEVER = 2**62  # in place of an instant in microseconds that there is none of: later than every one
_MORE = 64

Fields = Sequence[tuple[str, str]]


class Slots:
    """Records of some fields, the case's id first of them. Not for many threads."""

    def __init__(self, fields: Fields, records: Iterable[tuple[Any, ...]] = ()) -> None:
        import numpy as np  # only here, on a reading thread: the window is painted without it

        self._rows = np.array(list(records), dtype=list(fields))
        self._used = len(self._rows)
        self._slots = {case_id: slot for slot, case_id in enumerate(self._rows["id"].tolist())}

    @property
    def rows(self) -> Any:
        """All records, in no order, until the next `put` or `drop`."""
        return self._rows[: self._used]

    def put(self, record: tuple[Any, ...]) -> None:
        """The record of a case, new or in place of the one before."""
        import numpy as np

        slot = self._slots.get(record[0])
        if slot is None:
            slot = self._slots[record[0]] = self._used
            self._used += 1
            if slot == len(self._rows):
                more = np.zeros(slot // 2 + _MORE, dtype=self._rows.dtype)
                self._rows = np.concatenate([self._rows, more])
        self._rows[slot] = record

    def drop(self, case_id: int) -> None:
        """There is none of this case any more."""
        slot = self._slots.pop(case_id, None)
        if slot is None:
            return
        self._used -= 1
        if slot != self._used:
            self._rows[slot] = self._rows[self._used]
            self._slots[int(self._rows[slot]["id"])] = slot
