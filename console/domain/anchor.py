"""A point of the journal's hash chain that is kept outside the database."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Anchor:
    """At `at` (aware UTC) the last line of the journal had this id and hash.

    `store` names the database from within, `database` where it was reached.
    """

    at: datetime
    store: str
    database: str
    line: int
    hash: str
