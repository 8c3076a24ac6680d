"""Photos and papers made for tests: with a place in them, with bombs in them, cut short."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

from PIL import Image, PngImagePlugin

GPS_WORDS = (b"GPS", b"Exif", b"http://ns.adobe.com/xap", b"secret")
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>http://ns.adobe.com/xap/1.0/ secret place</x:xmpmeta>"


def picture(width: int = 64, height: int = 48, mode: str = "RGB") -> Image.Image:
    """A gradient, so that turning, cutting and shrinking can be seen."""
    across = Image.linear_gradient("L").rotate(90).resize((width, height))
    down = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (across, down, Image.new("L", (width, height), 90))).convert(mode)


def exif(*, orientation: int = 1, taken: str = "2026:03:20 10:15:00", offset: str = "") -> Image.Exif:
    """What a phone writes: time, place (113.65 E, 34.75 N) and how it was held."""
    told = Image.Exif()
    told[0x0112] = orientation
    told[0x010F] = "secret maker"
    inner = told.get_ifd(0x8769)
    inner[36867] = taken
    if offset:
        inner[36881] = offset
    place = told.get_ifd(0x8825)
    place[1], place[2] = "N", (34.0, 45.0, 0.0)
    place[3], place[4] = "E", (113.0, 39.0, 0.0)
    return told


def jpeg(width: int = 64, height: int = 48, **told: object) -> bytes:
    """A JPEG with EXIF, GPS, XMP and a comment in it."""
    out = BytesIO()
    picture(width, height).save(
        out,
        "JPEG",
        quality=95,
        exif=exif(**told),
        xmp=XMP,
        comment=b"secret comment",  # type: ignore[arg-type]
    )
    return out.getvalue()


def png(width: int = 64, height: int = 48, mode: str = "RGB") -> bytes:
    """A PNG with EXIF and GPS, and a text in it."""
    out = BytesIO()
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "secret")
    text.add_itxt("XML:com.adobe.xmp", XMP.decode())
    picture(width, height, mode).save(out, "PNG", exif=exif(), pnginfo=text)
    return out.getvalue()


def webp(width: int = 64, height: int = 48) -> bytes:
    """A WebP with EXIF, GPS and XMP in it."""
    out = BytesIO()
    picture(width, height).save(out, "WEBP", quality=95, exif=exif(), xmp=XMP)
    return out.getvalue()


def pdf() -> bytes:
    """A page with a photo on it that still has its place, an author, and XMP."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DecodedStreamObject, NameObject

    out = BytesIO()
    with Image.open(BytesIO(jpeg())) as image:
        image.save(out, "PDF")
    writer = PdfWriter(clone_from=PdfReader(out))
    for item in writer._objects:
        if item.get_object().get("/Subtype") == "/Image":
            item._data = jpeg()
    writer.add_metadata({"/Author": "secret author"})
    metadata = DecodedStreamObject()
    metadata.set_data(XMP)
    writer.root_object[NameObject("/Metadata")] = writer._add_object(metadata)
    done = BytesIO()
    writer.write(done)
    return done.getvalue()


def bomb(edge: int) -> bytes:
    """A black 1-bit PNG of edge x edge pixels in a few kilobytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", edge, edge, 1, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    row = bytes(1 + (edge + 7) // 8)
    rows = b"".join(packer.compress(row) for _ in range(edge)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def written(folder: Path, **files: bytes) -> list[Path]:
    """Files by name, `_` before the ending: near_jpg becomes near.jpg."""
    folder.mkdir(exist_ok=True)
    paths = [folder / ".".join(name.rsplit("_", 1)) for name in files]
    for path, data in zip(paths, files.values(), strict=True):
        path.write_bytes(data)
    return paths
