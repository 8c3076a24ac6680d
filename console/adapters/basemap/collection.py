"""The base maps of this site: which there are, which is shown and how, kept in the data folder."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from console.adapters.basemap.archive import SUFFIXES
from console.domain.errors import Refused
from console.geography.coordinates import coordinate_system
from console.kept import keep, kept, put_aside

FILE = "basemaps.json"
MOST = 32


@dataclass(frozen=True, slots=True)
class BaseMap:
    """One base map: `place` is a file or an address, `system` the datum it is drawn in, `name` what people
    call it; `east` and `north` in metres say how far it lies off where no datum explains it."""

    key: str
    name: str
    place: str
    system: str = "wgs84"
    east: float = 0.0
    north: float = 0.0

    @property
    def is_service(self) -> bool:
        return self.place.startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True)
class Collection:
    """All of them in order; `chosen` is the key of the one that is shown, "" for the city's own streets;
    `opacity` in per cent, `names` whether a vector map's names are drawn."""

    maps: tuple[BaseMap, ...] = ()
    chosen: str = ""
    opacity: int = 70
    names: bool = True

    def find(self, key: str) -> BaseMap:
        """Raises Refused("no_such_basemap")."""
        found = next((one for one in self.maps if key in (one.key, one.name)), None)
        if found is None:
            raise Refused("no_such_basemap", name=key)
        return found

    def having(self, one: BaseMap) -> "Collection":
        """With this one added, or in the place of the one with its key."""
        others = [other for other in self.maps if other.key != one.key]
        at = next((at for at, other in enumerate(self.maps) if other.key == one.key), len(others))
        if len(others) >= MOST:
            raise Refused("too_many_basemaps", most=MOST)
        return replace(self, maps=(*others[:at], one, *others[at:]))

    def without(self, key: str) -> "Collection":
        """Without it; the city's streets are shown where it was."""
        chosen = "" if self.chosen == key else self.chosen
        return replace(self, maps=tuple(one for one in self.maps if one.key != key), chosen=chosen)


def new_basemap(place: str, name: str = "") -> BaseMap:
    """A base map of a file or an address. Raises Refused("basemap_format")."""
    if place.startswith(("http://", "https://")):
        return BaseMap(uuid4().hex[:8], name or place.split("/")[2], place)
    path = Path(place)
    if path.suffix.lower() not in SUFFIXES:
        raise Refused("basemap_format", file=path.name, known="MBTiles (.mbtiles), PMTiles 3 (.pmtiles)")
    return BaseMap(uuid4().hex[:8], (name or path.stem)[:80], str(path.resolve()))


def read_collection(folder: Path) -> Collection:
    """What is kept. Raises Refused("kept_damaged"); the document has then been moved aside."""
    path = folder / FILE
    told = kept(path)
    if told is None:
        return Collection()
    try:
        maps = tuple(_basemap(one) for one in told["maps"])[:MOST]
        opacity = min(max(int(told.get("opacity", 70)), 0), 100)
        return Collection(maps, str(told.get("chosen", "")), opacity, bool(told.get("names", True)))
    except (KeyError, TypeError, ValueError, AttributeError, Refused) as problem:
        raise put_aside(path, problem) from problem


def keep_collection(folder: Path, collection: Collection) -> None:
    """Raises Refused("folder_not_writable")."""
    keep(folder / FILE, asdict(collection))


def _basemap(told: Mapping[str, Any]) -> BaseMap:
    key, name, place = (str(told[field]) for field in ("key", "name", "place"))
    system = coordinate_system(str(told.get("system", "wgs84")))
    return BaseMap(key, name, place, system, float(told.get("east", 0.0)), float(told.get("north", 0.0)))
