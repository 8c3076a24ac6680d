"""A film shows what the moments say, is written whole or not at all, and needs no screen."""

import tomllib
from datetime import timedelta
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from console.adapters.film import Pictures
from console.domain.errors import Refused
from console.domain.replay import Period
from console.geography.mercator import mercator
from console.queries.map import CityMap, city_map
from console.queries.past import LAMPS, Past
from console.queries.replay import read_past
from console.runtime.film import Film, Scene, make_film, pictures_of
from console.storage.unit import Store
from console.system import resource
from tests.queries.pasts import HOUR, SINCE, UNTIL, populate

SIZE = (320, 180)
Made = tuple[Past, CityMap]
LIGHT = tomllib.loads(resource("themes", "light.toml").read_text("utf-8"))


@pytest.fixture
def made(city_store: Store) -> Made:
    populate(city_store)
    with city_store.read() as view:
        return read_past(view, Period(SINCE, UNTIL)), city_map(view)


def film(target: Path, hours: int = 2, speed: int = 3600) -> Film:
    return Film(SINCE, SINCE + hours * HOUR, speed, Scene(*SIZE), target)


def rgb(role: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(LIGHT[role][1:]))


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_that_a_cell_has_the_colour_of_its_number_of_open_cases(made: Made) -> None:
    past, city = made
    pictures = Pictures(city, Scene(1280, 720))
    at = SINCE + 12 * HOUR
    counts = past.at(at).counts()
    drawn = pictures.draw(past.at(at))
    ids = pictures._ids
    empty = next(cell for cell in range(len(counts)) if counts[cell] == 0)
    full = int(np.argmax(counts))
    level = int(np.searchsorted((1, 2, 3, 5, 8), counts[full], "right"))
    for cell, role in ((empty, "ramp_0"), (full, f"ramp_{level}")):
        inside = drawn[ids == cell + 1]
        same = (inside == rgb(role)).all(axis=1).mean()
        assert same > 0.3, (cell, role)  # marks, borders and names lie over the rest
    assert (drawn[0, 640] == rgb("past")).all()  # the head says by its colour that this is the past


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_that_a_late_case_is_drawn_in_its_colour_where_it_lies(made: Made) -> None:
    past, city = made
    pictures = Pictures(city, Scene(1280, 720))
    moment = past.at(SINCE + 12 * HOUR)
    late = [one for one in moment.cases() if one.lamp is LAMPS[2] and one.lon is not None]
    assert late
    drawn = pictures.draw(moment).astype(int)
    degrees = np.array([(one.lon, one.lat) for one in late], float)
    for x, y in pictures._onto(np.column_stack(mercator(degrees[:, 0], degrees[:, 1]))).round().astype(int):
        if x > 300 or y < 450:  # where the legend does not lie over it
            assert np.abs(drawn[y, x] - rgb("late")).max() < 40


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_that_a_series_has_every_picture_and_its_clock_goes_on(made: Made, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    target = tmp_path / "series"
    number = make_film(*made, film(target), lambda done, whole: told.append((done, whole)))
    files = sorted(target.iterdir())
    assert number == pictures_of(film(target)) == len(files) == 21
    assert told[-1] == (21, 21)
    first, last = (np.asarray(Image.open(file)) for file in (files[0], files[-1]))
    assert first.shape == (SIZE[1], SIZE[0], 3)
    assert not np.array_equal(first[:18], last[:18])
    with pytest.raises(Refused, match="film_present"):
        make_film(*made, film(target))
    assert len(list(target.iterdir())) == 21


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_that_a_video_can_be_played_and_has_every_picture(made: Made, tmp_path: Path) -> None:
    target = tmp_path / "day.webm"
    assert make_film(*made, film(target)) == 21
    with av.open(str(target)) as found:
        stream = found.streams.video[0]
        assert (stream.codec_context.name, stream.width, stream.height) == ("vp9", *SIZE)
        frames = [frame.to_ndarray(format="rgb24") for frame in found.decode(stream)]
    assert len(frames) == 21
    head = frames[0][4, 160].astype(int)
    assert np.abs(head - rgb("past")).max() < 24  # as far as the colours of video go
    assert sorted(path.name for path in tmp_path.glob("day*")) == ["day.webm"]


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", ["day.webm", "series"])
def test_that_one_broken_off_leaves_no_file(made: Made, tmp_path: Path, name: str) -> None:
    seen: list[int] = []
    before = sorted(tmp_path.iterdir())
    with pytest.raises(Refused, match="interrupted"):
        make_film(
            *made, film(tmp_path / name), lambda done, _whole: seen.append(done), lambda: len(seen) == 5
        )
    assert len(seen) == 5
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", ["day.webm", "series"])
def test_that_a_full_disk_is_told_and_leaves_no_file(made: Made, tmp_path: Path, name: str) -> None:
    import resource as limits
    import signal

    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = limits.getrlimit(limits.RLIMIT_FSIZE)
    limits.setrlimit(limits.RLIMIT_FSIZE, (2000, hard))  # what a disk that is full does to a write
    try:
        with pytest.raises(Refused, match="film_not_written"):
            make_film(*made, film(tmp_path / name, hours=20))
    finally:
        limits.setrlimit(limits.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)
    assert not list(tmp_path.glob("day*"))
    assert not list(tmp_path.glob("series"))


def test_that_a_film_is_neither_empty_nor_endless(tmp_path: Path) -> None:
    for wrong, code in ((film(tmp_path, 0), "film_empty"), (film(tmp_path, 24 * 9, 1), "film_too_long")):
        with pytest.raises(Refused, match=code):
            pictures_of(wrong)
    assert pictures_of(Film(SINCE, SINCE + timedelta(seconds=1), 1, Scene(), tmp_path)) == 11
