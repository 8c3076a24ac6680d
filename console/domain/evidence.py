"""Photos and files of a case by the hash of their content."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Role(StrEnum):
    """What a photo or file is for: near and far view, a reference to find the place, a signed form."""

    NEAR = "near"
    FAR = "far"
    REFERENCE = "reference"
    BEFORE = "before"
    AFTER = "after"
    FORM = "form"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One photo or file as it was taken in; it is part of its fact, and so of the journal's hash.

    `hash` is the SHA-256 of the content in lower-case hex, `size` its bytes, `width` and `height`
    pixels as shown upright (0 for what is no picture). `media_type` is image/jpeg, image/png,
    image/webp or application/pdf, told by the content. `taken_at` is aware UTC, `lon` and `lat` are
    EPSG:4490 degrees; both are what the camera claims, which anybody can write into a file.
    """

    hash: str
    name: str
    media_type: str
    size: int
    role: Role
    width: int = 0
    height: int = 0
    taken_at: datetime | None = None
    lon: float | None = None
    lat: float | None = None

    @property
    def pictured(self) -> bool:
        """Whether it can be shown as a picture."""
        return self.media_type.startswith("image/")

    def plain(self) -> dict[str, Any]:
        """All of it in JSON values; `evidence_of` reads them."""
        return asdict(self) | {"taken_at": self.taken_at and self.taken_at.isoformat()}


def evidence_of(told: Mapping[str, Any]) -> Evidence:
    """The evidence that `Evidence.plain` told. Raises KeyError, TypeError or ValueError on anything else."""
    taken_at = told["taken_at"]
    values = {
        "role": Role(told["role"]),
        "taken_at": None if taken_at is None else datetime.fromisoformat(taken_at),
    }
    return Evidence(**{**told, **values})
