"""What an operation cannot do without, as the table says it, and the refusal where it was not told."""

from collections.abc import Callable, Mapping

from console.domain.acts.deed import Inputs
from console.domain.errors import Refused
from console.domain.flow import Need, Transition

_TOLD: Mapping[Need, Callable[[Inputs], object]] = {
    Need.CONDITION: lambda told: told.case_class is not None and told.condition,
    Need.DEPARTMENT: lambda told: told.department,
    Need.UNIT: lambda told: told.unit,
    Need.REASON: lambda told: told.note.strip(),
    Need.UNTIL: lambda told: told.until,
    Need.RESULT: lambda told: told.result,
    Need.LEVEL: lambda told: told.level,
    Need.FLAG: lambda told: told.flag,
    Need.PERSON: lambda told: told.person,
    Need.OTHER_CASE: lambda told: told.other,
    Need.PARTS: lambda told: told.parts,
    Need.SATISFACTION: lambda told: told.satisfaction,
    Need.EVIDENCE: lambda told: told.evidence,
    Need.PLACE: lambda told: told.spot,
}


def check_needs(row: Transition, told: Inputs) -> None:
    """Raises Refused: `needs_` and the name of the first need that was not told."""
    for need in Need if len(row.needs) > 1 else row.needs:
        if need in row.needs and not _TOLD[need](told):
            raise Refused(f"needs_{need.value}")
