"""Libraries that do nothing stand where Pillow and PROJ never ask, and one SQLite serves PROJ as well."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

WORKING = """
import io, sys
import pyproj
from PIL import Image, ImageDraw, ImageFont, ImageGrab

print(pyproj.Transformer.from_crs(4490, 4547, always_xy=True).transform(113.65, 34.75))
print(pyproj.Transformer.from_crs(4214, 4490, always_xy=True).transform(113.65, 34.75))
picture = Image.effect_noise((64, 64), 50).convert("RGB")
ImageDraw.Draw(picture).text((2, 2), "A", font=ImageFont.load_default(20))
for kind in ("JPEG", "PNG", "WEBP"):
    kept = io.BytesIO()
    picture.save(kept, kind)
    with Image.open(io.BytesIO(kept.getvalue())) as again:
        print(kind, again.size, again.convert("L").getbbox())
try:
    ImageGrab.grab(xdisplay=":99999")
except OSError:
    print("no screen")
kept = io.BytesIO()
picture.getexif()[0x0112] = 6
picture.save(kept, "JPEG", exif=picture.getexif())
print(Image.open(kept).getexif()[0x0112])
for kind, words in (("TIFF", {"compression": "tiff_lzw"}), ("JPEG2000", {})) if sys.argv[1:] else ():
    try:
        picture.save(io.BytesIO(), kind, **words)
    except (OSError, RuntimeError):
        print("no", kind)
for line in open("/proc/self/maps"):
    if any(name in line for name in ("libxcb", "libtiff", "libopenjp2")):
        print(line.split()[-1], file=sys.stderr)
"""


@pytest.fixture
def packages() -> Path:
    import pyproj

    folder = Path(pyproj.__path__[0]).parent
    lacking = [tool for tool in ("cc", "nm") if shutil.which(tool) is None]
    if sys.platform != "linux" or lacking or not list(folder.glob("pyproj.libs/libproj-*")):
        pytest.skip("a compiler and nm are needed to make the libraries, and the wheels of Linux")
    return folder


def test_that_pictures_and_places_are_the_same_with_libraries_that_do_nothing(
    bundle: Path, packages: Path, tmp_path: Path
) -> None:
    import nothing

    (pillow,), (xcb,) = packages.glob("PIL/_imaging.cpython*"), packages.glob("pillow.libs/libxcb-*")
    (proj,), (tiff,) = packages.glob("pyproj.libs/libproj-*"), packages.glob("pyproj.libs/libtiff-*")
    (paper,), (waves,) = packages.glob("pillow.libs/libtiff-*"), packages.glob("pillow.libs/libopenjp2-*")
    made = [
        nothing.link_nothing(pillow, xcb, "xcb_", tmp_path),
        nothing.link_nothing(pillow, paper, "TIFF", tmp_path),
        nothing.link_nothing(pillow, waves, "opj_", tmp_path),
        nothing.link_nothing(proj, tiff, "TIFF", tmp_path),
    ]
    assert all(library.stat().st_size < 20_000 for library in made)
    said = [
        subprocess.run(
            [sys.executable, "-c", WORKING, *(["apart"] if preloaded else [])],
            env=os.environ | {"LD_PRELOAD": preloaded, "LD_BIND_NOW": "1"},
            capture_output=True, text=True, check=True,
        )
        for preloaded in ("", " ".join(map(str, made)))
    ]  # fmt: skip
    assert said[0].stdout.endswith("no screen\n6\n")
    assert said[1].stdout == said[0].stdout + "no TIFF\nno JPEG2000\n"
    assert "no version information" not in said[1].stderr
    assert all(str(library) in said[1].stderr for library in made)


def test_that_who_calls_nothing_is_no_caller(bundle: Path, packages: Path, tmp_path: Path) -> None:
    import nothing

    (proj,), (tiff,) = packages.glob("pyproj.libs/libproj-*"), packages.glob("pyproj.libs/libtiff-*")
    with pytest.raises(ValueError, match="calls no function"):
        nothing.link_nothing(proj, tiff, "xcb_", tmp_path)


def test_that_projs_sqlite_becomes_a_link_to_the_one_that_is_current(bundle: Path) -> None:
    import trimming

    entries = [
        ("pyproj.libs/libsqlite3-341faa0b.so.0.8.6", "/wheel/libsqlite3.so", "BINARY"),
        ("libsqlite3-341faa0b.so.0.8.6", "pyproj.libs/libsqlite3-341faa0b.so.0.8.6", "SYMLINK"),
        ("libsqlite3.so.0", "/made/libsqlite3.so.0", "BINARY"),
    ]
    made = list(trimming._with_one_sqlite(entries))
    assert made[0] == ("pyproj.libs/libsqlite3-341faa0b.so.0.8.6", "../libsqlite3.so.0", "SYMLINK")
    assert made[1:] == entries[1:]
    assert trimming._leads_to(made[0]) == "libsqlite3.so.0"


def test_that_python_s_sqlite_has_all_that_proj_calls(packages: Path) -> None:
    import _sqlite3

    (proj,) = packages.glob("pyproj.libs/libproj-*")
    asked = {
        line.split()[-1].partition("@")[0]
        for line in subprocess.run(
            ["nm", "-D", proj], capture_output=True, text=True, check=True
        ).stdout.splitlines()
        if " U sqlite3_" in line
    }
    assert asked
    said = subprocess.run(["ldd", _sqlite3.__file__], capture_output=True, text=True, check=True).stdout
    where = next((line.split()[2] for line in said.splitlines() if "libsqlite3.so.0" in line), None)
    if where is None:
        pytest.skip("this Python's SQLite is not a library of its own")
    told = subprocess.run(["nm", "-D", where], capture_output=True, text=True, check=True).stdout
    assert asked <= {line.split()[-1] for line in told.splitlines() if " T " in line}
