"""Copies of pictures: small ones kept by hash, exported ones that tell neither place nor maker."""

from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageOps

from console.adapters.photo import copies
from console.adapters.photo.copies import Thumbnails, stripped
from console.domain.errors import Refused
from console.domain.evidence import Evidence, Role
from tests.photos import GPS_WORDS, jpeg, pdf, picture, png, webp, written

MADE = [("image/jpeg", jpeg()), ("image/png", png()), ("image/webp", webp()), ("application/pdf", pdf())]


def evidence(data: bytes, media_type: str) -> Evidence:
    return Evidence(sha256(data).hexdigest(), "road", media_type, len(data), Role.NEAR)


def copy_of(data: bytes, media_type: str) -> bytes:
    (copy,) = stripped([(evidence(data, media_type), data)])
    assert isinstance(copy, bytes), copy
    return copy


@pytest.mark.parametrize(("media_type", "data"), MADE)
def test_that_place_time_and_maker_are_gone_from_an_exported_copy(media_type: str, data: bytes) -> None:
    assert any(word in data for word in GPS_WORDS)
    copy = copy_of(data, media_type)
    assert [word for word in GPS_WORDS if word in copy] == []


@pytest.mark.parametrize(("media_type", "data"), MADE[:3])
def test_that_the_picture_itself_is_still_there(media_type: str, data: bytes) -> None:
    with Image.open(BytesIO(copy_of(data, media_type))) as copy:
        assert not copy.getexif()
        assert copy.size == (64, 48)
        difference = ImageChops.difference(copy.convert("RGB"), picture())
        assert max(high for _low, high in difference.getextrema()) < 16


def test_that_a_png_keeps_every_pixel() -> None:
    with Image.open(BytesIO(copy_of(png(mode="RGBA"), "image/png"))) as copy:
        assert ImageChops.difference(copy, picture(mode="RGBA")).getbbox(alpha_only=False) is None


def test_that_a_papers_photo_still_decodes() -> None:
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(copy_of(pdf(), "application/pdf")))
    (found,) = reader.pages[0].images
    assert found.image is not None
    assert found.image.size == (64, 48)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_that_a_turned_picture_is_exported_upright(orientation: int) -> None:
    data = jpeg(64, 48, orientation=orientation)
    with Image.open(BytesIO(data)) as image, Image.open(BytesIO(copy_of(data, "image/jpeg"))) as copy:
        upright = ImageOps.exif_transpose(image)
        assert copy.size == upright.size
        assert max(high for _low, high in ImageChops.difference(copy, upright).getextrema()) < 16


@pytest.fixture
def thumbnails(tmp_path: Path) -> Thumbnails:
    return Thumbnails(tmp_path / "thumbnails")


def test_that_a_thumbnail_is_small_upright_and_kept_by_hash(thumbnails: Thumbnails, tmp_path: Path) -> None:
    (path,) = written(tmp_path, a_jpg=jpeg(1600, 1200, orientation=6))
    contents = {"ab" * 32: ("image/jpeg", path)}
    place = thumbnails.made(contents, 320)["ab" * 32]
    assert isinstance(place, Path)
    with Image.open(place) as image:
        assert (image.format, image.size) == ("JPEG", (240, 320))
        assert not image.getexif()
    assert [word for word in GPS_WORDS if word in place.read_bytes()] == []
    before = place.stat()
    path.unlink()
    assert thumbnails.made(contents, 320) == {"ab" * 32: place}
    assert place.stat().st_mtime_ns == before.st_mtime_ns
    assert [file.name for file in thumbnails.folder.rglob("*") if file.is_file()] == [place.name]


@pytest.mark.parametrize("mode", ["L", "LA", "RGBA", "P", "1", "I;16", "CMYK"])
def test_that_pictures_of_every_colour_mode_are_shown(
    mode: str, thumbnails: Thumbnails, tmp_path: Path
) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    made = picture(400, 300, "L").convert("I;16") if mode == "I;16" else picture(400, 300, mode)
    made.save(tmp_path / "a", kind)
    media_type = "image/jpeg" if mode == "CMYK" else "image/png"
    place = thumbnails.made({"cd" * 32: (media_type, tmp_path / "a")}, 320)["cd" * 32]
    assert isinstance(place, Path), place
    with Image.open(place) as image:
        assert (image.mode, image.size) == ("RGB", (320, 240))


def test_that_what_is_transparent_is_shown_on_white(thumbnails: Thumbnails, tmp_path: Path) -> None:
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(tmp_path / "a", "PNG")
    place = thumbnails.made({"ef" * 32: ("image/png", tmp_path / "a")}, 320)["ef" * 32]
    assert isinstance(place, Path)
    with Image.open(place) as image:
        assert image.getpixel((20, 20)) == (255, 255, 255)


def test_that_a_picture_that_does_not_decode_leaves_nothing_behind(
    thumbnails: Thumbnails, tmp_path: Path
) -> None:
    good, bad = written(tmp_path, a_jpg=jpeg(), b_jpg=jpeg()[:200])
    found = thumbnails.made({"aa": ("image/jpeg", good), "bb": ("image/jpeg", bad)}, 320)
    assert isinstance(found["aa"], Path)
    assert isinstance(found["bb"], Refused)
    assert [file.name for file in thumbnails.folder.rglob("*") if file.is_file()] == ["aa-320.jpg"]


def test_that_the_sizes_suit_a_strip_and_a_screen() -> None:
    assert (copies.THUMBNAIL, copies.VIEW) == (320, 2048)
