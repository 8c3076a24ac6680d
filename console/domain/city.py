"""What a city is made of: divisions, grids, departments and who answers for which class.

Terms follow GB/T 30428.1 and 47678.3; geometry is not here (console.geography holds it).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from console.domain.calendar import CalendarTable
from console.domain.catalogue import Catalogue
from console.domain.practice import Practice
from console.domain.staff import Member


class Level(StrEnum):
    """A division's place in the territorial order; a committee (管委会) lies across districts."""

    CITY = "city"
    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"
    COMMITTEE = "committee"
    RESPONSIBILITY = "responsibility"


class DepartmentKind(StrEnum):
    """Who may be dispatched to (the 2015 report's five kinds)."""

    DISTRICT = "district"
    COMMITTEE = "committee"
    BUREAU = "bureau"
    PROFESSIONAL = "professional"
    DISTRICT_BUREAU = "district_bureau"


@dataclass(frozen=True, slots=True)
class CityProfile:
    """The head of a city pack; `generated` marks a city that no survey made, and every drill.

    `drill` is the moment, in ISO 8601, of which a drill is a copy; empty for what is none.
    """

    code: str
    name: str
    name_en: str
    timezone: str
    edition: str
    generated: bool
    note: str = ""
    drill: str = ""

    @property
    def training(self) -> bool:
        """Whether it was made to practise in."""
        return not self.drill and self.generated and self.code.startswith(_TRAINING)


_TRAINING = "T"


def training_code(code: str) -> str:
    """The code of the training city made after another: none that a real city can have."""
    return f"{_TRAINING}{code[1:]}"


@dataclass(frozen=True, slots=True)
class Division:
    code: str
    name: str
    name_en: str
    level: Level
    parent: str


@dataclass(frozen=True, slots=True)
class ResponsibilityGrid:
    """责任网格: a patrol area of whole unit grids."""

    code: str
    name: str
    district: str
    street: str


@dataclass(frozen=True, slots=True)
class UnitGrid:
    """单元网格: about 10,000 m2; 15 digits = 6 county + 3 street + 3 community + 3 sequence.

    Areas in m2, lengths in m (EPSG:4547 or the city's own belt); `lon`, `lat` a point inside, EPSG:4490.
    `committee` is the 管委会 that manages the grid where the host district does not, else empty.
    """

    code: str
    responsibility_grid: str
    community: str
    street: str
    district: str
    committee: str
    area_m2: float
    length_m: float
    lon: float
    lat: float
    start_date: date
    end_date: date | None = None


@dataclass(frozen=True, slots=True)
class Department:
    """`division` is the district or committee it serves, or empty for the whole city."""

    code: str
    name: str
    name_en: str
    kind: DepartmentKind
    parent: str = ""
    division: str = ""


@dataclass(frozen=True, slots=True)
class ResponsibilityRule:
    """One line of the responsibility list (责任清单): which department answers where for what.

    `class_prefix` matches the start of a class key such as `event:0110` (empty matches all);
    `division` a district or committee code (empty: everywhere). The most exact rule wins, see
    console.domain.advice.
    """

    department: str
    class_prefix: str
    division: str = ""
    priority: int = 0


@dataclass(frozen=True, slots=True)
class CityContent:
    """Everything a pack brings into the store, in one value.

    `unit_grids` are in index order: the order of the cells in the `cells` layer.
    `layers` hold the map's ready-made bytes: `cells` (console.geography.packed), `roads`
    and `divisions` (GeoJSON, lon/lat EPSG:4490). Without a `practice` or `staff` the store keeps its own.
    """

    profile: CityProfile
    divisions: Sequence[Division]
    responsibility_grids: Sequence[ResponsibilityGrid]
    unit_grids: Sequence[UnitGrid]
    departments: Sequence[Department]
    rules: Sequence[ResponsibilityRule]
    catalogues: Sequence[Catalogue]
    calendar: CalendarTable
    layers: Mapping[str, bytes] = field(default_factory=dict)
    practice: Practice | None = None
    staff: Sequence[Member] = ()
