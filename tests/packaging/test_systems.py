"""The package's table of coordinate systems is small, and converts as PROJ's whole one for every city."""

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONVERTING = """
import sys, pyproj
pyproj.datadir.set_data_dir(sys.argv[1])
for word in sys.argv[2:]:
    code, lon, lat = word.split(",")
    to = pyproj.Transformer.from_crs("EPSG:4490", f"EPSG:{code}", always_xy=True)
    back = pyproj.Transformer.from_crs(f"EPSG:{code}", "EPSG:4490", always_xy=True)
    there = to.transform(float(lon), float(lat))
    system = pyproj.CRS.from_user_input(f"EPSG:{code}")
    beside = pyproj.CRS.from_wkt(system.to_wkt("WKT1_ESRI"))  # as it stands beside a shapefile
    print(code, system.name, there, back.transform(*there), beside.to_epsg(min_confidence=70))
"""


@pytest.fixture(scope="module")
def whole() -> Path:
    import pyproj

    found = list(Path(pyproj.__path__[0]).rglob("proj.db"))
    if not found:
        pytest.skip("here PROJ's table lies outside pyproj")
    return found[0]


@pytest.fixture
def cut(bundle: Path, whole: Path, tmp_path: Path) -> Path:
    import systems

    return systems.cut_systems(whole, tmp_path / "cut")


def near(database: Path) -> list[str]:
    """Each third system of China, in metres or degrees, with a place in its area, and some of neighbours."""
    with closing(sqlite3.connect(database)) as table:
        rows = table.execute(
            "SELECT DISTINCT s.code, west_lon, south_lat, east_lon, north_lat, extent.name FROM"
            " (SELECT 'projected_crs' AS kind, auth_name, code FROM projected_crs UNION ALL"
            " SELECT 'geodetic_crs', auth_name, code FROM geodetic_crs WHERE type = 'geographic 2D') AS s"
            " JOIN usage ON object_table_name = kind"
            " AND object_auth_name = s.auth_name AND object_code = s.code"
            " JOIN extent ON extent.auth_name = extent_auth_name AND extent.code = extent_code"
            " WHERE s.auth_name = 'EPSG' AND west_lon BETWEEN 72.1 AND east_lon AND east_lon < 137.8"
            " AND south_lat > 1 AND north_lat < 55.8 ORDER BY s.code"
        ).fetchall()
    return [
        f"{code},{(west + east) / 2},{(south + north) / 2}"
        for number, (code, west, south, east, north, area) in enumerate(rows)
        if number % (3 if re.search(r"China|Hong Kong|Macao|Taiwan", area) else 40) == 0
    ]


def test_that_systems_of_china_and_of_the_world_convert_to_the_same_bits(cut: Path, whole: Path) -> None:
    asked = near(whole)
    assert len(asked) > 60
    asked += [
        "4326,113.6,34.7",
        "3857,113.6,34.7",
        "32650,117.0,39.0",
        "32601,-177.0,52.0",
        "32733,18.0,-33.0",
    ]
    said = [
        subprocess.run(
            [sys.executable, "-c", CONVERTING, str(table.parent), *asked],
            capture_output=True, text=True, check=True,
        ).stdout
        for table in (whole, cut)
    ]  # fmt: skip
    assert len(said[0].splitlines()) == len(asked)
    assert said[0] == said[1]


def test_that_the_rest_is_gone_and_nothing_refers_to_it(cut: Path, whole: Path) -> None:
    assert cut.stat().st_size < whole.stat().st_size / 3
    with closing(sqlite3.connect(cut)) as table:
        kept = {code for (code,) in table.execute("SELECT code FROM projected_crs WHERE auth_name = 'EPSG'")}
        assert {4547, 32650, 32601, 2326, 3826, 3857} <= kept
        assert not {2154, 27700, 26910} & kept  # France, Britain, California
        assert table.execute("PRAGMA foreign_key_check").fetchall() == []
        assert table.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_that_the_same_table_comes_out_each_time(
    bundle: Path, cut: Path, whole: Path, tmp_path: Path
) -> None:
    import systems

    assert systems.cut_systems(whole, tmp_path / "again").read_bytes() == cut.read_bytes()


def test_that_the_rectangle_is_that_of_the_shifted_coordinates(bundle: Path) -> None:
    import systems

    from console.geography import coordinates

    assert (systems._WEST, systems._EAST) == coordinates._CHINA_LON
    assert (systems._SOUTH, systems._NORTH) == coordinates._CHINA_LAT


def test_that_another_table_is_refused(bundle: Path, tmp_path: Path) -> None:
    import systems

    other = tmp_path / "proj.db"
    with closing(sqlite3.connect(other)) as table:
        table.execute("CREATE TABLE geodetic_crs (code)")
    with pytest.raises(sqlite3.Error):
        systems.cut_systems(other, tmp_path / "cut")
