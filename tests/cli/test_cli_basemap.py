"""Base maps by command: checked against the city's roads, added, listed, removed."""

from pathlib import Path

from sqlalchemy import text

from console.storage.unit import Store
from tests.adapters.tile_files import in_datum, picture_tiles, roads_layer, streets, write_mbtiles
from tests.cli.conftest import Run


def give_roads(store: Store) -> None:
    """The city gets streets enough to compare."""
    with store.write() as unit:
        asked = text("UPDATE layers SET data = :data WHERE name = 'roads'")
        unit.connection.execute(asked, {"data": roads_layer(streets())})


def test_that_a_shifted_map_is_a_finding_until_its_datum_is_told(
    cli: Run, city_store: Store, tmp_path: Path
) -> None:
    give_roads(city_store)
    path = write_mbtiles(tmp_path / "gcj.mbtiles", picture_tiles(in_datum(streets(), "gcj02"), 14))
    checked = cli("basemap", "check", str(path), "--json")
    assert checked.code == 1
    assert checked.told["basemap"]["alignment"]["system"] == "gcj02"
    spoken = cli("basemap", "check", str(path))
    assert "GCJ-02" in spoken.out
    assert cli("basemap", "list", "--json").told["basemaps"] == []
    added = cli("basemap", "add", str(path), "--name", "影像", "--system", "gcj02", "--json")
    assert added.code == 0
    (listed,) = cli("basemap", "list", "--json").told["basemaps"]
    assert (listed["name"], listed["system"], listed["shown"]) == ("影像", "gcj02", True)
    path.unlink()
    (gone,) = cli("basemap", "list", "--json").told["basemaps"]
    assert "gcj.mbtiles" in gone["state"]
    assert cli("basemap", "remove", "影像", "--json").told["removed"]["name"] == "影像"
    assert cli("basemap", "remove", "影像", "--json").told["refused"] == "no_such_basemap"


def test_that_a_bad_file_and_a_foreign_host_are_refused(cli: Run, city_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "bad.pmtiles"
    path.write_bytes(b"PMTiles\x03")
    told = cli("basemap", "add", str(path), "--json")
    assert (told.code, told.told["refused"]) == (2, "basemap_damaged")
    assert "header" in told.told["message"]
    far = cli("basemap", "add", "http://example.org/{z}/{x}/{y}.png", "--json")
    assert (far.code, far.told["refused"]) == (2, "basemap_host")
    assert cli("basemap", "list", "--json").told["basemaps"] == []
