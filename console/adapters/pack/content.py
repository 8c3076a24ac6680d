"""A whole pack: read, checked, and turned into the city that the store takes in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from console.adapters.pack.archive import opened
from console.adapters.pack.manifest import Manifest, read_manifest
from console.adapters.pack.roads import roads_layer
from console.adapters.pack.site_layers import site_layers
from console.adapters.pack.survey import Progress, Survey
from console.adapters.practice.staff import Known
from console.domain.catalogue import Catalogue
from console.domain.city import CityContent, CityProfile, Department, Division, ResponsibilityRule
from console.domain.errors import Refused
from console.geography.outlines import divisions_layer
from console.geography.packed import packed_cells
from console.geography.rules import Finding, Grids, check_grids, in_order

# What one may load all the same, asking for it: the city works, its data are as good as they are.
TOLERABLE = frozenset(
    {
        "area_differs",
        "gap",
        "layer_shape",
        "overlap",
        "community_left",
        "community_not_filled",
        "responsibility_empty",
        "responsibility_left",
        "responsibility_not_filled",
        "sequence_gap",
    }
)


@dataclass(frozen=True, eq=False)
class _Read:
    """A pack's parts: the content but for the layers made of its grids, the grids, their polygons in
    lon/lat, and all that was found wrong."""

    content: CityContent
    grids: Grids
    degrees: NDArray[np.object_]
    findings: list[Finding]


def read_pack(path: Path, progress: Progress | None = None, *, tolerant: bool = False) -> CityContent:
    """The city in a pack, a folder or a zip.

    Raises Refused("pack_findings") with their number and the first; `tolerant` passes over those that
    leave the city usable (TOLERABLE). Else the refusals of console.adapters.pack.archive, manifest,
    features and positions.
    """
    said = progress or _unsaid
    read = _read(path, said)
    serious = [item for item in read.findings if not (tolerant and item.rule in TOLERABLE)]
    # What one may pass over often follows from what one may not: the cause leads.
    serious.sort(key=lambda item: item.rule in TOLERABLE)
    if serious:
        raise Refused("pack_findings", findings=len(serious), first=_told(serious[0]), rule=serious[0].rule)
    said("packing", 0.0)
    cells = packed_cells(read.degrees)
    said("packing", 0.3)
    grids = read.grids
    names = {item.code: item.name for item in grids.divisions}
    names |= {item.code: item.name for item in grids.responsibility_grids}
    divisions = divisions_layer(grids.unit_grids, grids.shapes, grids.system, names)
    said("packing", 1.0)
    return replace(read.content, layers={**read.content.layers, "cells": cells, "divisions": divisions})


def check_pack(path: Path, progress: Progress | None = None) -> list[Finding]:
    """All that is wrong in a pack, sorted by rule and code; raises where it cannot be read at all."""
    return _read(path, progress or _unsaid).findings


def survey_pack(path: Path, progress: Progress) -> tuple[CityContent, list[Finding]]:
    """What is good in a pack and all that is wrong; the layers made of its grids are not there."""
    read = _read(path, progress)
    return read.content, read.findings


def _unsaid(_step: str, _share: float) -> None:
    return None


def _told(finding: Finding) -> str:
    facts = {"code": finding.code} | dict(finding.facts)
    return ", ".join(f"{name} {value}" for name, value in facts.items() if value not in ("", None))


def _read(path: Path, progress: Progress) -> _Read:
    with opened(path) as folder:
        manifest = read_manifest(folder)
        survey = Survey(folder, manifest)
        grids, degrees = survey.grids(progress)
        departments, rules, catalogues = survey.departments(), survey.rules(), survey.catalogues()
        calendar, practice = survey.calendar(), survey.practice()
        staff = survey.staff(_known(grids, departments))
        layers = {"roads": roads_layer(survey, manifest.roads)}
        layers |= site_layers(survey, manifest.layers, catalogues)
    progress("checking", 0.0)
    found = survey.findings + check_grids(grids)
    found += _department_findings(manifest.departments or "", departments, grids.divisions)
    found += _rule_findings(manifest, rules, departments, catalogues, grids.divisions)
    progress("checking", 1.0)
    content = CityContent(
        profile=_profile(manifest),
        divisions=grids.divisions,
        responsibility_grids=grids.responsibility_grids,
        unit_grids=grids.unit_grids,
        departments=departments,
        rules=[rule for _, rule in rules],
        catalogues=catalogues,
        calendar=calendar,
        layers=layers,
        practice=practice,
        staff=staff,
    )
    return _Read(content, grids, degrees, in_order(found))


def _known(grids: Grids, departments: Sequence[Department]) -> Known:
    return Known(
        {item.code for item in departments},
        {item.code for item in grids.divisions},
        {item.code for item in grids.responsibility_grids},
    )


def _profile(manifest: Manifest) -> CityProfile:
    return CityProfile(
        code=manifest.code,
        name=manifest.name,
        name_en=manifest.name_en,
        timezone=manifest.timezone,
        edition=manifest.edition,
        generated=manifest.generated,
        note=manifest.note,
    )


def _department_findings(
    file: str, departments: Sequence[Department], divisions: Sequence[Division]
) -> Iterator[Finding]:
    codes = [item.code for item in departments]
    places = {item.code for item in divisions}
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield Finding("department_repeated", code, facts={"file": file})
    for item in departments:
        if item.parent and item.parent not in codes:
            yield Finding("department_parent", item.code, facts={"file": file, "parent": item.parent})
        if item.division and item.division not in places:
            yield Finding("department_division", item.code, facts={"file": file, "division": item.division})


def _rule_findings(
    manifest: Manifest,
    rules: Sequence[tuple[int, ResponsibilityRule]],
    departments: Sequence[Department],
    catalogues: Sequence[Catalogue],
    divisions: Sequence[Division],
) -> Iterator[Finding]:
    """Lines of the responsibility list that name nobody, nowhere or nothing."""
    keys = [key for catalogue in catalogues for key in catalogue.by_key]
    prefixes = {key[:length] for key in keys for length in range(len(key) + 1)}
    codes = {item.code for item in departments}
    places = {item.code for item in divisions}
    for row, rule in rules:
        at = {"file": manifest.responsibilities, "row": row}
        if rule.department not in codes:
            yield Finding("rule_department", rule.department, facts={**at, "field": "department"})
        if rule.division and rule.division not in places:
            yield Finding("rule_division", rule.division, facts={**at, "field": "division"})
        if rule.class_prefix not in prefixes:
            yield Finding("rule_class", rule.class_prefix, facts={**at, "field": "class_prefix"})
