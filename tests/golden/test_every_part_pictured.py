"""Every layer, colouring and feature of the map is pictured in both themes; a new one asks for its own."""

import re
from pathlib import Path

import pytest

from console.domain.colouring import COLOURINGS
from console.system import resource
from console.ui.map.layers import LAYERS
from tests.golden.pictures import HOW, STORED, WRITING

THEMES = ("light", "dark")
# The features of the page (resources/map/features.js) by the pictures in which they are to be seen.
SEEN = {
    "BaseMap": ("map-tool-raster", "map-tool-vector"),
    "Colouring": tuple(f"map-colouring-{one.key}" for one in COLOURINGS),
    "Site": ("map-layer-components", "map-layer-flooding", "map-layer-own", "map-layer-campaigns"),
    "Spread": ("map-tool-heat", "map-tool-hot"),
    "Heat": ("map-tool-heat",),
    "HotSpots": ("map-tool-hot",),
    "Clusters": ("map-tool-clusters",),
    "Near": ("map-tool-near",),
    "Measure": ("map-tool-measure",),
    "Past": ("map-tool-replay",),
    "Selecting": ("map-tool-area",),
    "Borders": ("map-tool-move",),
    "Move": ("map-tool-move",),
    "Places": ("map-tool-places",),
}
EVERY = sorted(
    {f"map-layer-{layer}" for layer in LAYERS}
    | {f"map-colouring-{one.key}" for one in COLOURINGS}
    | {name for names in SEEN.values() for name in names}
)

pytestmark = pytest.mark.skipif(
    WRITING or not any(STORED.glob("map-*.png")), reason=f"no pictures are stored: {HOW}"
)


@pytest.mark.parametrize("theme", THEMES)
def test_that_every_layer_colouring_and_tool_has_its_picture(theme: str) -> None:
    missing = [name for name in EVERY if not (STORED / f"{name}-{theme}.png").exists()]
    assert not missing, f"{', '.join(missing)} in {theme}: {HOW}"


def test_that_no_picture_of_the_map_is_left_from_what_is_gone() -> None:
    known = {f"{name}-{theme}" for name in EVERY for theme in THEMES}
    assert {path.stem for path in STORED.glob("map-*.png")} <= known


def test_that_every_feature_of_the_page_is_told_with_its_pictures() -> None:
    told = Path(resource("map", "features.js")).read_text("utf-8")
    named = re.search(r"FEATURES = \[([^\]]*)\]", told)
    assert named is not None
    assert {one.strip() for one in named[1].split(",") if one.strip()} == set(SEEN)
