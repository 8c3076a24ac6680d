"""Shift handover on the command line: shown, given, listed, read, taken over."""

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import URL

from console.domain.case import Flag, opening
from console.domain.operation import Operation
from console.storage.unit import Store
from tests.cli.conftest import Run
from tests.queries.planted import base

CODE = "2026030800001"


def urgent_case(url: URL) -> None:
    store = Store(url)
    case = replace(base(CODE), flags=(Flag.URGENT,))
    with store.write() as unit:
        unit.add(
            replace(case, version=1), opening(case, operation=Operation.IMPORT, at=datetime.now(UTC), by="甲")
        )
    store.close()


def test_that_a_shift_is_handed_over_and_taken_over(cli: Run, city_url: URL) -> None:
    urgent_case(city_url)
    said = cli("--lang", "zh", "handover", "show", "--by", "甲").out
    assert "紧急 1:0001 暴露垃圾" in said
    given = cli("handover", "give", "--by", "甲", "--note", f"{CODE}=先看", "--remark", "有雨", "--json").told
    assert "先看" in given["text"]
    assert cli("handover", "list", "--json").told["handovers"][0]["taken_by"] == ""
    assert cli("handover", "acknowledge", "1", "--by", "甲", "--json").told["refused"] == "own_handover"
    assert cli("handover", "acknowledge", "1", "--by", "乙", "--note", "已阅").code == 0
    (item,) = cli("handover", "read", "1", "--json").told["content"]["items"]
    assert (item["code"], item["remark"]) == (CODE, "先看")
    assert "乙" in cli("handover", "list").out
    assert cli("verify").code == 0


def test_that_a_note_without_a_case_is_told(cli: Run) -> None:
    assert cli("handover", "give", "--note", "先看", "--by", "甲").code == 2
    assert cli("handover", "give", "--strike", "1", "--by", "甲", "--json").told["refused"] == "not_in_brief"
