"""Tile archives: pictures and vector tiles come through the child as they are."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pmtiles.tile import TileType

from console.adapters.basemap.archive import NO_TILE, TileArchive
from console.adapters.basemap.vector_tile import KINDS
from tests.adapters.tile_files import (
    bounds_of,
    picture_tiles,
    plane,
    streets,
    vector_tiles,
    write_mbtiles,
    write_pmtiles,
)

LINES = streets()[:6]


@pytest.fixture
def opened() -> Iterator[list[TileArchive]]:
    """Archives that are closed at the end."""
    made: list[TileArchive] = []
    yield made
    for one in made:
        one.close()


def archive(path: Path, opened: list[TileArchive]) -> TileArchive:
    opened.append(TileArchive(path, path.name))
    return opened[-1]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("suffix", [".mbtiles", ".pmtiles"])
def test_that_pictures_come_as_they_are(
    tmp_path: Path, opened: list[TileArchive], suffix: str, kind: str
) -> None:
    tiles = picture_tiles(LINES[:1], kind=kind)
    path = tmp_path / f"city{suffix}"
    if suffix == ".mbtiles":
        write_mbtiles(path, tiles, {"name": "影像", "bounds": ",".join(map(str, bounds_of(LINES[:1])))})
    else:
        media = {"PNG": TileType.PNG, "JPEG": TileType.JPEG, "WEBP": TileType.WEBP}[kind]
        write_pmtiles(path, tiles, bounds_of(LINES[:1]), kind=media, metadata={"name": "影像"})
    found = archive(path, opened)
    info = found.open()
    assert (info.name, info.content, info.max_zoom) == ("影像", f"image/{kind.lower()}", 15)
    assert info.bounds == pytest.approx(bounds_of(LINES[:1]), abs=1e-6)
    for (z, x, y), data in tiles.items():
        assert found.tile(z, x, y).data == data
    assert found.tile(15, 0, 0) == NO_TILE
    assert found.tile(9, 0, 0) == NO_TILE


def test_that_bounds_that_are_not_told_are_those_of_the_tiles(
    tmp_path: Path, opened: list[TileArchive]
) -> None:
    west, south, east, north = bounds_of(LINES)
    found = archive(write_mbtiles(tmp_path / "city.mbtiles", picture_tiles(LINES, 12)), opened).open().bounds
    assert found[0] <= west < east <= found[2]
    assert found[1] <= south < north <= found[3]
    assert found[2] - found[0] < east - west + 2 * 360 / 2**12


def test_that_a_vector_tile_comes_as_kinds_and_names(tmp_path: Path, opened: list[TileArchive]) -> None:
    tiles = vector_tiles(LINES, name="{{7*191}}<b>")
    found = archive(write_pmtiles(tmp_path / "city.pmtiles", tiles, bounds_of(LINES)), opened)
    assert set(found.open().layers) == {"transportation", "water", "park", "building", "place"}
    z, x, y = max(tiles, key=lambda one: len(tiles[one]))
    body = found.tile(z, x, y).data
    assert body[:4] == b"GVT1"
    size = int.from_bytes(body[4:8], "little")
    told = json.loads(body[8 : 8 + size])
    kinds = {KINDS[kind] for kind in told["runs"][::2]}
    assert {"water", "green", "building", "major"} <= kinds
    assert told["names"] == [[2048, 2048, 2, "{{7*191}}<b>"]]
    points = np.frombuffer(body, "<i2", offset=8 + size).reshape(-1, 2)
    assert len(points) == sum(told["runs"][1::2])
    assert points.min() > -200
    assert points.max() < 4300


def test_that_roads_come_back_where_they_lie(tmp_path: Path, opened: list[TileArchive]) -> None:
    tiles = vector_tiles(LINES)
    found = archive(write_mbtiles(tmp_path / "city.mbtiles", tiles, {"format": "pbf"}), opened)
    columns, rows = [x for _, x, _ in tiles], [y for _, _, y in tiles]
    lines = found.roads(14, (min(columns), min(rows), max(columns), max(rows)))
    every = np.concatenate(lines)
    for line in LINES:
        for point in plane(line, 14):
            assert np.hypot(*(every - point).T).min() < 0.002


def test_that_the_usual_view_over_map_and_images_is_read(tmp_path: Path, opened: list[TileArchive]) -> None:
    import sqlite3

    path = write_mbtiles(tmp_path / "city.mbtiles", picture_tiles(LINES[:1]))
    base = sqlite3.connect(path)
    base.executescript(
        "CREATE TABLE images AS SELECT rowid AS tile_id, tile_data FROM tiles;"
        "CREATE TABLE map AS SELECT zoom_level, tile_column, tile_row, rowid AS tile_id FROM tiles;"
        "DROP TABLE tiles;"
        "CREATE VIEW tiles AS SELECT zoom_level, tile_column, tile_row, tile_data"
        " FROM map JOIN images USING (tile_id);"
    )
    base.close()
    found = archive(path, opened)
    z, x, y = next(iter(picture_tiles(LINES[:1])))
    assert found.tile(z, x, y).content == "image/png"
