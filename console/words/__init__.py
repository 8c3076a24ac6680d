"""The words of the product: one for every code, in the user's language where it is shown."""

from console.words.codes import (
    COUNTS,
    DEPARTMENT_KINDS,
    LAMPS,
    LIMIT_UNITS,
    OPERATIONS,
    PROBLEMS,
    RATIOS,
    SHORT_STEPS,
    SOURCES,
    STATES,
    STEPS,
)
from console.words.findings import FINDINGS, STAGES
from console.words.refusals import REFUSALS
from console.words.sentences import clock_time, finding, limit, refusal, span

__all__ = [
    "COUNTS",
    "DEPARTMENT_KINDS",
    "FINDINGS",
    "LAMPS",
    "LIMIT_UNITS",
    "OPERATIONS",
    "PROBLEMS",
    "RATIOS",
    "REFUSALS",
    "SHORT_STEPS",
    "SOURCES",
    "STAGES",
    "STATES",
    "STEPS",
    "clock_time",
    "finding",
    "limit",
    "refusal",
    "span",
]
