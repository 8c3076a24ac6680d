"""The classes and departments a file brings along, and the codes under which the city knows them.

A value keeps the code it was first given: a later file only adds what is new, in the order of the
alphabet, so that the same file makes the same codes in every database.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import count

from console.adapters.intake.mapping import AsCatalogue, ClassColumns, DepartmentColumn
from console.adapters.intake.mapping import Mapping as Declared
from console.domain.catalogue import CaseClass, Catalogue, FilingCondition, Limit
from console.domain.city import Department
from console.domain.errors import Refused
from console.storage.city import Reference

Values = tuple[str, ...]

_MAJORS, _MINORS = 99, 999
_WHOLE = "000"  # the minor digits of a major class that a row names without a minor one


@dataclass(frozen=True, slots=True)
class Lists:
    """Where a row's values lead: class values to a key of `edition`, department names to codes."""

    edition: str = ""
    classes: Mapping[Values, str] = field(default_factory=dict)
    departments: Mapping[str, str] = field(default_factory=dict)

    def class_of(self, values: Values) -> tuple[str, str]:
        """The class key and its edition, both empty where the catalogue does not know the values."""
        key = self.classes.get(values, "")
        return key, self.edition if key else ""


@dataclass(frozen=True, slots=True)
class Additions:
    """What has to be added to the city before the rows; `catalogue` is the whole edition."""

    catalogue: Catalogue | None = None
    classes: int = 0
    departments: Sequence[Department] = ()

    def __bool__(self) -> bool:
        return self.catalogue is not None or bool(self.departments)


def settled(
    mapping: Declared, reference: Reference, classes: AbstractSet[Values], names: AbstractSet[str]
) -> tuple[Lists, Additions]:
    """The codes of the file's values, and what the city has to learn for them.

    Raises Refused: `mapping_class`, `mapping_department` where a code of the mapping is not the
    city's, `too_many_classes`.
    """
    edition, keys, catalogue, added = _classes(mapping.case_class, mapping.name, reference, classes)
    codes, departments = _departments(mapping.department, mapping, reference, names)
    return Lists(edition, keys, codes), Additions(catalogue, added, departments)


def _classes(
    declared: ClassColumns | None, name: str, reference: Reference, values: AbstractSet[Values]
) -> tuple[str, Mapping[Values, str], Catalogue | None, int]:
    if declared is None:
        return "", {}, None, 0
    if declared.as_catalogue is not None:
        return _own_classes(declared.as_catalogue, reference, values)
    edition = declared.edition or reference.profile.edition
    known = reference.edition(edition)
    for value, key in declared.codes.items():
        if known.edition != edition or key not in known.by_key:
            raise Refused("mapping_class", mapping=name, value=value, key=key, edition=edition)
    return edition, {tuple(text.split(" / ")): key for text, key in declared.codes.items()}, None, 0


def _own_classes(
    declared: AsCatalogue, reference: Reference, values: AbstractSet[Values]
) -> tuple[str, Mapping[Values, str], Catalogue | None, int]:
    edition = declared.edition
    present = next((item for item in reference.catalogues if item.edition == edition), None)
    classes = list(present.classes) if present else []
    keys = {_values(item): item.key for item in classes}
    majors = {item.major: item.code[:2] for item in classes}
    fresh = sorted(value for value in values if value not in keys)
    for value in fresh:
        made = _class(declared, value, majors, classes)
        classes.append(made)
        keys[value] = made.key
    if not fresh:
        return edition, keys, None, 0
    return edition, keys, Catalogue(edition, declared.name, classes), len(fresh)


def _values(item: CaseClass) -> Values:
    return (item.major,) if item.code.endswith(_WHOLE) else (item.major, item.name)


def _class(
    declared: AsCatalogue, value: Values, majors: dict[str, str], classes: Sequence[CaseClass]
) -> CaseClass:
    major, name = value[0], value[-1]
    if major not in majors:
        majors[major] = _next(majors.values(), _MAJORS, 2, declared.edition)
    taken = [item.code[2:] for item in classes if item.major == major]
    minor = _WHOLE if len(value) == 1 else _next(taken, _MINORS, 3, declared.edition)
    limit = Limit(declared.limit.value, declared.limit.unit)
    condition = FilingCondition(
        1, declared.condition, declared.closing, limit, proposed=True, source=declared.source
    )
    return CaseClass(declared.kind, majors[major] + minor, major, name, name, (condition,))


def _next(taken: Iterable[str], most: int, width: int, edition: str) -> str:
    number = max(map(int, taken), default=0) + 1
    if number > most:
        raise Refused("too_many_classes", edition=edition, most=most)
    return f"{number:0{width}d}"


def _departments(
    declared: DepartmentColumn | None, mapping: Declared, reference: Reference, names: AbstractSet[str]
) -> tuple[Mapping[str, str], Sequence[Department]]:
    if declared is None:
        return {}, ()
    if declared.as_departments is None:
        coded = {**declared.codes, **({"default": declared.default} if declared.default else {})}
        for value, code in coded.items():
            if code not in reference.departments:
                raise Refused("mapping_department", mapping=mapping.name, value=value, department=code)
        return declared.codes, ()
    begin = f"{mapping.system}-"
    present = {item.name: item.code for item in reference.departments.values() if item.code.startswith(begin)}
    used = [int(code.removeprefix(begin)) for code in present.values() if code[len(begin) :].isdecimal()]
    numbers = count(max(used, default=0) + 1)
    kind = declared.as_departments.kind
    fresh = [
        Department(f"{begin}{next(numbers):03d}", name, name, kind) for name in sorted(names - present.keys())
    ]
    return present | {item.name: item.code for item in fresh}, fresh
