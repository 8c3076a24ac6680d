"""What became of every row of a file: for the operator who answers for it and for the next program."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from console.adapters.intake.words import reason
from console.domain.errors import Refused
from console.whole_file import write_whole


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that was not taken; `field` is the column that caused it, where one did."""

    row: int
    field: str
    code: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outside:
    """A row taken without a unit grid: its point (EPSG:4490 degrees) lies in none."""

    row: int
    external_id: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A row taken as it is, although it says what can hardly be so."""

    row: int
    external_id: str
    code: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """A row whose case our operators have worked on: these fields stayed as they set them."""

    row: int
    external_id: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """imported + updated + unchanged + rejected + not_reached = rows.

    `not_reached` is zero unless the import was cancelled. `classes` and `departments` count what the
    file added to the city's lists. Lists are in the order of the rows.
    """

    file: str
    sha256: str
    mapping: str
    started: datetime
    ended: datetime
    rows: int = 0
    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    cancelled: bool = False
    classes: int = 0
    departments: int = 0
    rejected: tuple[Rejection, ...] = field(default=())
    outside: tuple[Outside, ...] = field(default=())
    suspicious: tuple[Suspicion, ...] = field(default=())
    held: tuple[Held, ...] = field(default=())

    @property
    def not_reached(self) -> int:
        return self.rows - self.imported - self.updated - self.unchanged - len(self.rejected)

    def as_json(self) -> dict[str, Any]:
        """The report in plain values, each code with its words in the user's language."""
        return {
            "file": self.file,
            "sha256": self.sha256,
            "mapping": self.mapping,
            "started": self.started.isoformat(),
            "ended": self.ended.isoformat(),
            "cancelled": self.cancelled,
            "rows": self.rows,
            "imported": self.imported,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "not_reached": self.not_reached,
            "classes_added": self.classes,
            "departments_added": self.departments,
            "rejected": [
                {"row": item.row, "field": item.field, **_told(item.code, item.facts)}
                for item in self.rejected
            ],
            "outside": [
                {"row": item.row, "external_id": item.external_id, "lon": item.lon, "lat": item.lat}
                for item in self.outside
            ],
            "suspicious": [
                {"row": item.row, "external_id": item.external_id, **_told(item.code, item.facts)}
                for item in self.suspicious
            ],
            "held": [
                {"row": item.row, "external_id": item.external_id, "fields": list(item.fields)}
                for item in self.held
            ],
        }


def write_report(report: ImportReport, path: Path) -> None:
    """Write the report as JSON, whole or not at all. Raises Refused("report_not_writable")."""
    text = json.dumps(report.as_json(), ensure_ascii=False, indent=2) + "\n"
    try:
        write_whole(path, text.encode())
    except OSError as problem:
        raise Refused("report_not_writable", file=str(path), said=problem.strerror or problem) from problem


def _told(code: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    plain = {
        name: value if isinstance(value, int | float | str) else str(value) for name, value in facts.items()
    }
    return {"code": code, "reason": reason(code, facts), "facts": plain}
