"""A city from nothing but area polygons: built, checked, loaded, and refused in one sentence each."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.lives import INSIDE

EAST, NORTH = 0.012, 0.009  # about a kilometre each way


def area(name: str, column: int, shift: float = 0.0) -> dict[str, Any]:
    """A kilometre square, `shift` of it over its western neighbour."""
    west, south = INSIDE[0] + (column - shift) * EAST, INSIDE[1]
    ring = [
        [west, south],
        [west + EAST, south],
        [west + EAST, south + NORTH],
        [west, south + NORTH],
        [west, south],
    ]
    return {
        "type": "Feature",
        "properties": {"id": name, "name": f"{name}片"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def areas(folder: Path, *features: dict[str, Any]) -> str:
    file = folder / "areas.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return str(file)


@pytest.fixture
def pack(empty: Run, tmp_path: Path) -> Path:
    """A pack of two areas."""
    out = tmp_path / "pack"
    file = areas(tmp_path, area("东", 0), area("西", 1))
    said = empty(
        "city", "build", "--areas", file, "--cell-size", "120", "--out", str(out), "--name", "小城", "--json"
    )
    assert said.code == 0, said
    assert said.told["areas"] == 2
    assert said.told["unit_grids"] > 50
    return out


def test_that_a_built_pack_passes_its_check_and_can_be_worked_in(empty: Run, pack: Path) -> None:
    checked = empty("city", "check", str(pack), "--json")
    assert (checked.code, checked.told["findings"]) == (0, [])
    assert "派遣时没有建议" in empty("city", "check", str(pack)).out
    loaded = empty("city", "load", str(pack), "--json")
    assert (loaded.code, loaded.told["city"], loaded.told["made"]) == (0, "小城", True)
    assert empty("cases", "list", "--json").told == {"total": 0, "cases": []}
    assert empty("city", "load", str(pack), "--json").code == 0, "the same city may come again"


def test_that_a_city_around_a_lake_is_loaded_when_one_says_so(empty: Run, tmp_path: Path) -> None:
    shore = area("湖", 0)
    (west, south), (east, north) = (
        shore["geometry"]["coordinates"][0][0],
        shore["geometry"]["coordinates"][0][2],
    )
    wide, high = (east - west) / 3, (north - south) / 3
    lake = [[west + wide, south + high], [west + wide, north - high], [east - wide, north - high]]
    lake += [[east - wide, south + high], lake[0]]
    shore["geometry"]["coordinates"].append(lake)
    out = str(tmp_path / "lake.zip")
    assert empty("city", "build", "--areas", areas(tmp_path, shore), "--out", out, "--json").code == 0
    assert empty("city", "check", out, "--json").code == 1
    assert empty("city", "load", out, "--json").told["refused"] == "pack_findings"
    assert empty("city", "load", out, "--tolerant", "--json").code == 0


def test_that_a_city_does_not_take_the_place_of_another(cli: Run, pack: Path) -> None:
    said = cli("city", "load", str(pack), "--json")
    assert (said.code, said.told["refused"]) == (2, "other_city")
    assert cli("cases", "list", "--json").told["total"] == 0


def test_that_areas_that_overlap_are_refused_and_nothing_is_written(empty: Run, tmp_path: Path) -> None:
    file = areas(tmp_path, area("东", 0), area("西", 1, shift=0.5))
    said = empty("city", "build", "--areas", file, "--out", str(tmp_path / "half"), "--json")
    assert (said.code, said.told["refused"]) == (2, "areas_overlap")
    assert not (tmp_path / "half").exists()


@pytest.mark.parametrize("command", [("check",), ("load",), ("build", "--out", "unwritten", "--areas")])
@pytest.mark.parametrize("what", ["nothing there", "a text", "a folder"])
def test_that_what_is_no_pack_is_refused(
    empty: Run, tmp_path: Path, command: tuple[str, ...], what: str
) -> None:
    path = tmp_path / "given"
    if what == "a text":
        path.write_text("not a pack", "utf-8")
    elif what == "a folder":
        path.mkdir()
    said = empty("city", *command, str(path), "--json")
    assert said.code == 2
    assert said.told["refused"]
    assert said.told["message"]
