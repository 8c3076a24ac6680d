"""The training city: the demo city under another name and code, with fewer cases and exercises that wait."""

from dataclasses import replace
from datetime import datetime

from console.adapters.demo.blocks import Progress
from console.adapters.demo.city import demo_city
from console.domain.case import Case, Source
from console.domain.catalogue import Catalogue
from console.domain.city import CityContent, training_code
from console.domain.report import Report
from console.services.collection import register_report
from console.storage.unit import Unit

CASES, DAYS = 6_000, 28
_ROAD, _CALLER = "培训路 1 号", "培训"
_NOTE = "培训数据:全部由程序生成,用于练习,不是真实案件。"

# What is to be practised, each a report as it comes in: whence, what class it names, what it says.
_EXERCISES: tuple[tuple[Source, str, str], ...] = (
    (Source.HOTLINE, "暴露垃圾", "练习一 受理、立案、派遣:路口有一堆生活垃圾。请依次按 A、F、D。"),
    (Source.HOTLINE, "暴露垃圾", "练习二 并案:与练习一是同一堆垃圾,由另一位市民反映。请按 C 并入练习一。"),
    (Source.PATROL, "污水井盖", "练习三 紧急:井盖缺失,行人危险。请派遣后按 S 督办,再按 U 催办。"),
    (Source.HOTLINE, "", "练习四 不予受理:咨询邻市的社保办理。请按 X 并写明理由。"),
    (Source.PATROL, "店外经营", "练习五 撤销:请受理后按 Ctrl+Z 撤销,再重新受理。"),
    (Source.HOTLINE, "路灯", "练习六 时限:请派遣后按 W,看时限怎样算出。"),
)  # fmt: skip


def training_city(progress: Progress | None = None) -> CityContent:
    """A city nobody can take for a real one: its name, code and note say training."""
    content = demo_city(progress)
    profile = replace(
        content.profile,
        code=training_code(content.profile.code),
        name=content.profile.name.replace("演示", "培训"),
        name_en=content.profile.name_en.replace("demo", "training"),
        note=_NOTE,
    )
    return replace(content, profile=profile)


def write_exercises(unit: Unit, city: CityContent, *, by: str, at: datetime) -> list[Case]:
    """Register the exercises as new reports amid the loaded city. Raises Refused as a report does."""
    grid = city.unit_grids[len(city.unit_grids) // 2]
    catalogue = unit.reference.catalogue
    reports = [
        # Its number stands in the queue's column of places: there the next one is looked for.
        Report(source, text, _class_of(catalogue, name), grid.lon, grid.lat, f"{text[:3]} · {_ROAD}", _CALLER)
        for source, name, text in _EXERCISES
    ]
    return [register_report(unit, report, by=by, at=at) for report in reports]


def _class_of(catalogue: Catalogue, name: str) -> str:
    """The first class whose name has these words; none where they are empty."""
    return next((item.key for item in catalogue.classes if name and name in item.name), "")
