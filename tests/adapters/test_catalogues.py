"""The built-in class catalogues and catalogues of a city's own."""

import re
from collections import Counter

import pytest

from console.adapters.catalogues import (
    BUILTIN,
    builtin,
    is_builtin,
    read_catalogue,
    written_catalogue,
    written_variants,
)
from console.adapters.variants import bare, with_variants
from console.domain.catalogue import ClassKind, Limit, LimitUnit
from console.domain.errors import Refused
from console.system import resource

VARIANTS = (
    "edition,key,condition_number,variant,limit_value,limit_unit,source\n2013,part:0101,1,II,4,urgent_hour,\n"
)
HEAD = (
    "kind,major_code,major_name,minor_code,minor_name,condition_number,condition,closing,limit_value,"
    "limit_unit\n"
)


@pytest.mark.parametrize(("edition", "classes", "conditions"), [("2013", 269, 784), ("2026", 258, 752)])
def test_that_an_edition_holds_all_its_classes_and_conditions(
    edition: str, classes: int, conditions: int
) -> None:
    catalogue = builtin(edition)
    assert catalogue.edition == edition
    assert len(catalogue.classes) == len(catalogue.by_key) == classes
    assert sum(len(item.conditions) for item in catalogue.classes) == conditions


def test_that_the_2026_list_has_its_153_components_and_97_matters_of_its_own() -> None:
    national = [item for item in builtin("2026").classes if not item.code.startswith("21")]
    kinds = Counter(item.kind for item in national)
    assert kinds == {ClassKind.PART: 153, ClassKind.EVENT: 97}


@pytest.mark.parametrize("edition", BUILTIN)
def test_that_codes_have_the_digits_of_their_edition(edition: str) -> None:
    form = {"2013": r"\d{4}", "2026": r"\d{5}"}[edition]
    assert all(re.fullmatch(form, item.code) for item in builtin(edition).classes)


@pytest.mark.parametrize("edition", BUILTIN)
def test_that_conditions_are_numbered_from_one_without_gaps(edition: str) -> None:
    for item in builtin(edition).classes:
        assert [condition.number for condition in item.conditions] == list(range(1, len(item.conditions) + 1))


def test_that_a_condition_carries_its_limit_and_how_it_closes() -> None:
    cover = builtin("2013").by_key["part:0101"]
    assert cover.name == "上水井盖"
    assert cover.major == "公用设施"
    missing = cover.conditions[0]
    assert (missing.limit.value, missing.limit.unit) == (2, LimitUnit.URGENT_HOUR)
    assert missing.closing == "已恢复原状"
    assert not missing.proposed


@pytest.mark.parametrize(("edition", "proposed"), [("2013", 266), ("2026", 325)])
def test_that_limits_set_by_analogy_stay_marked(edition: str, proposed: int) -> None:
    conditions = [condition for item in builtin(edition).classes for condition in item.conditions]
    assert sum(condition.proposed for condition in conditions) == proposed
    assert all(condition.proposed == ("proposed" in condition.source.split()) for condition in conditions)


def test_that_emergencies_live_on_as_local_classes_in_2026() -> None:
    local = [item for item in builtin("2026").classes if item.code.startswith("21")]
    assert [item.name for item in local][:6] == [
        "供水管道破裂",
        "燃气管道破裂",
        "排水管道堵塞、破裂",
        "热力管道破裂",
        "路面塌陷",
        "道路积水",
    ]
    assert all(item.major == "突发事件" for item in local)
    assert all("local" in condition.source.split() for item in local for condition in item.conditions)


def test_that_old_classes_lead_to_new_ones() -> None:
    newest = builtin("2026")
    assert newest.older == "2013"
    assert [item.code for item in newest.crossed("part:0101")] == ["01001"]
    assert [item.code for item in newest.crossed("event:0507")] == ["10001"]
    assert [item.code for item in newest.crossed("event:0505")] == ["21005"]
    assert newest.crossed("event:0131") == ()
    old = builtin("2013").by_key
    assert all(link.old_key in old for link in newest.crossings)


@pytest.mark.parametrize("name", ["2013.csv", "2026.csv", "crosswalk.csv", "limit_variants.csv"])
def test_that_the_catalogues_name_no_repository(name: str) -> None:
    assert not re.search(r"github|http|\.sql|\.xlsx", resource("catalogues", name).read_text("utf-8"))


def test_that_an_unknown_edition_is_refused() -> None:
    with pytest.raises(Refused, match="unknown_edition"):
        builtin("2007")


def test_that_a_catalogue_written_down_reads_back_the_same_but_for_its_variants() -> None:
    conditions, crossings = written_catalogue(builtin("2026"))
    again, problems = read_catalogue(
        conditions, crossings, edition="2026", name=builtin("2026").name, older="2013"
    )
    assert problems == ()
    assert again != builtin("2026")
    assert again == bare(builtin("2026"))
    assert is_builtin(again)


@pytest.mark.parametrize(("edition", "key"), [("2013", "part:0402"), ("2026", "part:04002")])
def test_that_only_the_limit_of_the_planting_season_counts_as_found(edition: str, key: str) -> None:
    condition = builtin(edition).by_key[key].condition(2)
    assert condition is not None
    assert condition.text == "缺株"
    assert condition.proposed
    assert condition.variants == {"planting": Limit(15, LimitUnit.WORK_DAY)}


def test_that_variants_written_down_read_back_the_same() -> None:
    own, problems = with_variants([builtin("2013"), builtin("2026")], VARIANTS, file="v.csv")
    assert problems == ()
    assert own[0].by_key["part:0101"].conditions[0].variants == {"II": Limit(4, LimitUnit.URGENT_HOUR)}
    assert all(is_builtin(item) for item in own)
    text = written_variants(own)
    assert text.splitlines()[1:] == ["2013,part:0101,1,II,4.0,urgent_hour,"]
    assert with_variants([builtin("2013"), builtin("2026")], text, file="v.csv") == (own, ())
    assert written_variants([builtin("2013"), builtin("2026")]) == ""


def test_that_a_variant_of_nothing_or_told_twice_is_named() -> None:
    rows = VARIANTS + "2013,part:0101,9,II,4,urgent_hour,\n2013,part:0101,1,II,5,work_hour,\n"
    rows += "2013,part:0101,1,IV,5,work_hour,\n"
    (own,), problems = with_variants([builtin("2013")], rows, file="v.csv")
    assert own.by_key["part:0101"].conditions[0].variants["II"].value == 4
    assert sorted((p.row, p.field, p.kind) for p in problems) == [
        (3, "condition_number", "unknown"),
        (4, "variant", "repeated"),
        (5, "variant", "string_pattern_mismatch"),
    ]


def test_that_a_bad_row_is_told_by_row_and_field_and_the_others_are_kept() -> None:
    rows = (
        "event,01,市容,01,暴露垃圾,1,有垃圾,已清除,4,work_hour\n"
        "event,01,市容,02,道路不洁,1,不洁,已清扫,nan,work_hour\n"
        "matter,01,市容,03,积存渣土,1,积存,已清除,4,fortnight\n"
        "event,01,市容,01,暴露垃圾,1,又有垃圾,已清除,4,work_hour\n"
    )
    catalogue, problems = read_catalogue(HEAD + rows, edition="own", name="own", file="own.csv")
    assert [item.name for item in catalogue.classes] == ["暴露垃圾"]
    assert [(file, p.row, p.field) for file, p in problems] == [
        ("own.csv", 3, "limit_value"),
        ("own.csv", 4, "kind"),
        ("own.csv", 4, "limit_unit"),
        ("own.csv", 5, "condition_number"),
    ]


def test_that_a_crossing_to_no_class_is_told() -> None:
    conditions = HEAD + "event,01,市容,01,暴露垃圾,1,有垃圾,已清除,4,work_hour\n"
    crossings = "old_key,new_key\nevent:0102,event:0101\nevent:0103,event:0909\n"
    catalogue, problems = read_catalogue(conditions, crossings, edition="own", name="own", older="2013")
    assert [link.old_key for link in catalogue.crossings] == ["event:0102"]
    assert [(p.row, p.field, p.value) for _, p in problems] == [(3, "new_key", "event:0909")]


def test_that_missing_columns_are_named() -> None:
    with pytest.raises(Refused) as refusal:
        read_catalogue("kind,major_code\n", edition="own", name="own", file="own.csv")
    assert refusal.value.code == "missing_columns"
    assert refusal.value.facts["file"] == "own.csv"
    assert "limit_value" in str(refusal.value.facts["columns"])
