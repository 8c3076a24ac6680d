"""One draft, and the book of drafts of one user."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

REPORT = "report"  # the form for a new report; the other names are those of acts
MOST = 50
LASTS = timedelta(days=7)

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Draft:
    """What stood in the form `name` for the case `code` (empty for a report) at `at`, aware UTC.

    `entries` are plain JSON values by the object names of the inputs.
    """

    name: str
    code: str
    at: datetime
    entries: Mapping[str, Any]

    @property
    def key(self) -> Key:
        return self.name, self.code


class Book:
    """At most `MOST` drafts, the newest of each form and case, none older than `LASTS`."""

    def __init__(self, drafts: Iterable[Draft] = ()) -> None:
        self._drafts = {draft.key: draft for draft in sorted(drafts, key=lambda draft: draft.at)}

    def __len__(self) -> int:
        return len(self._drafts)

    @property
    def newest_first(self) -> list[Draft]:
        return sorted(self._drafts.values(), key=lambda draft: draft.at, reverse=True)

    def find(self, key: Key) -> Draft | None:
        return self._drafts.get(key)

    def put(self, draft: Draft) -> None:
        self._drafts[draft.key] = draft
        for old in self.newest_first[MOST:]:
            del self._drafts[old.key]

    def drop(self, key: Key) -> bool:
        """Whether there was one."""
        return self._drafts.pop(key, None) is not None

    def document(self) -> list[dict[str, Any]]:
        """All of it as plain JSON values."""
        return [
            {"name": one.name, "code": one.code, "at": one.at.isoformat(), "entries": dict(one.entries)}
            for one in self._drafts.values()
        ]


def book_of(document: Any, now: datetime) -> tuple[Book, str]:
    """The book that `document` is of, without what is too old; and what in it is no draft, if anything."""
    if document is None:
        return Book(), ""
    if not isinstance(document, list):
        return Book(), repr(document)[:80]
    found, wrong = [], []
    for one in document:
        try:
            at = datetime.fromisoformat(one["at"])
            if now - at < LASTS:
                found.append(Draft(str(one["name"]), str(one["code"]), at, dict(one["entries"])))
        except (KeyError, TypeError, ValueError):  # a naive instant cannot be compared either
            wrong.append(one)
    return Book(found), repr(wrong)[:80] if wrong else ""
