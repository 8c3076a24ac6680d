"""The hash chain of the journal: each line carries the SHA-256 of the one before it and of itself.

A chain shows that a line was changed, dropped, put in or moved. It cannot show that somebody wrote all
of it anew: for that its head is kept outside the database (console.runtime.anchor).
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from json.encoder import encode_basestring as quoted
from typing import Any

FIRST = "0" * 64

# case_id (None: the city itself), number, operation, ticks, by, post, changes, details, note, evidence
Told = tuple[int | None, int, str, int, str, str, str, str, str, str]


def link(before: str, line: Told) -> str:
    """The hash of a line: of the hash before it, a line feed, and the line as a compact JSON array."""
    case_id, number, operation, at, by, post, changes, details, note, evidence = line
    told = (
        f"{before}\n[{'null' if case_id is None else case_id},{number},{quoted(operation)},{at},"
        f"{quoted(by)},{quoted(post)},{quoted(changes)},{quoted(details)},{quoted(note)},{quoted(evidence)}]"
    )
    return sha256(told.encode()).hexdigest()


def chained(head: str, lines: Iterable[Told]) -> Iterator[tuple[Any, ...]]:
    """The lines with their hashes, `head` being the hash of the line before them."""
    for line in lines:
        head = link(head, line)
        yield (*line, head)
