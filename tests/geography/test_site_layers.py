"""A site's own layers are packed and read back, and what is finer than a map can draw is smoothed."""

import numpy as np
import pytest
import shapely

from console.geography.site_layers import MOST_VERTICES, SiteLayer, packed_layer, smoothed, unpacked_layer

HOSTILE = ["<b>{{7*191}}</b>", "\u202e反转", "a\x00b\x1f", "长" * 200, ""]


def layer(count: int) -> SiteLayer:
    lon, lat = 113.6 + np.arange(count) * 1e-4, 34.7 + np.arange(count) * 1e-4
    names = [HOSTILE[at % len(HOSTILE)] for at in range(count)]
    shapes = [
        ("区", shapely.box(113.6, 34.7, 113.7, 34.8)),
        ("线", shapely.LineString([(113.6, 34.7), (113.7, 34.8)])),
    ]
    return SiteLayer(lon, lat, [("0103", "雨水井盖"), ("", "别的")], np.arange(count) % 2, names, shapes)


@pytest.mark.parametrize("count", [0, 1, 2, 501])
def test_that_a_packed_layer_reads_back_the_same(count: int) -> None:
    given = layer(count)
    again = unpacked_layer(packed_layer(given))
    assert np.allclose(again.lon, given.lon, atol=1e-7)
    assert np.allclose(again.lat, given.lat, atol=1e-7)
    assert again.class_of.tolist() == given.class_of.tolist()
    assert list(again.names) == list(given.names)
    assert again.classes == given.classes
    assert [name for name, _shape in again.shapes] == ["区", "线"]
    for (_, shape), (_, other) in zip(again.shapes, given.shapes, strict=True):
        assert shape.equals(other)


def test_that_other_bytes_are_no_layer() -> None:
    for data in (b"", b"GCS1", b"GCM1" + bytes(40)):
        with pytest.raises(ValueError, match="layer"):
            unpacked_layer(data)


def test_that_a_million_vertices_become_as_many_as_can_be_drawn() -> None:
    turn = np.linspace(0, 2 * np.pi, 1_000_000, endpoint=False)
    away = 0.05 + 0.001 * np.sin(turn * 5_000)
    rough = shapely.Polygon(np.column_stack((113.6 + away * np.cos(turn), 34.7 + away * np.sin(turn))))
    (made,) = smoothed([rough])
    assert shapely.get_num_coordinates(made) <= MOST_VERTICES
    assert made.area == pytest.approx(rough.area, rel=0.05)


def test_that_a_million_jagged_vertices_do_not_end_the_program() -> None:
    turn = np.linspace(0, 2 * np.pi, 1_000_000, endpoint=False)
    away = 1 + 0.1 * (np.arange(len(turn)) % 2)
    jagged = np.column_stack((113.6 + 0.002 * np.cos(turn) * away, 34.7 + 0.001 * np.sin(turn)))
    line = shapely.MultiLineString([jagged[:500_000], jagged[500_000:]])
    for made in smoothed([shapely.Polygon(jagged, [jagged[::-1]]), line]):
        assert 3 < shapely.get_num_coordinates(made) <= MOST_VERTICES
        assert shapely.box(113.5, 34.6, 113.7, 34.8).contains(made)


def test_that_what_is_coarse_enough_stays_as_it_is() -> None:
    box = shapely.box(0, 0, 1, 1)
    assert smoothed([box]) == [box]
    assert smoothed([]) == []
