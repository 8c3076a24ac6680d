"""Build ahead what is slow the first time: working calendar, points-to-grids index, lexicon, sets."""

from contextlib import suppress

from console.domain.errors import Refused
from console.queries.clocks import Clocks
from console.queries.vocabulary import city_lexicon
from console.storage.unit import View


def warm(view: View) -> None:
    """Make the next act and the next report as quick as all after them."""
    view.reference.calendar.warm()
    with suppress(Refused):  # a city without grids is told where somebody asks for a place
        view.places.at(0.0, 0.0)
    city_lexicon(view)
    with view.sets() as sets:
        if sets is not None:
            sets.warm()
            sets.following(
                Clocks
            )  # the rows of every open case, which the first view of late cases would read
