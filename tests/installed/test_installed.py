"""The built package on a bare Debian 12: what it is made of, its work without a network, and its window."""

import gzip
import json
import re
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from tests.installed.bare_root import USER, BareRoot
from tests.installed.program import (
    PROGRAM,
    Screen,
    built_pack,
    console,
    drag,
    map_changed,
    map_is_painted,
    map_rests,
    missing,
    renderers,
    until,
    walk,
    window,
)

ROOT = Path(__file__).resolve().parents[2]


def test_that_nothing_it_is_linked_with_is_missing(installed: BareRoot) -> None:
    assert missing(installed, PROGRAM) == ""


def test_that_the_menu_has_it_in_chinese_with_an_icon_and_a_manual(installed: BareRoot) -> None:
    share = installed.place / "usr" / "share"
    entry = (share / "applications" / "grid-console.desktop").read_text("utf-8")
    assert "Name[zh_CN]=网格指挥台" in entry
    for size in (16, 48, 256):
        picture = share / "icons" / "hicolor" / f"{size}x{size}" / "apps" / "grid-console.png"
        with Image.open(picture) as drawn:
            assert drawn.size == (size, size)
    assert (share / "man" / "zh_CN" / "man1" / "grid-console.1.gz").is_file()


def test_that_a_case_walks_through_the_seven_steps_without_network(
    installed: BareRoot, screen: Screen
) -> None:
    found = walk(installed, screen)
    version = re.match(r"sqlite (\d+)\.(\d+)\.(\d+) ", found["database"])
    assert version is not None
    assert tuple(map(int, version.groups())) >= (3, 51, 3)
    assert found["fonts"] == "Noto Sans CJK SC"


def test_that_programs_in_processes_of_their_own_work(installed: BareRoot) -> None:
    console(installed, "city", "demo", "--cases", "300")
    listed = json.loads(console(installed, "cases", "list", "--json").stdout)
    code = listed["cases"][0]["code"]
    file = f"/home/{USER}/dossier.pdf"
    console(installed, "dossier", "save", code, "--out", file)
    console(installed, "dossier", "verify", file)
    console(installed, "manual", "--pdf", f"/home/{USER}/manual.pdf")
    console(installed, "city", "check", built_pack(installed))
    script = installed.place / "home" / USER / "children.py"
    script.write_text(CHILDREN, "utf-8")
    said = installed.offline(f"{PROGRAM}/grid-console-python", f"/home/{USER}/children.py")
    assert json.loads(said.stdout) == {
        "areas": [["甲"], "EPSG:4547", "POINT (113.6 34.7)"], "features": 1, "crs": "EPSG:4490",
        "pinyin": "zhong", "rows": [["编号", "地址"], ["1", "金水路"]],
        "film": "film_no_encoder", "pictures": ["000001.png"], "letters": True, "said": "",
    }  # fmt: skip


CHILDREN = """
import io, json, logging
from pathlib import Path
from tempfile import mkdtemp

heard = io.StringIO()
logging.basicConfig(stream=heard, level=logging.WARNING)
import numpy as np, openpyxl, shapely, shapefile
from pyproj import CRS

from console.adapters.film.letters import letters
from console.adapters.film.writing import film_writer
from console.adapters.intake.xlsx_sheet import opened_book
from console.adapters.pack.features import read_features
from console.adapters.pack.geopackage import write_layer
from console.domain.errors import Refused
from console.queries.pinyin import readings

folder = Path(mkdtemp())
file = folder / "cells.gpkg"
square = np.array([shapely.box(113.6, 34.7, 113.7, 34.8)], dtype=object)
write_layer(file, "cells", {"code": np.array(["1"], dtype=object)}, square, system="EPSG:4490")
found = read_features(file, "cells.gpkg", layer="cells")
with shapefile.Writer(str(folder / "areas"), shapeType=shapefile.POLYGON) as writer:
    writer.field("name", "C", 20)
    writer.poly([[[113.6, 34.7], [113.6, 34.8], [113.7, 34.8], [113.6, 34.7]]])
    writer.record("甲")
(folder / "areas.prj").write_text(CRS.from_epsg(4547).to_wkt("WKT1_ESRI"))
areas = read_features(folder / "areas.shp", "areas.shp")
(folder / "areas.geojson").write_text('{"type": "Point", "coordinates": [113.6, 34.7]}')
point = read_features(folder / "areas.geojson", "areas.geojson")
told = {"areas": [areas.columns["name"], areas.crs, point.shapes[0].wkt]}
told |= {"features": len(found.shapes), "crs": found.crs, "pinyin": readings(["中"])[0][0][0]}

book = openpyxl.Workbook()
for row in (["编号", "地址"], ["1", "金水路"]):
    book.active.append(row)
book.save(folder / "cases.xlsx")
with opened_book(folder / "cases.xlsx") as rows:
    told["rows"] = [list(row) for row in rows]

try:
    film_writer(folder / "film.webm", 64, 64, 25)
except Refused as refused:
    told["film"] = refused.code
series = film_writer(folder / "pictures", 64, 64, 25)
series.take(np.zeros((64, 64, 3), dtype=np.uint8))
series.finish()
told["pictures"] = [path.name for path in (folder / "pictures").iterdir()]
told["letters"] = letters(24).getmask("网格").getbbox() is not None
print(json.dumps(told | {"said": heard.getvalue()}))
"""


@pytest.mark.parametrize("time_", ["first", "again"])
def test_that_the_window_shows_the_map_in_chromiums_sandbox(
    installed: BareRoot, screen: Screen, time_: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with window(installed, screen) as running:
        until(lambda: bool(renderers(running)), "a page drawn in Chromium's sandbox")
        until(lambda: map_is_painted(screen), "a painted map")
        until(lambda: map_rests(screen), "a map that is finished")
        (renderer, *_) = renderers(running)
        status = dict(
            line.split(":\t", 1) for line in (renderer / "status").read_text().splitlines() if ":\t" in line
        )
        assert status["Seccomp"].strip() == "2"
        assert status["Uid"].split()[0] != "0"
        assert (renderer / "ns" / "user").readlink() != Path("/proc/self/ns/user").readlink()
        assert (renderer / "ns" / "net").readlink() != Path("/proc/self/ns/net").readlink()
        picture = screen.picture()
        file = tmp_path_factory.getbasetemp() / f"window-{time_}.png"
        picture.save(file)
        print(f"picture: {file}")
        drag(screen, by=120)
        until(lambda: map_changed(picture, screen.picture()), "the map dragged")
    assert json.loads(console(installed, "verify", "--json").stdout) == {"cases": 300, "mismatches": []}


def test_that_the_bill_inside_names_every_locked_package(package: Path, tmp_path: Path) -> None:
    subprocess.run(["dpkg-deb", "-x", package, tmp_path], check=True)
    documents = tmp_path / "usr" / "share" / "doc" / "grid-console"
    bill = json.loads(gzip.decompress((documents / "sbom.cdx.json.gz").read_bytes()))
    assert bill["bomFormat"] == "CycloneDX"
    named = {(item["name"], item["version"]) for item in bill["components"]}
    lock = (ROOT / "packaging" / "requirements.lock").read_text("utf-8")
    pinned = set(re.findall(r"(?m)^([a-z0-9-]+)==(\S+)", lock))
    assert len(pinned) > 20
    assert pinned <= named
    names = {name for name, _ in named}
    assert "SQLite" in names
    assert "libssl3" not in names  # which the system gives
    notices = gzip.decompress((documents / "third-party-notices.gz").read_bytes()).decode()
    assert "\nnumpy " in notices


def test_that_the_fonts_bear_the_time_of_their_maker_not_of_the_build(package: Path, tmp_path: Path) -> None:
    subprocess.run(["dpkg-deb", "-x", package, tmp_path], check=True)
    faces = list(tmp_path.rglob("NotoSansCJK-*.otf"))
    assert len(faces) == 2
    for face in faces:
        whole = face.read_bytes()
        count = int.from_bytes(whole[4:6])
        tables = {whole[at : at + 4]: whole[at + 8 : at + 12] for at in range(12, 12 + 16 * count, 16)}
        head = int.from_bytes(tables[b"head"])
        since_1904 = int.from_bytes(whole[head + 28 : head + 36])
        assert 2000 < 1904 + since_1904 / 31_556_952 < 2024


def test_that_lintian_finds_no_error(package: Path) -> None:
    said = subprocess.run(
        ["lintian", "--allow-root", "--fail-on", "error", str(package)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert said.returncode == 0, said.stdout
