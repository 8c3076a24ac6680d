"""Limits that take the place of a condition's own by area tier or season, from CSV text and back."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Annotated

from pydantic import Field

from console.adapters.rows import Problem, Row, read_rows
from console.domain.catalogue import VARIANTS, Catalogue, FilingCondition, Limit, LimitUnit

Text = Annotated[str, Field(min_length=1, max_length=1000)]
LimitValue = Annotated[float, Field(gt=0, lt=10_000, allow_inf_nan=False)]
Variant = Annotated[str, Field(pattern=f"^({'|'.join(VARIANTS)})$")]


class VariantRow(Row):
    """A limit that holds instead of a condition's own, see resources/catalogues/README.md."""

    edition: Text
    key: Text
    condition_number: Annotated[int, Field(ge=1)]
    variant: Variant
    limit_value: LimitValue
    limit_unit: LimitUnit
    source: str = ""


def with_variants(
    catalogues: Sequence[Catalogue], variants: str, *, file: str
) -> tuple[list[Catalogue], tuple[Problem, ...]]:
    """The catalogues with the limit variants of CSV text laid over their own, and what is wrong in it.

    Raises as console.adapters.rows.read_rows.
    """
    rows = read_rows(variants, VariantRow, file=file)
    known = {
        (catalogue.edition, item.key, condition.number)
        for catalogue in catalogues
        for item in catalogue.classes
        for condition in item.conditions
    }
    good: dict[tuple[str, str, int, str], VariantRow] = {}
    problems = list(rows.problems)
    for number, row in rows.good:
        condition = (row.edition, row.key, row.condition_number)
        if condition not in known:
            problems.append(Problem(number, "condition_number", " ".join(map(str, condition)), "unknown"))
        elif (*condition, row.variant) in good:
            problems.append(Problem(number, "variant", row.variant, "repeated"))
        else:
            good[*condition, row.variant] = row
    return [varied(item, good.values()) for item in catalogues], tuple(problems)


def varied(catalogue: Catalogue, rows: Iterable[VariantRow]) -> Catalogue:
    """The catalogue with these variants laid over those it has; rows of other editions pass by."""
    coming: dict[tuple[str, int], dict[str, Limit]] = {}
    for row in rows:
        if row.edition == catalogue.edition:
            limits = coming.setdefault((row.key, row.condition_number), {})
            limits[row.variant] = Limit(row.limit_value, row.limit_unit)
    if not coming:
        return catalogue
    return _with_conditions(
        catalogue,
        lambda key, condition: {**condition.variants, **coming.get((key, condition.number), {})},
    )


def bare(catalogue: Catalogue) -> Catalogue:
    """The catalogue without any variants."""
    return _with_conditions(catalogue, lambda _key, _condition: {})


def _with_conditions(
    catalogue: Catalogue, variants: Callable[[str, FilingCondition], Mapping[str, Limit]]
) -> Catalogue:
    classes = tuple(
        replace(
            item,
            conditions=tuple(replace(one, variants=variants(item.key, one)) for one in item.conditions),
        )
        for item in catalogue.classes
    )
    return replace(catalogue, classes=classes)


def variant_rows(catalogue: Catalogue, present: Catalogue | None = None) -> Iterator[VariantRow]:
    """The variants of a catalogue, without those that are the same in `present`."""
    for item in catalogue.classes:
        there = present.by_key[item.key] if present is not None else None
        for one in item.conditions:
            same = there.condition(one.number) if there is not None else None
            for variant, limit in one.variants.items():
                if same is None or same.variants.get(variant) != limit:
                    yield VariantRow(
                        edition=catalogue.edition,
                        key=item.key,
                        condition_number=one.number,
                        variant=variant,
                        limit_value=limit.value,
                        limit_unit=limit.unit,
                    )
