"""The last line of a dossier: the SHA-256 of everything before it.

A seal tells that the file is byte for byte what was written: it notices every accident and every change
by hand. It cannot tell who wrote it, for anybody can seal a file anew: that the lines of the record are
those of the city's journal is told by the journal alone (see console.adapters.dossier.checking).
"""

import re
from hashlib import sha256

_LINE = re.compile(rb"\n%grid-console-dossier sha256=([0-9a-f]{64})\n\Z")
_LENGTH = len(b"\n%grid-console-dossier sha256=\n") + 64


def sealed(pdf: bytes) -> bytes:
    """The PDF with its seal; for a reader of PDF it is a comment after the end."""
    return pdf + b"\n%grid-console-dossier sha256=" + sha256(pdf).hexdigest().encode() + b"\n"


def has_seal(data: bytes) -> bool:
    """Whether a seal stands at the end, whole or broken."""
    return _LINE.search(data[-_LENGTH:]) is not None


def is_whole(data: bytes) -> bool:
    """Whether every byte is as it was sealed."""
    found = _LINE.fullmatch(data[-_LENGTH:])
    return found is not None and sha256(data[:-_LENGTH]).hexdigest().encode() == found[1]
