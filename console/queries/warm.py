"""Build ahead what is slow the first time: the working calendar and the points-to-grids index."""

from console.domain.errors import Refused
from console.storage.unit import View


def warm(view: View) -> None:
    """Make the next act and the next report as quick as all after them."""
    view.reference.calendar.warm()
    try:
        view.places.at(0.0, 0.0)
    except Refused:
        return  # a city without grids is told where somebody asks for a place
