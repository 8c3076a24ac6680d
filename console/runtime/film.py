"""A film of a period, from the journal to the file: read, drawn, written; broken off it leaves nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from console.adapters.film import Pictures, Scene, can_encode, film_writer
from console.domain.errors import Refused
from console.queries.map import CityMap
from console.queries.past import Past

__all__ = ["RATE", "Film", "Scene", "can_encode", "make_film", "pictures_of"]

RATE = 10  # pictures a second: a clock that jumps ten times a second is read as running
_MOST = 100_000

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Film:
    """From when to when, how many seconds of the past in one, in which scene, and where to."""

    since: datetime
    until: datetime
    speed: int
    scene: Scene
    target: Path


def pictures_of(film: Film) -> int:
    """How many pictures it has. Raises Refused: `film_empty`, `film_too_long`."""
    step = timedelta(seconds=film.speed) / RATE
    number = int((film.until - film.since) / step) + 1
    if film.until <= film.since:
        raise Refused("film_empty")
    if number > _MOST:
        raise Refused("film_too_long", pictures=number, most=_MOST)
    return number


def make_film(
    past: Past,
    city: CityMap,
    film: Film,
    progress: Progress = lambda _done, _whole: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Draw and write it; how many pictures. Progress and the question whether to go on come on this thread.

    Raises Refused: `interrupted`, those of `pictures_of`, and what the writer refuses.
    """
    number = pictures_of(film)
    pictures = Pictures(city, film.scene)
    writer = film_writer(film.target, film.scene.width, film.scene.height, RATE)
    step = timedelta(seconds=film.speed) / RATE
    try:
        for k in range(number):
            if cancelled():
                raise Refused("interrupted")
            writer.take(pictures.draw(past.at(film.since + k * step)))
            progress(k + 1, number)
        writer.finish()
    except BaseException:
        writer.drop()
        raise
    return number
