"""How far what is made ready behind the operator's back is: the text index, and the sets of a big store."""

from dataclasses import dataclass

from console.queries.text_index import index_progress
from console.runtime.sealing import WORTH
from console.runtime.text_index import READ_AT, SMALL
from console.storage.sets.reading import last_case
from console.storage.sets.seal import BLOCK_BITS, read_seal
from console.storage.unit import View


@dataclass(frozen=True, slots=True)
class Prepared:
    """Shares from 0 to 1; what is kept up as it goes, or too small to need any, is whole."""

    texts: float = 1.0
    sets: float = 1.0

    @property
    def whole(self) -> bool:
        return min(self.texts, self.sets) >= 1.0

    @property
    def share(self) -> float:
        """Of both together; they take about as long."""
        return (self.texts + self.sets) / 2


def prepared(view: View) -> Prepared:
    """How far the first making of both is."""
    return Prepared(_texts(view), _sets(view))


def _texts(view: View) -> float:
    found = index_progress(view)
    if found.last_case < SMALL:
        return 1.0
    missing = sum(found.cases_in(number) >= READ_AT for number in found.missing)
    return 1.0 if not missing else 1 - missing / found.blocks


def _sets(view: View) -> float:
    seal, last = read_seal(view.connection), last_case(view.connection)
    if last < WORTH or (seal is not None and seal.since is not None):
        return 1.0
    blocks = (last >> BLOCK_BITS) + 1
    return 0.0 if seal is None else 1 - len(seal.blocks) / blocks
