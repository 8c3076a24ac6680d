"""The applications that wait, and deciding on them by case code alone."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import URL

from console.domain.operation import Operation
from console.storage.unit import Store
from tests.cli.conftest import Run
from tests.lives import MINUTE, SEVEN_STEPS, registered, taken

WAY = (Operation.ACCEPT, Operation.FILE, Operation.DISPATCH, Operation.RECEIVE)
NOTE = ("--note", "确有必要")


@pytest.fixture
def waiting(cli: Run, city_url: URL) -> list[str]:
    """Three cases: one asks for time, one wants to go back, one asks for nothing."""
    store = Store(city_url)
    start = datetime.now(UTC) - timedelta(minutes=10)
    codes = [taken(store, registered(store, at=start), *WAY, at=start + MINUTE).code for _ in range(3)]
    store.close()
    assert cli("cases", "do", "ask_extension", codes[0], "--note", "配件未到", "--by", "城管局").code == 0
    assert cli("cases", "do", "ask_return", codes[1], *NOTE, "--by", "派遣员").code == 0
    return codes


def test_that_they_are_listed_with_who_may_decide(cli: Run, waiting: list[str]) -> None:
    told = cli("approvals", "--by", "派遣员", "--json").told
    assert (told["total"], told["mine"]) == (2, 1)
    first, second = told["approvals"]
    assert (first["code"], first["request"], first["mine"], first["reason"]) == (
        waiting[0], "extension", True, "配件未到"
    )  # fmt: skip
    assert (first["allow"], first["refuse"]) == ("allow_extension", "refuse_extension")
    assert (second["request"], second["mine"], second["asked_by"]) == ("return", False, "派遣员")
    assert (first["why_not"], second["why_not"]["refused"]) == (None, "own_request")
    out = cli("approvals", "--by", "派遣员").out
    assert out.splitlines()[-1] == "待审批 2 件,其中可决 1 件"
    assert out.splitlines()[1].split()[1:3] == ["延期申请", "●"]


def test_that_each_is_decided_by_the_act_its_kind_needs(cli: Run, waiting: list[str]) -> None:
    said = cli("approvals", "allow", waiting[0], "--by", "派遣员", "--json").told
    assert (said["case"]["extensions"], said["facts"][-1]["operation"]) == (1, "allow_extension")
    bare = cli("approvals", "refuse", waiting[1], "--by", "值班长", "--json")
    assert (bare.code, bare.told["refused"]) == (2, "needs_reason")
    own = cli("approvals", "refuse", waiting[1], *NOTE, "--by", "派遣员", "--json")
    assert (own.code, own.told["refused"]) == (2, "own_request")
    said = cli("approvals", "refuse", waiting[1], *NOTE, "--by", "值班长", "--json").told
    assert (said["case"]["shuffles"], said["case"]["state"]) == (1, "handling")
    assert cli("approvals", "--json").told["total"] == 0


def test_that_many_are_decided_together(cli: Run, waiting: list[str]) -> None:
    said = cli("approvals", "allow", *waiting, "--by", "值班长", "--json")
    assert (said.code, said.told["done"], said.told["not_done"]) == (1, 2, 1)
    assert [row.get("refused") for row in said.told["cases"]] == [None, None, "no_request"]


def test_that_json_may_be_asked_for_on_either_side(cli: Run, waiting: list[str]) -> None:
    said = cli("approvals", "--json", "allow", waiting[2])
    assert (said.code, said.told["refused"]) == (2, "no_request")


def test_that_a_second_review_reads_the_reason_of_the_first(cli: Run, city_url: URL) -> None:
    store = Store(city_url)
    late = taken(store, registered(store), *SEVEN_STEPS[:4])
    store.close()
    code = late.code
    for words in (
        ("feed_back",),
        ("close",),
        ("appeal", "--note", "道路封闭"),
        ("pass_appeal", "--by", "派遣员"),
    ):
        assert cli("cases", "do", words[0], code, *words[1:]).code == 0
    (waiting,) = cli("approvals", "--json").told["approvals"]
    assert (waiting["request"], waiting["reason"]) == ("appeal_review", "道路封闭")
