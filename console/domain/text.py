"""Text as every database, file and terminal can hold it."""

import re

# PostgreSQL takes no NUL in a text, and no UTF-8 holds half a surrogate pair (JSON and argv can bring one).
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


def cleaned(text: str) -> str:
    """The text with a replacement character for each letter that cannot be written; nothing else changes."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
