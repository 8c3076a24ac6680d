"""A small city pack on disk, for tests to bend out of shape."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from console.adapters.pack import check_pack, read_pack
from console.domain.errors import Refused

COMMUNITY = "410105001001"
WEST, SOUTH, STEP = 113.62, 34.74, 0.001

MANIFEST = """\
format = 1
code = "410100"
name = "小城"
name_en = "Small City"
timezone = "Asia/Shanghai"
edition = "2026"
coordinates = "cgcs2000"
place = [113.62, 34.74]
departments = "departments.csv"
responsibilities = "responsibilities.csv"
calendar = "calendar.toml"

[unit_grids]
file = "grids.geojson"

[divisions]
file = "divisions.csv"

[responsibility_grids]
file = "patrols.csv"

[roads]
file = "roads.geojson"
"""

DIVISIONS = f"""\
code,name,name_en,level,parent
410100,小城,Small City,city,
410105,东区,East,district,410100
410105001,一街,First Street,street,410105
{COMMUNITY},一社区,First Community,community,410105001
"""

PATROLS = """\
code,name
R1,北片
R2,南片
"""

DEPARTMENTS = """\
code,name,name_en,kind,parent,division
B1,城管局,Urban Management,bureau,,
D1,东区执法队,East Team,district_bureau,B1,410105
"""

RULES = """\
department,class_prefix,division,priority
B1,,,0
D1,event:06,410105,1
"""

CALENDAR = """\
holidays = "china"

[[seasons]]
since = 2020-01-01
periods = ["08:00-12:00", "14:00-18:00"]

[days]
2026-05-09 = false
"""


def square(column: int, row: int) -> list[list[float]]:
    """The closed ring of a cell, rows counted from the south."""
    west, south = round(WEST + column * STEP, 6), round(SOUTH + row * STEP, 6)
    east, north = round(west + STEP, 6), round(south + STEP, 6)
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def cells() -> list[dict[str, Any]]:
    """Six cells, two rows of three, the north row first."""
    return [
        {
            "type": "Feature",
            "properties": {
                "code": f"{COMMUNITY}{3 * (1 - row) + column + 1:03d}",
                "responsibility_grid": "R1" if row else "R2",
                "start_date": "20200101",
            },
            "geometry": {"type": "Polygon", "coordinates": [square(column, row)]},
        }
        for row in (1, 0)
        for column in (0, 1, 2)
    ]


def collection(features: list[dict[str, Any]]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


def road(name: str = "<b>{{7*191}}</b>") -> dict[str, Any]:
    line = [[WEST, SOUTH], [WEST + 3 * STEP, SOUTH + STEP]]
    return {
        "type": "Feature",
        "properties": {"name": name, "rank": 2},
        "geometry": {"type": "LineString", "coordinates": line},
    }


@dataclass(frozen=True)
class Pack:
    """A pack folder whose files may be written anew."""

    folder: Path

    def write(self, name: str, content: str | bytes) -> "Pack":
        data = content.encode() if isinstance(content, str) else content
        (self.folder / name).write_bytes(data)
        return self

    def replace(self, name: str, old: str, new: str) -> "Pack":
        text = (self.folder / name).read_text("utf-8")
        assert old in text
        return self.write(name, text.replace(old, new))

    def grids(self, change: Callable[[list[dict[str, Any]]], object]) -> "Pack":
        features = cells()
        change(features)
        return self.write("grids.geojson", collection(features))


def small_pack(folder: Path) -> Pack:
    folder.mkdir(parents=True, exist_ok=True)
    pack = Pack(folder)
    for name, text in {
        "city.toml": MANIFEST,
        "divisions.csv": DIVISIONS,
        "patrols.csv": PATROLS,
        "departments.csv": DEPARTMENTS,
        "responsibilities.csv": RULES,
        "calendar.toml": CALENDAR,
        "grids.geojson": collection(cells()),
        "roads.geojson": collection([road()]),
    }.items():
        pack.write(name, text)
    return pack


def refused(pack: Pack) -> Refused:
    with pytest.raises(Refused) as refusal:
        read_pack(pack.folder)
    return refusal.value


def rules(pack: Pack) -> set[str]:
    """The rules that a pack breaks."""
    return {finding.rule for finding in check_pack(pack.folder)}
