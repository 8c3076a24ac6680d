"""The child process that parses geometry: its limits, its death, its words."""

import json
import os
import sys
from pathlib import Path

import pytest

from console.adapters.pack import features, parser
from console.adapters.pack.features import read_features
from console.domain.errors import Refused
from tests.adapters.packs import cells, collection


@pytest.fixture
def grids(tmp_path: Path) -> Path:
    path = tmp_path / "grids.geojson"
    path.write_text(collection(cells()), encoding="utf-8")
    return path


def test_that_shapes_and_fields_come_through_the_child(grids: Path) -> None:
    read = read_features(grids, "grids.geojson")
    assert len(read.shapes) == 6
    assert read.columns["responsibility_grid"] == ["R1"] * 3 + ["R2"] * 3
    assert read.crs == ""
    assert read.unclosed == ()


def test_that_a_parser_out_of_memory_ends_alone(grids: Path) -> None:
    with pytest.raises(Refused) as refusal:
        read_features(grids, "grids.geojson", memory=30_000_000)
    assert refusal.value.code in {"geometry_parser_died", "geometry_unreadable"}
    assert refusal.value.facts["file"] == "grids.geojson"


def substitute(monkeypatch: pytest.MonkeyPatch, folder: Path, body: str) -> None:
    """Put another program in the parser's place."""
    path = folder / "parser.py"
    path.write_text(body, encoding="utf-8")
    monkeypatch.setattr(parser, "__file__", str(path))


def test_that_a_parser_that_crashes_is_one_refusal(
    grids: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    substitute(monkeypatch, tmp_path, "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
    with pytest.raises(Refused) as refusal:
        read_features(grids, "grids.geojson")
    assert refusal.value.code == "geometry_parser_died"
    assert refusal.value.facts["status"] == -11


def test_that_a_parser_that_hangs_is_ended(
    grids: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = "pathlib.Path(__file__ + '.pid').write_text(str(os.getpid()))"
    body = f"import os, pathlib, time; {noted}; time.sleep(60)"
    substitute(monkeypatch, tmp_path, body)
    monkeypatch.setattr(features, "GRACE", 0)
    with pytest.raises(Refused) as refusal:
        read_features(grids, "grids.geojson", seconds=1)
    assert refusal.value.code == "geometry_parser_slow"
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "parser.py.pid").read_text()), 0)


@pytest.mark.skipif(sys.platform == "win32", reason="limits are a matter of Unix")
def test_that_a_parser_that_spins_runs_out_of_its_processor_time(
    grids: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Path(parser.__file__).read_text("utf-8")
    spinning = own.replace("def parse(", "def parse(*_):\n    while True: pass\n\n\ndef unused(")
    substitute(monkeypatch, tmp_path, spinning)
    with pytest.raises(Refused) as refusal:
        read_features(grids, "grids.geojson", seconds=1)
    assert refusal.value.code == "geometry_parser_died"


def test_that_the_layers_of_a_file_are_named_when_none_is_told(tmp_path: Path) -> None:
    import numpy as np
    import pyogrio.raw
    import shapely

    path = tmp_path / "grids.gpkg"
    for layer in ("old", "new"):
        pyogrio.raw.write(
            str(path),
            geometry=shapely.to_wkb(np.array([shapely.box(0, 0, 1, 1)])),
            field_data=[np.array([1.0])],
            fields=["size"],
            geometry_type="Polygon",
            crs="EPSG:4490",
            driver="GPKG",
            layer=layer,
            append=path.exists(),
        )
    with pytest.raises(Refused) as refusal:
        read_features(path, "grids.gpkg")
    assert refusal.value.code == "geometry_layer"
    assert set(str(refusal.value.facts["layers"]).split(", ")) == {"old", "new"}
    assert read_features(path, "grids.gpkg", layer="new").columns == {"size": ["1"]}
    with pytest.raises(Refused, match="geometry_no_layer"):
        read_features(path, "grids.gpkg", layer="newest")


def test_that_hostile_text_comes_through_unchanged(tmp_path: Path) -> None:
    hostile = "<img src=x onerror=alert(1)> {{7*191}} {% ${} \u2028 " + "长" * 30_000
    features = cells()
    features[0]["properties"]["note"] = hostile
    path = tmp_path / "grids.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    assert read_features(path, "grids.geojson").columns["note"][0] == hostile
