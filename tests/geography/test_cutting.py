"""Cutting areas into unit grids: whole, without overlaps, without slivers."""

import json
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from console.domain.errors import Refused
from console.geography.coordinates import convert
from console.geography.cutting import Cut, cut

TRACTS = Path(__file__).parents[3] / "shared/data/sf311/tracts.geojson"
SIDE = 120.0


def blob(x: float, y: float, radius: float, seed: int, corners: int = 40) -> shapely.Polygon:
    random = np.random.default_rng(seed)
    angle = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    reach = radius * random.uniform(0.6, 1.0, corners)
    return shapely.Polygon(np.column_stack((x + reach * np.cos(angle), y + reach * np.sin(angle))))


def neighbours(seed: int, count: int = 6) -> NDArray[np.object_]:
    """Irregular areas that share their borders and fill a blob."""
    random = np.random.default_rng(seed)
    whole = blob(0, 0, 1500, seed)
    points = shapely.multipoints(random.uniform(-1200, 1200, (count, 2)))
    zones = shapely.get_parts(shapely.voronoi_polygons(points, extend_to=whole))
    lines = shapely.union_all([whole.boundary, *shapely.intersection(shapely.boundary(zones), whole)])
    return shapely.get_parts(shapely.polygonize([lines]))


def assert_fills(done: Cut, areas: NDArray[np.object_]) -> None:
    assert shapely.coverage_is_valid(done.cells)
    assert shapely.is_valid(done.cells).all()
    by_area = np.bincount(done.area, weights=shapely.area(done.cells), minlength=len(areas))
    assert by_area == pytest.approx(shapely.area(areas), rel=1e-9)
    border = shapely.boundary(shapely.coverage_union_all(done.cells))
    assert shapely.hausdorff_distance(border, shapely.boundary(shapely.union_all(areas))) < 1e-6


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 9))
def test_that_cells_fill_their_areas_without_gaps_or_overlaps(seed: int, count: int) -> None:
    areas = neighbours(seed, count)
    assert_fills(cut(areas, SIDE), areas)


def test_that_cells_are_about_as_large_as_asked() -> None:
    sizes = shapely.area(cut(neighbours(1), SIDE).cells)
    assert np.median(sizes) == pytest.approx(SIDE**2, rel=0.05)
    assert np.percentile(sizes, 5) > 0.6 * SIDE**2
    assert np.percentile(sizes, 95) < 1.5 * SIDE**2
    assert sizes.min() > 0.3 * SIDE**2


def test_that_cells_are_compact() -> None:
    cells = cut([shapely.box(0, 0, 4000, 3000)], SIDE).cells
    corners = shapely.get_coordinates(shapely.oriented_envelope(cells)).reshape(-1, 5, 2)
    sides = np.hypot(*(np.diff(corners, axis=1)[:, :2]).transpose(2, 0, 1))
    assert (sides.max(axis=1) / sides.min(axis=1)).max() < 3.1


def test_that_an_irregular_border_keeps_its_vertices() -> None:
    area = blob(0, 0, 900, seed=8)
    cells = cut([area], SIDE).cells
    kept = {tuple(xy) for xy in shapely.get_coordinates(cells)}
    assert {tuple(xy) for xy in shapely.get_coordinates(area)} <= kept


def test_that_an_area_smaller_than_a_cell_is_one_cell() -> None:
    done = cut([shapely.box(0, 0, 50, 50), shapely.box(50, 0, 500, 50)], SIDE)
    assert done.area.tolist()[0] == 0
    assert done.cells[0].equals(shapely.box(0, 0, 50, 50))


def test_that_a_hole_stays_a_hole() -> None:
    area = shapely.difference(shapely.box(0, 0, 1000, 1000), shapely.box(300, 300, 600, 700))
    assert_fills(cut([area], SIDE), np.array([area], dtype=object))


def test_that_an_islet_joins_the_nearest_cell_and_a_far_one_stays_alone() -> None:
    near, far = shapely.box(650, 0, 660, 10), shapely.box(5000, 0, 5010, 10)
    main = shapely.box(0, 0, 600, 600)
    done = cut([shapely.MultiPolygon([main, near, far])], SIDE)
    parts = {len(shapely.get_parts(cell)) for cell in done.cells}
    assert parts == {1, 2}
    assert min(shapely.area(done.cells)) == pytest.approx(100)
    assert shapely.area(done.cells).sum() == pytest.approx(360_200)


def test_that_islets_that_are_nearest_to_each_other_become_one_cell() -> None:
    islets = [shapely.box(at, 0, at + 10, 10) for at in (0, 20, 45)]
    done = cut([shapely.MultiPolygon(islets)], SIDE)
    assert len(done.cells) == 1


def test_that_a_roughly_drawn_border_is_closed() -> None:
    gap = [shapely.box(0, 0, 500, 500), shapely.box(500.3, 0, 1000, 500)]
    lap = [shapely.box(0, 0, 500, 500), shapely.box(499.8, 0, 1000, 500)]
    for areas in (gap, lap):
        framed = [*areas, shapely.box(0, 500, 1000, 600), shapely.box(0, -100, 1000, 0)]
        done = cut(framed, SIDE)
        assert shapely.coverage_is_valid(done.cells)
        assert shapely.area(done.cells).sum() == pytest.approx(700_000)


def test_that_areas_that_overlap_in_earnest_are_refused_with_the_place() -> None:
    with pytest.raises(Refused) as refusal:
        cut([shapely.box(0, 0, 500, 500), shapely.box(400, 0, 900, 500)], SIDE)
    assert refusal.value.code == "shapes_overlap"
    assert refusal.value.facts["first"] == 0
    assert refusal.value.facts["second"] == 1
    assert 400 <= float(str(refusal.value.facts["x"])) <= 500


def test_that_an_area_without_area_is_refused() -> None:
    with pytest.raises(Refused, match="area_empty"):
        cut([shapely.box(0, 0, 100, 100), shapely.Polygon([(0, 0), (1, 1), (2, 2)])], SIDE)


@pytest.mark.parametrize("size", [0, -5, float("nan"), float("inf"), 0.5])
def test_that_a_cell_size_that_is_none_is_refused(size: float) -> None:
    with pytest.raises(Refused, match="cell_size"):
        cut([shapely.box(0, 0, 100, 100)], size)


def test_that_more_cells_than_a_console_can_hold_are_refused() -> None:
    with pytest.raises(Refused, match="too_many_cells"):
        cut([shapely.box(0, 0, 100_000, 100_000)], 20)


def test_that_a_bow_tie_is_untied_rather_than_refused() -> None:
    tie = shapely.Polygon([(0, 0), (500, 500), (500, 0), (0, 500)])
    done = cut([tie], SIDE)
    assert shapely.area(done.cells).sum() == pytest.approx(125_000)


def test_that_the_same_areas_are_cut_the_same_way() -> None:
    first, second = cut(neighbours(3), SIDE), cut(neighbours(3), SIDE)
    assert shapely.to_wkb(first.cells).tolist() == shapely.to_wkb(second.cells).tolist()


def test_that_progress_runs_from_nought_to_one() -> None:
    shares: list[float] = []
    cut(neighbours(4), SIDE, lambda _step, share: shares.append(share))
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


@pytest.mark.city
@pytest.mark.skipif(
    not TRACTS.exists(),
    reason="San Francisco stays uncut: ../shared/data/sf311/tracts.geojson is not there",
)
def test_that_san_francisco_is_cut_whole() -> None:
    tracts = np.array(
        [shapely.geometry.shape(f["geometry"]) for f in json.loads(TRACTS.read_text())["features"]]
    )
    metric = shapely.transform(
        tracts, lambda c: np.column_stack(convert(c[:, 0], c[:, 1], "wgs84", "EPSG:32610"))
    )
    areas = shapely.make_valid(metric, method="structure", keep_collapsed=False)
    done = cut(metric, SIDE)
    assert len(done.cells) == pytest.approx(8476, abs=100)
    assert shapely.coverage_is_valid(done.cells)
    assert shapely.area(done.cells).sum() == pytest.approx(shapely.union_all(areas).area, rel=1e-9)
    assert set(done.area.tolist()) == set(range(195))
