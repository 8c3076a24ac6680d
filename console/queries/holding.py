"""Where a list stands that was read a while ago: the rows around a case, or around what took its place."""

from dataclasses import dataclass
from datetime import datetime

from console.domain.wanted import CaseFilter
from console.queries.paging import Page, queue_around, queue_beside, queue_page
from console.queries.queue import QueueRow
from console.storage.unit import View


@dataclass(frozen=True, slots=True)
class Held:
    """`case_id` is the case that was asked for, or the one that stands where it stood; 0: there is none."""

    page: Page
    case_id: int


def queue_held(view: View, wanted: CaseFilter, now: datetime, seen: QueueRow, place: int, size: int) -> Held:
    """The rows around a row that was seen at `place`; where it is gone, around the one that follows it."""
    found = queue_around(view, wanted, now, seen.id, size)
    if found is not None:
        return Held(found, seen.id)
    for before in (False, True):
        beside = queue_beside(view, wanted, now, seen, place, 1, before=before)
        if beside.rows:
            follows = beside.rows[0].id
            found = queue_around(view, wanted, now, follows, size)
            assert found is not None, "one view sees one state"
            return Held(found, follows)
    return Held(Page(0, ()), 0)


def queue_opening(view: View, wanted: CaseFilter, now: datetime, case_id: int, size: int) -> Held:
    """The rows around a case, or the first rows where the filter does not let it through."""
    found = queue_around(view, wanted, now, case_id, size) if case_id else None
    if found is not None:
        return Held(found, case_id)
    return Held(queue_page(view, wanted, now, 0, size), 0)
