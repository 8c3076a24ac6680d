"""What the package leaves out of its libraries: curl, Chromium's other languages, folium's services."""

import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONVERTING = """
import sys
import pyproj
print(pyproj.Transformer.from_crs(4490, 4547, always_xy=True).transform(113.65, 34.75))
print(pyproj.Transformer.from_crs(4214, 4490, always_xy=True).transform(113.65, 34.75))
print({line.split()[-1] for line in open("/proc/self/maps") if "libcurl" in line}, file=sys.stderr)
"""

PAGE = """
import sys
sys.prefix = "/"  # a copy of the table lies there as well; the package's Python has none
import xyzservices.providers
from console.ui.map.document import base_page
print(base_page())
print(len(xyzservices.providers), file=sys.stderr)
"""


def test_that_proj_converts_the_same_without_its_curl(bundle: Path, tmp_path: Path) -> None:
    if sys.platform != "linux" or shutil.which("cc") is None or shutil.which("nm") is None:
        pytest.skip("a compiler and nm are needed to make the library")
    import curl
    import pyproj

    made = curl.link_nothing(Path(pyproj.__path__[0]).parent / "pyproj.libs", tmp_path)
    assert made.stat().st_size < 50_000
    said = [
        subprocess.run(
            [sys.executable, "-c", CONVERTING],
            env=os.environ | {"LD_PRELOAD": preloaded}, capture_output=True, text=True, check=True,
        )
        for preloaded in ("", str(made))
    ]  # fmt: skip
    assert said[0].stdout == said[1].stdout != ""
    assert str(made) in said[1].stderr


def test_that_chromium_keeps_what_belongs_to_no_other_language(bundle: Path) -> None:
    import PySide6
    from icu import cut_package, kept_by_browser

    tables = Path(PySide6.__path__[0], "Qt", "resources", "icudtl.dat")
    if not tables.is_file():
        pytest.skip("here Chromium's tables lie elsewhere")
    whole = tables.read_bytes()
    cut = cut_package(whole, kept_by_browser)
    before, after = names(whole), names(cut)
    assert len(cut) < 0.7 * len(whole)
    lost = before - after
    assert {name.rpartition(".")[2] for name in lost} == {"res", "dict"}
    for name in ("coll/zh.res", "coll/root.res", "brkitr/cjdict.dict", "brkitr/word.brk", "curr/zh.res"):
        assert any(one.endswith(f"/{name}") for one in after), name
    assert any(one.endswith("/coll/ko.res") for one in lost)


def test_that_the_page_is_the_same_where_folium_knows_no_map_services(tmp_path: Path) -> None:
    import xyzservices

    known = tmp_path / "xyzservices"
    shutil.copytree(xyzservices.__path__[0], known)
    (known / "data" / "providers.json").write_text("{}\n")
    said = [
        subprocess.run(
            [sys.executable, "-c", PAGE],
            env=os.environ | {"PYTHONPATH": os.pathsep.join((*first, str(ROOT)))},
            capture_output=True, text=True, check=True,
        )
        for first in ((), (str(tmp_path),))
    ]  # fmt: skip
    assert said[0].stdout == said[1].stdout != ""
    assert int(said[0].stderr) > 20
    assert int(said[1].stderr) == 0


def names(package: bytes) -> set[str]:
    (head,) = struct.unpack_from("<H", package)
    (count,) = struct.unpack_from("<I", package, head)
    places = [struct.unpack_from("<I", package, head + 4 + 8 * at)[0] for at in range(count)]
    return {package[head + at : package.index(b"\0", head + at)].decode("ascii") for at in places}
