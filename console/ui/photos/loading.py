"""Pictures for widgets, read behind the loop; what was asked before and is no longer wanted is dropped."""

from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QImage

from console.domain.errors import Refused
from console.domain.evidence import Evidence, Role
from console.ui.photos.tile import read_image

if TYPE_CHECKING:
    from console.runtime.evidence import Picture

Show = Callable[[Sequence[Evidence], int], "Coroutine[Any, Any, list[Picture]]"]
TakeIn = Callable[[Sequence[Path], Role], Coroutine[Any, Any, list[Evidence | Refused]]]
Export = Callable[[Sequence[Evidence], Path], Coroutine[Any, Any, list[Path | Refused]]]
Shown = tuple["Picture", QImage | None]

THUMBNAIL = 320  # pixels of the longer edge
VIEW = 2048


async def shown(show: Show, evidence: Sequence[Evidence], edge: int) -> list[Shown]:
    """Each piece of evidence with its image, None where it has none."""
    import asyncio

    found = await show(evidence, edge)
    places = [picture.place for picture in found]
    images = await asyncio.get_running_loop().run_in_executor(None, _read, places)
    return list(zip(found, images, strict=True))


def _read(places: Sequence[Path | None]) -> list[QImage | None]:
    return [None if place is None else read_image(place) for place in places]
