"""What a dossier tells of a case: its card, its clocks, and its lines of the journal as they are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from console.domain.city import CityProfile
from console.queries.case import CaseCard, case_card
from console.queries.why import CaseWhy, why_case
from console.storage.chain import FIRST, Told
from console.storage.columns import ticks
from console.storage.tables import cases, journal
from console.storage.unit import View

_before = journal.alias("before")
_BEFORE = (
    select(_before.c.hash)
    .where(_before.c.id < journal.c.id)
    .order_by(_before.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_COLUMNS = tuple(column for column in journal.columns if column.name not in {"id", "hash"})


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line of the journal with the very texts its hash was made of, and the hash of the line before it,
    which may be another case's."""

    before: str
    line: Told
    hash: str


@dataclass(frozen=True, slots=True)
class Matter:
    """Everything that goes into a dossier but its photos; `city` is the name in `profile`."""

    city: str
    profile: CityProfile
    card: CaseCard
    why: CaseWhy
    lines: tuple[KeptLine, ...]


def dossier_matter(view: View, code: str, now: datetime) -> Matter:
    """The matter of a case's dossier, as of one moment. Raises Refused: `no_such_case`, `no_city`."""
    card = case_card(view, code, now)
    profile = view.reference.profile
    return Matter(profile.name, profile, card, why_case(view, code, now), kept_lines(view, card.case.id))


def kept_lines(view: View, case_id: int) -> tuple[KeptLine, ...]:
    """The lines of one case in their order."""
    found = view.connection.execute(
        select(_BEFORE, *_COLUMNS, journal.c.hash)
        .where(journal.c.case_id == case_id)
        .order_by(journal.c.number)
    )
    return tuple(KeptLine(before or FIRST, _told(line), hash_) for before, *line, hash_ in found)


def kept_hashes(view: View, code: str) -> dict[int, str]:
    """The hash of every line of a case by its number; nothing where there is no such case."""
    found = view.connection.execute(
        select(journal.c.number, journal.c.hash)
        .join(cases, cases.c.id == journal.c.case_id)
        .where(cases.c.code == code)
    )
    return {line.number: line.hash for line in found}


def _told(line: Sequence[object]) -> Told:
    case_id, number, operation, at, *texts = line
    assert isinstance(at, datetime)
    return (case_id, number, str(operation), ticks(at), *texts)  # type: ignore[return-value]
