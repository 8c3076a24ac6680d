"""Base maps in the real window: drawn under the marks, straightened, told of, and no end of the map."""

import asyncio
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFileDialog

from console.adapters.basemap.collection import read_collection
from console.geography.coordinates import convert
from console.runtime.basemaps import road_lines
from console.ui.basemap.showing import BaseMaps
from tests.adapters.tile_files import (
    bounds_of,
    in_datum,
    picture_tiles,
    vector_tiles,
    write_mbtiles,
    write_pmtiles,
)
from tests.cities import small_city
from tests.gui.seat import Seat
from tests.gui.window_map import WindowMap

pytestmark = pytest.mark.web

STREET = (180, 40, 60)  # as nothing of ours is


def part_of(seat: Seat) -> BaseMaps:
    return next(part for part in seat.window.charting.parts if isinstance(part, BaseMaps))


def city_roads() -> list[np.ndarray]:
    return road_lines(small_city().layers["roads"])


def opened_map(seat: Seat, path: Path) -> WindowMap:
    """The seat's map with that base map on it, at full strength, its own lines and colours switched off."""
    shown = WindowMap(seat)
    part = part_of(seat)
    seat.until(lambda: not part.clicks.busy)
    part.take(path)
    seat.until(lambda: not part.clicks.busy)
    told = shown.run("window.baseTold = 1")
    assert told == 1
    return shown


def point_at(shown: WindowMap, lon: float, lat: float) -> QPoint:
    return shown.point(f"gridConsole.pointOfPlace({lon}, {lat})")


def strengthen(shown: WindowMap, seat: Seat) -> None:
    """Full strength, by the card's own slider."""
    shown.run("document.getElementById('basemap').click()")
    shown.run(
        "(() => { const slide = document.getElementById('basemap-opacity'); slide.value = '100';"
        " slide.dispatchEvent(new Event('change')); })()"
    )
    seat.until(lambda: read_collection(seat.folder).opacity == 100)
    seat.until(lambda: not part_of(seat).clicks.busy)
    shown.run("document.getElementById('basemap').click()")


def hide_ours(shown: WindowMap) -> None:
    shown.run("document.getElementById('layers').click()")
    shown.run(
        "document.querySelectorAll('#layers-list input[type=checkbox]')"
        ".forEach((box) => box.checked && box.click())"
    )
    shown.run("document.getElementById('layers').click()")


def is_near(found: str, wanted: tuple[int, int, int], slack: int = 14) -> bool:
    parts = (int(found[at : at + 2], 16) for at in (1, 3, 5))
    return all(abs(one - other) <= slack for one, other in zip(parts, wanted, strict=True))


def grid_of_streets() -> list[np.ndarray]:
    """Streets of no regular pattern over the city's middle; its own few are not enough to compare."""
    from tests.adapters.tile_files import streets

    every = np.concatenate(city_roads())
    lon, lat = (float(part) for part in np.median(every, axis=0))
    return streets(5, lon, lat)


def test_that_a_picture_in_gcj_is_drawn_where_it_is_and_straightened_where_it_belongs(
    seat_with_page: Seat, tmp_path: Path
) -> None:
    seat = seat_with_page
    lines = city_roads()
    # Inside a cell: at a corner the cells' own lines would lie over the street.
    middle = np.median(np.concatenate(lines), axis=0) + 0.0004
    line = np.array([middle + (-0.01, 0.0), middle + (0.01, 0.0)])  # noqa: RUF005  moves, and joins nothing
    path = write_mbtiles(
        tmp_path / "gcj.mbtiles", picture_tiles(in_datum([line], "gcj02"), 15, street=STREET)
    )
    shown = opened_map(seat, path)
    strengthen(shown, seat)
    hide_ours(shown)
    there = convert(middle[:1], middle[1:], "wgs84", "gcj02")
    shown.run(f"gridConsole.goTo({there[0][0]}, {there[1][0]}, 16)")
    crooked = point_at(shown, float(there[0][0]), float(there[1][0]))
    seat.until(lambda: is_near(shown.colour(crooked), STREET))
    assert not is_near(shown.colour(crooked + QPoint(0, 60)), STREET)
    # As after a comparison that found it: the part draws it by the datum that is kept.
    part = part_of(seat)
    kept = part._kept
    assert kept is not None
    from dataclasses import replace

    part._change(replace(kept.having(replace(kept.maps[0], system="gcj02")), chosen=""))
    seat.until(lambda: not part.clicks.busy)
    part.next_basemap()
    seat.until(lambda: not part.clicks.busy)
    shown.run(f"gridConsole.goTo({middle[0]}, {middle[1]}, 16)")
    straight = point_at(shown, float(middle[0]), float(middle[1]))
    seat.until(lambda: is_near(shown.colour(straight), STREET))
    assert shown.panel.outside_requests == []


def test_that_a_vector_map_is_drawn_in_the_colours_of_the_theme_and_its_names_are_only_text(
    seat_with_page: Seat, tmp_path: Path
) -> None:
    seat = seat_with_page
    lines = city_roads()
    tiles = vector_tiles(lines, name="<img src=x onerror=alert(1)>{{7*191}}")
    facts = {"name": "<b>{{7*191}}</b>", "attribution": "<i>${7}</i>"}
    path = write_pmtiles(tmp_path / "city.pmtiles", tiles, bounds_of(lines), metadata=facts)
    shown = opened_map(seat, path)
    strengthen(shown, seat)
    hide_ours(shown)
    z, x, y = next(iter(tiles))
    side = 2**z
    lon = (x + 600 / 4096) / side * 360 - 180
    lat = float(np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * (y + 500 / 4096) / side)))))
    shown.run(f"gridConsole.goTo({lon}, {lat}, 16)")
    water = point_at(shown, lon, lat)
    roles = seat.window.theme.roles
    seat.until(lambda: shown.colour(water) == roles["base_water"])
    seat.window.theme.choose("dark")
    seat.until(lambda: shown.colour(water) == seat.window.theme.roles["base_water"])
    assert seat.window.theme.roles["base_water"] != roles["base_water"]
    assert shown.run("document.getElementById('basemap-credit').textContent") == "<i>${7}</i>"
    shown.run("document.getElementById('basemap').click()")
    assert "<b>{{7*191}}</b>" in shown.run("document.getElementById('basemap-list').textContent")
    assert shown.run("document.querySelectorAll('img, #basemap-list b, #basemap-credit i').length") == 0


def test_that_a_file_that_is_none_is_told_and_the_map_lives_on(seat_with_page: Seat, tmp_path: Path) -> None:
    seat = seat_with_page
    part = part_of(seat)
    shown = WindowMap(seat)
    seat.until(lambda: not part.clicks.busy)
    path = tmp_path / "empty.mbtiles"
    sqlite3.connect(path).close()
    path.write_bytes(b"")
    seat.window.actions_by_name["add_basemap"].trigger()
    dialog = seat.window.findChild(QFileDialog, "addBasemapDialog")
    assert dialog is not None
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    seat.until(lambda: "empty.mbtiles" in seat.message)
    assert read_collection(seat.folder).maps == ()
    assert shown.stats()["cells"] == len(small_city().unit_grids)


def test_that_a_file_that_turns_bad_later_leaves_the_streets_and_says_so(
    seat_with_page: Seat, tmp_path: Path
) -> None:
    seat = seat_with_page
    lines = city_roads()
    path = write_mbtiles(tmp_path / "city.mbtiles", picture_tiles(lines, 14))
    base = sqlite3.connect(path)
    base.execute("UPDATE tiles SET tile_data = 'no picture' WHERE rowid > 1")
    base.commit()
    base.close()
    shown = opened_map(seat, path)
    seat.until(lambda: "tile_data" in seat.message)
    assert shown.stats()["cells"] == len(small_city().unit_grids)


def test_that_what_is_chosen_while_a_map_is_compared_counts(seat_with_page: Seat, tmp_path: Path) -> None:
    seat = seat_with_page
    path = write_mbtiles(tmp_path / "city.mbtiles", picture_tiles(city_roads(), 14))
    shown = opened_map(seat, path)
    part = part_of(seat)
    done = asyncio.Event()

    async def comparing() -> None:
        await done.wait()

    part.clicks.run(comparing)
    shown.run("document.getElementById('basemap').click()")
    shown.run(
        "(() => { const slide = document.getElementById('basemap-opacity'); slide.value = '35';"
        " slide.dispatchEvent(new Event('change')); })()"
    )
    seat.until(lambda: read_collection(seat.folder).opacity == 35)
    shown.run("document.getElementById('basemap--1').click()")
    seat.until(lambda: read_collection(seat.folder).chosen == "")
    seat.until(lambda: shown.run("document.getElementById('basemap-opacity')") is None)
    assert part.clicks.busy
    done.set()
    seat.until(lambda: not part.clicks.busy)
    assert read_collection(seat.folder).opacity == 35


def test_that_two_choices_in_a_row_both_count(seat_with_page: Seat, tmp_path: Path) -> None:
    seat = seat_with_page
    shown = opened_map(seat, write_mbtiles(tmp_path / "city.mbtiles", picture_tiles(city_roads(), 14)))
    shown.run("document.getElementById('basemap').click()")
    shown.run(
        "(() => { const slide = document.getElementById('basemap-opacity'); slide.value = '35';"
        " slide.dispatchEvent(new Event('change'));"
        " document.getElementById('basemap--1').click(); })()"
    )
    seat.until(lambda: read_collection(seat.folder).chosen == "")
    seat.settle()
    assert read_collection(seat.folder).opacity == 35
