"""The whole queue by one plain query: what counts, pages and sets are compared with."""

from array import array
from datetime import datetime

from console.domain.wanted import CaseFilter
from console.queries.filter import meant, selected
from console.storage.unit import View


def queue_ids(view: View, wanted: CaseFilter, now: datetime) -> "array[int]":
    """Ids of the cases in the filter's order, however many."""
    found = view.connection.execute(selected(wanted, now, meant(view, wanted)))
    return array("q", found.scalars())
