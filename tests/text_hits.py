"""The cases that say every word of a text, counted in one set: what tests hold against reading them all."""

from pyroaring import BitMap
from sqlalchemy import or_, select

from console.queries.search import Said, said
from console.storage.tables import cases
from console.storage.unit import View


def text_hits(view: View, text: str) -> BitMap | None:
    """Ids of the cases that say every word of `text` as CaseFilter.text means it; None where it has none."""
    words = said(view, text)
    return BitMap.intersection(*(_every(view, word) for word in words)) if words else None


def _every(view: View, word: Said) -> BitMap:
    asked = word.by_name if word.hits is not None else [word.condition]
    found = BitMap() if word.hits is None else word.hits
    if not asked:
        return found
    return found | BitMap(view.connection.execute(select(cases.c.id).where(or_(*asked))).scalars().all())
