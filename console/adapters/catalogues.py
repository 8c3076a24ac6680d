"""The class catalogues: the editions that come with the product, and those of a city's own file."""

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby
from typing import Annotated

from pydantic import Field

from console.adapters.rows import Problem, Row, decoded, read_rows, written_rows
from console.adapters.variants import LimitValue, Text, VariantRow, bare, variant_rows, varied
from console.domain.catalogue import (
    CaseClass,
    Catalogue,
    ClassKind,
    Crossing,
    FilingCondition,
    Limit,
    LimitUnit,
)
from console.domain.errors import Refused
from console.system import resource

BUILTIN = ("2013", "2026")

_NAMES = {"2013": "GB/T 30428.2-2013", "2026": "GB/T 47678.5-2026"}
_OLDER = {"2026": "2013"}
_CROSSWALK = "crosswalk.csv"
_VARIANTS = "limit_variants.csv"

Code = Annotated[str, Field(pattern=r"^[0-9A-Za-z_-]{1,20}$")]


class ConditionRow(Row):
    """One filing condition with the class it belongs to (resources/catalogues/README.md)."""

    kind: ClassKind
    major_code: Code
    major_name: Text
    minor_code: Code
    minor_name: Text
    name_en: str = ""
    condition_number: Annotated[int, Field(ge=1)]
    condition: Text
    closing: Text
    limit_value: LimitValue
    limit_unit: LimitUnit
    proposed: bool = False
    source: str = ""

    @property
    def class_code(self) -> str:
        return self.major_code + self.minor_code


class CrossingRow(Row):
    """A link from a class of the older edition to one of this."""

    old_key: Text
    new_key: Text
    basis: str = ""


@cache
def builtin(edition: str) -> Catalogue:
    """An edition that comes with the product, with its crossings from the one before.

    Raises Refused("unknown_edition").
    """
    if edition not in BUILTIN:
        raise Refused("unknown_edition", edition=edition, known=", ".join(BUILTIN))
    older = _OLDER.get(edition, "")
    crossings = _resource(_CROSSWALK) if older else ""
    catalogue, problems = read_catalogue(
        _resource(f"{edition}.csv"), crossings, edition=edition, name=_NAMES[edition], older=older
    )
    assert not problems, problems[0]
    rows = read_rows(_resource(_VARIANTS), VariantRow, file=_VARIANTS)
    assert not rows.problems, rows.problems[0]
    return varied(catalogue, [row for _, row in rows.good if row.edition == edition])


def written_variants(catalogues: Iterable[Catalogue]) -> str:
    """The CSV text of the limit variants that `builtin` does not bring by itself; empty without any."""
    rows: list[VariantRow] = []
    for catalogue in catalogues:
        rows += variant_rows(catalogue, builtin(catalogue.edition) if is_builtin(catalogue) else None)
    return written_rows(rows, VariantRow) if rows else ""


def is_builtin(catalogue: Catalogue) -> bool:
    """Whether it is an edition that comes with the product, whatever its limit variants."""
    return catalogue.edition in BUILTIN and bare(catalogue) == bare(builtin(catalogue.edition))


def read_catalogue(
    conditions: str,
    crossings: str = "",
    *,
    edition: str,
    name: str,
    older: str = "",
    file: str = "",
    crossings_file: str = _CROSSWALK,
) -> tuple[Catalogue, tuple[tuple[str, Problem], ...]]:
    """A catalogue from CSV text, and its problems by file. Raises as console.adapters.rows.read_rows."""
    table = read_rows(conditions, ConditionRow, file=file or f"{edition}.csv")
    problems = [(file, problem) for problem in (*table.problems, *_repeats(table.good))]
    classes = _classes([row for _, row in table.good])
    links: Sequence[Crossing] = ()
    if crossings:
        crossed = read_rows(crossings, CrossingRow, file=crossings_file)
        keys = {item.key for item in classes}
        problems += [(crossings_file, problem) for problem in crossed.problems]
        problems += [
            (crossings_file, Problem(number, "new_key", row.new_key, "unknown_class"))
            for number, row in crossed.good
            if row.new_key not in keys
        ]
        links = tuple(
            Crossing(row.old_key, row.new_key, row.basis) for _, row in crossed.good if row.new_key in keys
        )
    return Catalogue(edition, name, classes, older, links), tuple(problems)


def written_catalogue(catalogue: Catalogue) -> tuple[str, str]:
    """The CSV texts of a catalogue's conditions and of its crossings."""
    rows = [
        ConditionRow(
            kind=item.kind,
            major_code=item.code[: _major_length(item.code)],
            major_name=item.major,
            minor_code=item.code[_major_length(item.code) :],
            minor_name=item.name,
            name_en=item.name_en,
            condition_number=condition.number,
            condition=condition.text,
            closing=condition.closing,
            limit_value=condition.limit.value,
            limit_unit=condition.limit.unit,
            proposed=condition.proposed,
            source=condition.source,
        )
        for item in catalogue.classes
        for condition in item.conditions
    ]
    links = [CrossingRow(old_key=c.old_key, new_key=c.new_key, basis=c.basis) for c in catalogue.crossings]
    return written_rows(rows, ConditionRow), written_rows(links, CrossingRow)


def _resource(name: str) -> str:
    return decoded(resource("catalogues", name).read_bytes(), file=name, encoding="utf-8")


def _major_length(code: str) -> int:
    return min(2, len(code) - 1)  # every edition has two-digit major classes


def _repeats(rows: Sequence[tuple[int, ConditionRow]]) -> list[Problem]:
    seen: set[tuple[str, str, int]] = set()
    repeats = []
    for number, row in rows:
        key = (row.kind.value, row.class_code, row.condition_number)
        if key in seen:
            repeats.append(Problem(number, "condition_number", str(row.condition_number), "repeated"))
        seen.add(key)
    return repeats


def _classes(rows: Sequence[ConditionRow]) -> tuple[CaseClass, ...]:
    ordered = sorted(
        rows, key=lambda row: (row.kind is ClassKind.EVENT, row.class_code, row.condition_number)
    )
    return tuple(
        _case_class(list(group)) for _, group in groupby(ordered, key=lambda row: (row.kind, row.class_code))
    )


def _case_class(rows: Sequence[ConditionRow]) -> CaseClass:
    head = rows[0]
    return CaseClass(
        kind=head.kind,
        code=head.class_code,
        major=head.major_name,
        name=head.minor_name,
        name_en=head.name_en,
        conditions=tuple(
            FilingCondition(
                row.condition_number,
                row.condition,
                row.closing,
                Limit(row.limit_value, row.limit_unit),
                row.proposed,
                row.source,
            )
            for row in rows
        ),
    )
