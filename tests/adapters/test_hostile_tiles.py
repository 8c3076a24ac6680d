"""Tile archives that lie: each is refused by file and field, in its own process, and the next one is read."""

import gzip
import io
import sqlite3
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pmtiles.tile import Entry, serialize_directory, zxy_to_tileid

from console.adapters.basemap import archive
from console.adapters.basemap.archive import NO_TILE, TileArchive
from console.domain.errors import Refused
from console.words import refusal
from tests.adapters.tile_files import (
    bounds_of,
    picture_tiles,
    streets,
    vector_tiles,
    write_mbtiles,
    write_pmtiles,
)

LINES = streets()[:1]
FIELDS = {"root_offset": 8, "root_length": 16, "metadata_length": 32, "leaf_offset": 40, "tile_offset": 56}


def refused(path: Path) -> Refused:
    """What is said of a file when it is opened."""
    found = TileArchive(path, path.name)
    try:
        with pytest.raises(Refused) as told:
            found.open()
    finally:
        found.close()
    assert path.name in refusal(told.value)
    return told.value


@pytest.fixture
def good(tmp_path: Path) -> bytearray:
    """A whole PMTiles file."""
    path = write_pmtiles(tmp_path / "good.pmtiles", vector_tiles(LINES), bounds_of(LINES))
    return bytearray(path.read_bytes())


def written(folder: Path, data: bytes, name: str = "bad.pmtiles") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", ["bad.pmtiles", "bad.mbtiles", "bad.zip"])
def test_that_an_empty_file_is_none(tmp_path: Path, name: str) -> None:
    assert refused(written(tmp_path, b"", name)).code == "basemap_format"


def test_that_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    assert refused(tmp_path / "gone.pmtiles").code == "basemap_missing"


@pytest.mark.parametrize("share", [0.001, 0.01, 0.3])
def test_that_a_file_that_was_cut_short_is_told_by_its_field(
    tmp_path: Path, good: bytearray, share: float
) -> None:
    told = refused(written(tmp_path, bytes(good[: max(20, int(len(good) * share))])))
    assert told.code == "basemap_damaged"
    assert str(told.facts["field"]).startswith("header")


@pytest.mark.parametrize("field", list(FIELDS))
@pytest.mark.parametrize("value", [2**63, 10**12])
def test_that_offsets_and_sizes_beyond_the_file_are_not_believed(
    tmp_path: Path, good: bytearray, field: str, value: int
) -> None:
    struct.pack_into("<Q", good, FIELDS[field], value)
    told = refused(written(tmp_path, bytes(good)))
    assert told.code == "basemap_damaged"
    assert str(told.facts["field"]).startswith("header.")


@pytest.mark.parametrize(
    ("at", "value", "field"), [(7, 2, "header.version"), (97, 3, "header.internal_compr"), (97, 77, "header")]
)
def test_that_another_version_and_unknown_packing_are_told(
    tmp_path: Path, good: bytearray, at: int, value: int, field: str
) -> None:
    good[at] = value
    told = refused(written(tmp_path, bytes(good)))
    assert str(told.facts["field"]).startswith(field)


@pytest.mark.parametrize(("low", "high", "field"), [(24, 3, "header.min_zoom"), (0, 200, "header.max_zoom")])
def test_that_zooms_no_map_has_are_told(
    tmp_path: Path, good: bytearray, low: int, high: int, field: str
) -> None:
    good[100:102] = bytes((low, high))
    told = refused(written(tmp_path, bytes(good)))
    assert (told.code, told.facts["field"]) == ("basemap_damaged", field)


def with_root(good: bytearray, directory: bytes, leaves: bytes = b"") -> bytes:
    """The file with another root directory and other leaves at its end."""
    made = bytearray(good)
    struct.pack_into("<2Q", made, 8, len(made), len(directory))
    struct.pack_into("<2Q", made, 40, len(made) + len(directory), len(leaves))
    return bytes(made) + directory + leaves


def test_that_a_directory_that_unpacks_without_end_is_not_unpacked(tmp_path: Path, good: bytearray) -> None:
    bomb = gzip.compress(bytes(200_000_000), 9)
    told = refused(written(tmp_path, with_root(good, bomb)))
    assert (told.code, told.facts["field"]) == ("basemap_damaged", "root")


def test_that_a_directory_with_billions_of_entries_is_told(tmp_path: Path, good: bytearray) -> None:
    told = refused(written(tmp_path, with_root(good, gzip.compress(b"\xff\xff\xff\xff\x7f" + bytes(100)))))
    assert (told.code, told.facts["field"]) == ("basemap_damaged", "root")


def test_that_directories_that_lead_to_each_other_come_to_an_end(tmp_path: Path, good: bytearray) -> None:
    length = len(serialize_directory([Entry(0, 0, 30, 0)]))
    loop = serialize_directory([Entry(0, 0, length, 0)])
    assert len(loop) == length
    told = refused(written(tmp_path, with_root(good, loop, loop)))
    assert told.code == "basemap_damaged"
    assert told.facts["field"] in ("root", "leaf_directory")


def test_that_a_tile_beyond_the_file_costs_only_that_tile(tmp_path: Path, good: bytearray) -> None:
    tiles = vector_tiles(LINES)
    z, x, y = sorted(tiles)[0]
    ids = sorted((zxy_to_tileid(*one), one) for one in tiles)
    entries = [Entry(number, 0 if one != (z, x, y) else 10**9, 400, 1) for number, one in ids]
    path = written(tmp_path, with_root(good, serialize_directory(entries)))
    found = TileArchive(path, path.name)
    try:
        with pytest.raises(Refused) as told:
            found.tile(z, x, y)
        assert told.value.facts["field"] == "tile_data"
        assert found.tile(14, 0, 0) == NO_TILE
        assert found._companion.alive
    finally:
        found.close()


Spoil = Callable[[sqlite3.Connection], object]

SPOILED: dict[str, tuple[Spoil, str]] = {
    "a view without end": (
        lambda base: base.executescript(
            "DROP TABLE tiles; CREATE VIEW tiles AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL"
            " SELECT i + 1 FROM n) SELECT 15 AS zoom_level, i AS tile_column, i AS tile_row,"
            " x'00' AS tile_data FROM n;"
        ),
        "tiles",
    ),
    "a view that calls out": (
        lambda base: base.executescript(
            "ALTER TABLE tiles RENAME TO held; CREATE VIEW tiles AS SELECT zoom_level, tile_column, tile_row,"
            " load_extension('/tmp/x.so') AS tile_data FROM held;"
        ),
        "tiles",
    ),
    "a view that makes gigabytes": (
        lambda base: base.executescript(
            "ALTER TABLE tiles RENAME TO held; CREATE VIEW tiles AS SELECT zoom_level, tile_column, tile_row,"
            " randomblob(2000000000) AS tile_data FROM held;"
        ),
        "tiles",
    ),
    "a join of everything with everything": (
        lambda base: base.executescript(
            "ALTER TABLE tiles RENAME TO h; CREATE VIEW tiles AS SELECT a.zoom_level, a.tile_column,"
            " a.tile_row, a.tile_data FROM h a, h b, h c, h d, h e, h f, h g"
            " WHERE a.tile_row + b.tile_row + g.tile_row < 0;"
        ),
        "tiles",
    ),
    "text for a picture": (
        lambda base: base.execute("UPDATE tiles SET tile_data = 'picture'"),
        "tiles.tile_data",
    ),
    "a number for a picture": (
        lambda base: base.execute("UPDATE tiles SET tile_data = 7"),
        "tiles.tile_data",
    ),
    "a zoom of a thousand": (
        lambda base: base.execute("UPDATE tiles SET zoom_level = 1000"),
        "tiles.zoom_level",
    ),
    "a zoom that is none": (
        lambda base: base.execute("UPDATE tiles SET zoom_level = 'x'"),
        "tiles.zoom_level",
    ),
    "a column beyond the world": (
        lambda base: base.execute("UPDATE tiles SET tile_column = tile_column + 9223372036854000000"),
        "tiles",
    ),
    "no tiles": (lambda base: base.execute("DELETE FROM tiles"), "tiles"),
    "no table of tiles": (lambda base: base.execute("DROP TABLE tiles"), "tiles"),
    "no metadata": (lambda base: base.execute("DROP TABLE metadata"), "metadata"),
    "bounds that are none": (
        lambda base: base.execute("INSERT INTO metadata VALUES ('bounds', 'nan,inf,{{7*7}},<b>')"),
        "metadata.bounds",
    ),
    "bounds beyond the world": (
        lambda base: base.execute("INSERT INTO metadata VALUES ('bounds', '-999,-99,999,99')"),
        "metadata.bounds",
    ),
}


@pytest.mark.parametrize("what", list(SPOILED))
def test_that_a_spoiled_mbtiles_is_told_by_its_field(
    tmp_path: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "_OPEN_S", 3)
    monkeypatch.setattr(archive, "_TILE_S", 3)
    spoil, field = SPOILED[what]
    tiles = picture_tiles(LINES, 15)
    path = write_mbtiles(tmp_path / "bad.mbtiles", tiles)
    base = sqlite3.connect(path)
    spoil(base)
    base.commit()
    base.close()
    told = refused(path)
    assert told.code in ("basemap_damaged", "basemap_slow")
    assert str(told.facts.get("field", field)).startswith(field)


def test_that_triggers_never_run_and_the_file_stays_as_it_is(tmp_path: Path) -> None:
    path = write_mbtiles(tmp_path / "city.mbtiles", picture_tiles(LINES, 15))
    base = sqlite3.connect(path)
    base.execute("CREATE TRIGGER evil AFTER INSERT ON tiles BEGIN DELETE FROM metadata; END")
    base.close()
    before = path.read_bytes()
    found = TileArchive(path, path.name)
    found.open()
    found.close()
    assert path.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["city.mbtiles"]


def test_that_a_database_that_was_cut_short_is_told(tmp_path: Path) -> None:
    path = write_mbtiles(tmp_path / "bad.mbtiles", picture_tiles(LINES, 15))
    path.write_bytes(path.read_bytes()[:9000])
    assert refused(path).code == "basemap_damaged"


def png_that_says(width: int, height: int) -> bytes:
    held = io.BytesIO()
    Image.new("L", (1, 1)).save(held, "PNG")
    data = bytearray(held.getvalue())
    struct.pack_into(">2I", data, 16, width, height)
    struct.pack_into(">I", data, 29, zlib.crc32(data[12:29]))
    return bytes(data)


@pytest.mark.parametrize(
    "tile",
    [
        png_that_says(40_000, 40_000),
        png_that_says(20_000, 10),
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff",
        gzip.compress(bytes(100_000_000)),
        b"\x1a\xff\xff\xff\xff\x0f",
        b"{{7*191}}",
        b"\x1f\x8b broken",
    ],
    ids=["huge", "long", "cut png", "cut jpeg", "bomb", "lying length", "text", "broken gzip"],
)
def test_that_a_tile_that_is_none_is_told(tmp_path: Path, tile: bytes) -> None:
    tiles = dict.fromkeys(picture_tiles(LINES, 15), tile)
    told = refused(write_mbtiles(tmp_path / "bad.mbtiles", tiles))
    assert told.code in ("basemap_damaged", "basemap_died")


def test_that_a_child_out_of_memory_ends_alone_and_another_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_mbtiles(tmp_path / "city.mbtiles", picture_tiles(LINES, 15))
    monkeypatch.setattr(archive, "MEMORY", 20_000_000)
    assert refused(path).code in ("basemap_died", "basemap_damaged")
    monkeypatch.undo()
    found = TileArchive(path, path.name)
    try:
        z, x, y = next(iter(picture_tiles(LINES, 15)))
        assert found.tile(z, x, y).content == "image/png"
        child = found._companion._child
        assert child is not None
        child.kill()
        child.wait()
        assert found.tile(z, x, y).content == "image/png"
    finally:
        found.close()


def test_that_a_view_may_call_no_function_but_a_few(tmp_path: Path) -> None:
    path = write_mbtiles(tmp_path / "bad.mbtiles", picture_tiles(LINES, 15))
    base = sqlite3.connect(path)
    base.executescript(
        "ALTER TABLE tiles RENAME TO held; CREATE VIEW tiles AS SELECT zoom_level, tile_column, tile_row,"
        " CAST(replace(tile_data, 'a', 'a') AS BLOB) AS tile_data FROM held;"
    )
    base.close()
    assert "not authorized" in str(refused(path).facts["said"])
