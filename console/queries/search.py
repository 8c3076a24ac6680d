"""Which cases say the words of a text: the set of their ids, for who plans a query over the whole history."""

from pyroaring import BitMap
from sqlalchemy import and_, select

from console.domain.wanted import CaseFilter
from console.queries.filter import meant, says
from console.storage.tables import cases
from console.storage.unit import View


def text_hits(view: View, text: str) -> BitMap | None:
    """Ids of the cases that say every word of `text` as CaseFilter.text means it; None where it has none."""
    words = meant(view.reference, CaseFilter(text=text)).words
    if not words:
        return None
    return BitMap(view.connection.execute(select(cases.c.id).where(and_(*map(says, words)))).scalars())
