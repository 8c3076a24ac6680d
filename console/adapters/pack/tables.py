"""What the rows of a pack's tables hold."""

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from console.adapters.rows import Row
from console.domain.city import DepartmentKind, Level


def _eight_digits(value: Any) -> Any:
    """20150101, as the standard writes dates; alone it would pass for seconds."""
    text = str(value)
    if len(text) == 8 and text.isdigit():
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return text[:10] if text[10:11] in ("T", " ") else text


Code = Annotated[str, Field(min_length=1, max_length=40)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Date = Annotated[date, BeforeValidator(_eight_digits)]


class UnitGridRow(Row):
    """`community` is the prefix of the code where it is not told; `area_m2` is measured then."""

    code: Code
    responsibility_grid: Code
    community: str = ""
    committee: str = ""
    area_m2: Annotated[float, Field(allow_inf_nan=False)] | None = None
    start_date: Date
    end_date: Date | None = None


class DivisionRow(Row):
    code: Code
    name: Name
    name_en: str = ""
    level: Level
    parent: str = ""


class ResponsibilityGridRow(Row):
    """`district` and `street` are those of its unit grids where they are not told."""

    code: Code
    name: Name
    district: str = ""
    street: str = ""


class DepartmentRow(Row):
    code: Code
    name: Name
    name_en: str = ""
    kind: DepartmentKind
    parent: str = ""
    division: str = ""


class RuleRow(Row):
    """A line of the responsibility list, see console.domain.city.ResponsibilityRule."""

    department: Code
    class_prefix: str = ""
    division: str = ""
    priority: int = 0


def _cut(text: str) -> str:
    return text[:200]


class RoadRow(Row):
    """A street or road: rank 1 ring or expressway, 2 main street, 3 street.

    What is longer than a name is cut: a city is not refused for the label of a lane.
    """

    name: Annotated[str, AfterValidator(_cut)] = ""
    name_en: Annotated[str, AfterValidator(_cut)] = ""
    rank: Annotated[int, Field(ge=1, le=3)] = 3


class LayerRow(Row):
    """A feature of a site's own layer; `kind` is a component's class, its code or its key.

    What is longer than a name is cut: a city is not refused for the label of a tree.
    """

    name: Annotated[str, AfterValidator(_cut)] = ""
    kind: Annotated[str, AfterValidator(_cut)] = ""
