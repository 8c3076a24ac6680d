"""The words of the product: one for every code, in the user's language where it is shown."""

from console.words.area import area_words
from console.words.codes import (
    CHECK_RESULTS,
    CITY_ACTS,
    COUNTS,
    DEPARTMENT_KINDS,
    FILTER_FIELDS,
    FLAGS,
    LAMPS,
    LIMIT_UNITS,
    OPERATIONS,
    POSTS,
    PROBLEMS,
    RATIOS,
    REQUESTS,
    SATISFACTIONS,
    SHORT_STEPS,
    SOURCES,
    STATES,
    STEPS,
    ZONE_AREAS,
)
from console.words.details import detail_words
from console.words.findings import FINDINGS, STAGES
from console.words.refusals import REFUSALS
from console.words.sentences import clock_time, finding, limit, percent, refusal, span

__all__ = [
    "CHECK_RESULTS",
    "CITY_ACTS",
    "COUNTS",
    "DEPARTMENT_KINDS",
    "FILTER_FIELDS",
    "FINDINGS",
    "FLAGS",
    "LAMPS",
    "LIMIT_UNITS",
    "OPERATIONS",
    "POSTS",
    "PROBLEMS",
    "RATIOS",
    "REFUSALS",
    "REQUESTS",
    "SATISFACTIONS",
    "SHORT_STEPS",
    "SOURCES",
    "STAGES",
    "STATES",
    "STEPS",
    "ZONE_AREAS",
    "area_words",
    "clock_time",
    "detail_words",
    "finding",
    "limit",
    "percent",
    "refusal",
    "span",
]
