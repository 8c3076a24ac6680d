"""What an open transaction knows already, so that it asks only once; kept with its connection."""

from typing import Any

from sqlalchemy import Connection

_KEY = "known"


class Known:
    """The reference data and their revision, and the hash of the journal's last line."""

    __slots__ = ("head", "reference", "revision")

    def __init__(self) -> None:
        self.reference: Any = None
        self.revision: str | None = None
        self.head: str | None = None


def known(connection: Connection) -> Known:
    """What the transaction on `connection` knows; change it as it changes."""
    found: Known | None = connection.info.get(_KEY)
    return forget(connection) if found is None else found


def forget(connection: Connection) -> Known:
    """Know nothing, as when a transaction begins or a part of it was rolled back."""
    fresh = connection.info[_KEY] = Known()
    return fresh
