"""A pack may bring layers of the site's own: read, checked, written back; bad ones are told and left out."""

import json
from pathlib import Path
from typing import Any

import pytest

from console.adapters.pack import check_pack, read_pack, write_pack
from console.domain.errors import Refused
from console.geography.site_layers import unpacked_layer
from tests.adapters.packs import SOUTH, WEST, Pack, collection

pytestmark = pytest.mark.usefixtures("parsed_here")

LAYERS = """

[[layers]]
kind = "components"
file = "manholes.geojson"
columns = { name = "bsm", kind = "class" }

[[layers]]
kind = "components"
file = "trees.geojson"

[[layers]]
kind = "campaigns"
file = "campaigns.geojson"

[[layers]]
kind = "flooding"
file = "flooding.geojson"
"""


def point(at: int, **properties: str) -> dict[str, Any]:
    place = {"type": "Point", "coordinates": [WEST + at * 1e-4, SOUTH + at * 1e-4]}
    return {"type": "Feature", "properties": properties, "geometry": place}


def area(name: str) -> dict[str, Any]:
    ring = [[WEST, SOUTH], [WEST + 0.001, SOUTH], [WEST + 0.001, SOUTH + 0.001], [WEST, SOUTH]]
    return {
        "type": "Feature",
        "properties": {"name": name},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


@pytest.fixture
def layered(pack: Pack) -> Pack:
    manifest = (pack.folder / "city.toml").read_text("utf-8")
    head, tail = manifest.split("[unit_grids]", 1)
    pack.write("city.toml", f"{head}[unit_grids]{tail}{LAYERS}")
    pack.write(
        "manholes.geojson",
        collection([point(1, bsm="A1", **{"class": "01003"}), point(2, bsm="A2", **{"class": "part:01002"})]),
    )
    pack.write("trees.geojson", collection([point(3, name="<b>{{7*191}}</b>", kind="银杏")]))
    pack.write("campaigns.geojson", collection([area("\u202e占道经营")]))
    pack.write("flooding.geojson", collection([point(4, name="涵洞")]))
    return pack


def test_that_layers_of_several_files_are_one_by_kind_with_classes_of_the_catalogue(layered: Pack) -> None:
    city = read_pack(layered.folder)
    components = unpacked_layer(city.layers["site_components"])
    assert list(components.names) == ["A1", "A2", "<b>{{7*191}}</b>"]
    assert list(components.classes) == [("01003", "雨水井盖"), ("01002", "污水井盖"), ("", "银杏")]
    assert components.lon[0] == pytest.approx(WEST + 1e-4, abs=1e-7)
    assert [name for name, _shape in unpacked_layer(city.layers["site_campaigns"]).shapes] == [
        "\u202e占道经营"
    ]
    assert "site_own" not in city.layers


@pytest.mark.parametrize("name", ["again", "again.zip"])
def test_that_they_travel_with_a_written_pack(layered: Pack, tmp_path: Path, name: str) -> None:
    city = read_pack(layered.folder)
    write_pack(tmp_path / name, city)
    again = read_pack(tmp_path / name)
    for layer in ("site_components", "site_campaigns", "site_flooding"):
        before, after = unpacked_layer(city.layers[layer]), unpacked_layer(again.layers[layer])
        assert list(after.names) == list(before.names)
        assert list(after.classes) == list(before.classes)
        assert after.lon.tolist() == pytest.approx(before.lon.tolist(), abs=2e-7)
        assert [name for name, _ in after.shapes] == [name for name, _ in before.shapes]


def test_that_a_shape_that_the_layer_does_not_take_is_told_by_row_and_left_out(layered: Pack) -> None:
    layered.write("flooding.geojson", collection([point(4, name="涵洞"), area("一片")]))
    found = [item for item in check_pack(layered.folder) if item.rule == "layer_shape"]
    assert [dict(item.facts) for item in found] == [{"file": "flooding.geojson", "row": 2, "kind": "Polygon"}]
    with pytest.raises(Refused):
        read_pack(layered.folder)
    city = read_pack(layered.folder, tolerant=True)
    assert list(unpacked_layer(city.layers["site_flooding"]).names) == ["涵洞"]


def test_that_an_empty_layer_is_none_and_a_table_without_places_is_refused(layered: Pack) -> None:
    layered.write("flooding.geojson", collection([]))
    assert "site_flooding" not in read_pack(layered.folder).layers
    layered.write("flooding.csv", "name\n涵洞\n").replace("city.toml", "flooding.geojson", "flooding.csv")
    with pytest.raises(Refused) as refusal:
        read_pack(layered.folder)
    assert refusal.value.code == "layer_without_places"
    assert refusal.value.facts["file"] == "flooding.csv"


def test_that_a_name_beyond_all_length_is_cut(layered: Pack) -> None:
    layered.write("flooding.geojson", collection([point(4, name="长" * 100_000)]))
    assert list(unpacked_layer(read_pack(layered.folder).layers["site_flooding"]).names) == ["长" * 200]


def test_that_an_unknown_kind_of_layer_is_refused_by_name(layered: Pack) -> None:
    with pytest.raises(Refused) as refusal:
        read_pack(layered.replace("city.toml", 'kind = "flooding"', 'kind = "lava"').folder)
    assert refusal.value.code == "manifest_field"
    assert json.dumps(refusal.value.facts["field"]).startswith('"layers')
