"""The child process that decodes photos and files: looks at them, shrinks them, strips what they tell.

Finds `request.json` in its folder: `jobs`, each with `task` (look, shrink, strip), `path`, `media_type` and,
where it makes something, `to` and `edge`; `pixels` is the most a picture may have, `seconds` what a job may
take of the processor. Answers each job with one line of `answers.jsonl`. Imports nothing of the console.
"""

import json
import logging
import math
import re
import warnings
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from PIL import Image, ImageOps

_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_ORIENTATION, _EXIF, _GPS = 0x0112, 0x8769, 0x8825
_TAKEN, _OFFSET = 36867, 36881  # DateTimeOriginal, OffsetTimeOriginal
_TURNED = range(5, 9)  # orientations that swap width and height
_QUALITY = 82
_EXPORT_QUALITY = 93
_PDF_END = 2048
_JPEG_KEPT = frozenset({0xE0, 0xEE})  # JFIF and Adobe: what a decoder needs

Answer = dict[str, Any]


def grant(seconds: int) -> None:
    """Let the next job use so much processor time, and no more."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = math.ceil(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard < 0 else min(soft, hard), hard))


def opened(job: Answer) -> Image.Image:
    return Image.open(job["path"], formats=(_FORMATS[job["media_type"]],))


def look(job: Answer) -> Answer:
    """Size upright, and what the camera says of time and place, of a picture that decodes to its end."""
    if job["media_type"] not in _FORMATS:
        return look_at_paper(job["path"])
    with opened(job) as image:
        image.verify()
    with opened(job) as image:
        width, height = image.size
        told = {"width": width, "height": height}
        with suppress(ValueError, TypeError, KeyError, OSError, SyntaxError, OverflowError):
            told |= camera(image.getexif(), width, height)
        image.draft("RGB", (320, 320))  # decodes all, at an eighth of the memory
        image.load()
    return told


def camera(exif: Image.Exif, width: int, height: int) -> Answer:
    told: Answer = {}
    if exif.get(_ORIENTATION) in _TURNED:
        told |= {"width": height, "height": width}
    inner = exif.get_ifd(_EXIF)
    if isinstance(inner.get(_TAKEN), str):
        told |= {"taken": inner[_TAKEN], "offset": str(inner.get(_OFFSET, ""))}
    place = exif.get_ifd(_GPS)
    with suppress(ValueError, TypeError, KeyError, ZeroDivisionError):
        lat, lon = degrees(place[2], place[1] == "S"), degrees(place[4], place[3] == "W")
        if abs(lat) <= 90 and abs(lon) <= 180 and (lat, lon) != (0.0, 0.0):
            told |= {"lon": round(lon, 7), "lat": round(lat, 7)}
    return told


def degrees(parts: Any, negative: bool) -> float:
    """Degrees from degrees, minutes and seconds. Raises ValueError where they are no numbers."""
    whole, minutes, seconds = (float(part) for part in parts)
    found = whole + minutes / 60 + seconds / 3600
    if not math.isfinite(found):
        raise ValueError(parts)
    return -found if negative else found


def look_at_paper(path: str) -> Answer:
    from pypdf import PdfReader

    data = Path(path).read_bytes()
    if b"%%EOF" not in data[-_PDF_END:]:
        return {"error": "damaged"}
    reader = PdfReader(path)
    if reader.is_encrypted:
        return {"error": "locked"}
    return {"width": 0, "height": 0} if len(reader.pages) else {"error": "damaged"}


def shrink(job: Answer) -> Answer:
    """A JPEG whose longer edge is at most `edge`, upright, on white where the picture is transparent."""
    edge = (job["edge"], job["edge"])
    with opened(job) as image:
        image.draft("RGB", edge)
        image.thumbnail((edge[0], edge[1]), reducing_gap=2.0)
        upright = ImageOps.exif_transpose(image)
        if upright.has_transparency_data:
            layer = upright.convert("RGBA")
            ground = Image.new("RGBA", layer.size, "white")
            upright = Image.alpha_composite(ground, layer)
        shown = upright.convert("RGB")
        shown.info.clear()  # a comment would be written into the small picture too
        shown.save(job["to"], "JPEG", quality=_QUALITY, optimize=True)
    return {"width": upright.width, "height": upright.height}


def strip(job: Answer) -> Answer:
    """A copy that shows the same and tells nothing else: drawn anew, not cut out of the old file."""
    if job["media_type"] not in _FORMATS:
        return strip_paper(job["path"], job["to"])
    kind = _FORMATS[job["media_type"]]
    with opened(job) as image:
        profile = image.info.get("icc_profile")
        upright = ImageOps.exif_transpose(image)
        upright.info.clear()
        how: Answer = {"quality": _EXPORT_QUALITY, "subsampling": 0} if kind == "JPEG" else {}
        if kind == "WEBP":
            how = {"quality": _EXPORT_QUALITY, "method": 2}
        if profile:
            how["icc_profile"] = profile
        upright.save(job["to"], kind, exif=b"", **how)
    return {"width": upright.width, "height": upright.height}


def strip_paper(path: str, to: str) -> Answer:
    """A copy without what names author, program and place, in the paper and in the photos inside it."""
    from pypdf import PdfWriter
    from pypdf.generic import DictionaryObject, StreamObject

    writer = PdfWriter(clone_from=path)
    writer.metadata = None
    for item in writer._objects:
        if isinstance(item, DictionaryObject):
            item.pop("/Metadata", None)
            item.pop("/PieceInfo", None)
        if isinstance(item, StreamObject) and item.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
            item._data = without_segments(item._data)
    for name in ("/EmbeddedFiles", "/JavaScript"):
        names = writer.root_object.get("/Names")
        if names is not None:
            names.get_object().pop(name, None)
    writer.root_object.pop("/OpenAction", None)
    writer.compress_identical_objects(remove_unreferenced=True)
    with Path(to).open("wb") as file:
        writer.write(file)
    return {"width": 0, "height": 0}


def without_segments(data: bytes) -> bytes:
    """A JPEG without its application segments and comments, of which EXIF and XMP are two."""
    if not data.startswith(b"\xff\xd8"):
        return data
    kept, at = [data[:2]], 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        marker, end = data[at + 1], at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker in _JPEG_KEPT or not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            kept.append(data[at:end])
        at = end
    return b"".join([*kept, data[at:]])


def answered(job: Answer) -> Answer:
    from pypdf.errors import PyPdfError

    tasks = {"look": look, "shrink": shrink, "strip": strip}
    try:
        return tasks[job["task"]](job)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        said = re.search(r"\((\d+) pixels\)", str(problem))
        return {"error": "pixels", "pixels": int(said[1]) if said else 0}
    except MemoryError:
        return {"error": "memory"}
    except (
        OSError,
        SyntaxError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        EOFError,
    ) as problem:
        return {"error": "damaged", "said": repr(problem)[:200]}
    except (PyPdfError, RecursionError, OverflowError, ArithmeticError, AssertionError) as problem:
        return {"error": "damaged", "said": repr(problem)[:200]}


def answer_all(request: Answer, answers: IO[str]) -> None:
    Image.MAX_IMAGE_PIXELS = request["pixels"]
    warnings.simplefilter("ignore")
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    logging.disable(logging.CRITICAL)
    for job in request["jobs"]:
        grant(request["seconds"])
        answers.write(json.dumps(answered(job)) + "\n")
        answers.flush()  # should the next job end this process, the parent knows which one it was


if __name__ == "__main__":
    with Path("answers.jsonl").open("w", encoding="utf-8") as lines:
        answer_all(json.loads(Path("request.json").read_text(encoding="utf-8")), lines)
