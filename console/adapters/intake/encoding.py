"""The encoding of a text file, checked to its last byte before a row of it is believed."""

import codecs
import re
from pathlib import Path

from console.domain.errors import Refused

_CHUNK = 1 << 20
_CJK = re.compile("[\u3400-\u9fff]")


def checked_encoding(file: Path, declared: str) -> str:
    """The encoding to read `file` with: the declared one, or for `auto` what it strictly is.

    A byte order mark always counts. Raises Refused: `wrong_encoding` with the position of the first
    byte that does not fit and the encodings to try, and `utf_16` where the mark is that one's.
    """
    with file.open("rb") as opened:
        begin = opened.read(4)
    if begin.startswith(codecs.BOM_UTF8):
        asked = "utf-8-sig"
    elif begin.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Refused("utf_16", file=file.name)
    else:
        asked = "utf-8" if declared in {"auto", "utf-8-sig"} else declared
    position = _first_misfit(file, asked)
    if position is not None:
        others = [name for name in ("utf-8", "gb18030") if name not in asked]
        raise Refused(
            "wrong_encoding", file=file.name, encoding=asked, position=position, others=", ".join(others)
        )
    # Chinese in UTF-8 mostly decodes as GB18030 too, into other characters; the reverse hardly ever.
    if asked == "gb18030" and (place := _first_chinese(file)) is not None:
        raise Refused("wrong_encoding", file=file.name, encoding=asked, position=place, others="utf-8")
    return asked


def _first_misfit(file: Path, encoding: str) -> int | None:
    """The offset of the first byte that is not of `encoding`, or None."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    fed = 0
    with file.open("rb") as opened:
        while True:
            chunk = opened.read(_CHUNK)
            waiting = len(decoder.getstate()[0])
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as problem:
                return fed - waiting + problem.start
            if not chunk:
                return None
            fed += len(chunk)


def _first_chinese(file: Path) -> int | None:
    """The offset of the first Chinese character of a file that is strict UTF-8, or None."""
    if _first_misfit(file, "utf-8") is not None:
        return None
    fed = 0
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    with file.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            text = decoder.decode(chunk)
            if found := _CJK.search(text):
                return fed + len(text[: found.start()].encode())
            fed += len(text.encode())
    return None
