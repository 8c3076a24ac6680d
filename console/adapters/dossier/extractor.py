"""The child process that takes a dossier apart: its record, its pictures' hashes, what it says of its hash.

Finds `request.json` in its folder with the `path` of the PDF. Leaves `record.json` where the PDF holds one,
and `answer.json`: `images` (hashes of the JPEGs as they stand in it), `keywords` and `last` (the letters of
the last page without spaces), or `error`. Imports nothing of the console.
"""

import json
import logging
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import StreamObject


def taken_apart(path: str) -> dict[str, Any]:
    reader = PdfReader(path, strict=False)
    found = reader.attachments.get("record.json") or []
    if len(found) == 1:
        Path("record.json").write_bytes(found[0])
    metadata = reader.metadata
    keywords = metadata.get("/Keywords", "") if metadata is not None else ""
    return {
        "images": sorted({sha256(data).hexdigest() for data in images(reader)}),
        "keywords": str(keywords),
        "last": "".join(reader.pages[-1].extract_text().split()),
    }


def images(reader: PdfReader) -> Iterator[bytes]:
    """The JPEGs of every page as they stand in the file."""
    for page in reader.pages:
        for item in page.get("/Resources", {}).get("/XObject", {}).values():
            image = item.get_object()
            if isinstance(image, StreamObject) and image.get("/Filter") == "/DCTDecode":
                yield image._data


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    sys.setrecursionlimit(2000)
    request = json.loads(Path("request.json").read_text(encoding="utf-8"))
    try:
        answer = taken_apart(request["path"])
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, OSError) as problem:
        answer = {"error": repr(problem)[:200]}
    except (RecursionError, AssertionError, ArithmeticError, MemoryError, NotImplementedError) as problem:
        answer = {"error": repr(problem)[:200]}
    Path("answer.json").write_text(json.dumps(answer), encoding="utf-8")
