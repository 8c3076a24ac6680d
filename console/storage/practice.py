"""The site's practice in and out: one JSON text in the store."""

import json

from sqlalchemy import Connection

from console.domain.practice import Practice
from console.domain.practice_form import as_plain, from_plain
from console.storage.meta import get_meta, put_meta, touch

_PRACTICE = "practice"


def read_practice(connection: Connection, usual: Practice) -> Practice:
    """The practice that the site loaded, else `usual`, which also tells what a newer version added."""
    text = get_meta(connection, _PRACTICE)
    if text is None:
        return usual
    practice, flaws = from_plain(json.loads(text), usual)
    if practice is None:
        raise ValueError(f"the stored practice is damaged: {flaws[0]}")
    return practice


def has_practice(connection: Connection) -> bool:
    """Whether the site has one of its own."""
    return get_meta(connection, _PRACTICE) is not None


def put_practice(connection: Connection, practice: Practice) -> None:
    """Put it in the place of the one that was there."""
    put_meta(connection, _PRACTICE, json.dumps(as_plain(practice), ensure_ascii=False))
    touch(connection)
