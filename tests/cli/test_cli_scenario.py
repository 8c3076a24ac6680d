"""All seven steps from the command line, with a rework loop and an undo, on both databases."""

import csv
from pathlib import Path

import tomli_w

from console.domain.flow import State
from tests.adapters.intake_city import TOLD
from tests.cli.conftest import Run

ROW = {
    "编号": "A-1", "描述": "路口有垃圾 {{7*191}}", "地址": "大学路 1 号", "上报人": "王",
    "经度": "113.66325", "纬度": "34.74275",
    "上报时间": "2026-03-09 09:00", "类别": "暴露垃圾", "来源": "热线", "状态": "待受理",
}  # fmt: skip

ALWAYS = ("--from", "2000-01-01", "--to", "2100-01-01")  # the steps are taken now, whenever that is


def reported(cli: Run, folder: Path) -> str:
    """The code of a report that came in by a file."""
    with (folder / "reports.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*ROW, "补充", "办结时间", "部门", "备注"])
        writer.writeheader()
        writer.writerow(ROW)
    declared = {**TOLD, "status": {"column": "状态", "codes": {"待受理": "reported"}}}
    (folder / "mapping.toml").write_text(tomli_w.dumps(declared), "utf-8")
    told = cli(
        "cases", "import", str(folder / "reports.csv"), "--mapping", str(folder / "mapping.toml"), "--json"
    )
    assert (told.code, told.told["imported"]) == (0, 1), told
    (case,) = cli("cases", "list", "--step", "collection", "--json").told["cases"]
    return str(case["code"])


def test_that_a_case_goes_through_all_seven_steps(cli: Run, tmp_path: Path) -> None:
    code = reported(cli, tmp_path)

    def do(step: str, *words: str) -> dict[str, object]:
        said = cli("cases", "do", step, code, "--by", "值班长", "--json", *words)
        assert said.code == 0, said
        case: dict[str, object] = said.told["case"]
        return case

    assert cli("cases", "show", code, "--json").told["may"][0] == "accept"
    assert do("accept")["state"] == "to_file"
    filed = do("file")
    assert (filed["state"], filed["limit_value"], filed["limit_unit"]) == ("to_dispatch", 4, "work_hour")
    advice = cli("cases", "show", code, "--json").told["advice"]
    assert advice["departments"] == ["D105"]
    assert advice["due_at"]
    sent = do("dispatch")
    assert (sent["department"], sent["lamp"], sent["step"]) == ("D105", "in_time", "handling")
    assert do("undo")["state"] == "to_dispatch"
    assert do("dispatch", "--department", "P01")["department"] == "P01"
    assert do("redispatch", "--department", "D105")["redispatches"] == 1
    assert do("receive")["state"] == "handling"
    assert do("feed_back", "--note", "已清理")["lamp"] == "none"
    reworked = do("rework", "--note", "仍有残留")
    assert (reworked["state"], reworked["reworks"]) == ("to_handle", 1)
    assert do("receive")["state"] == "handling"
    assert do("feed_back")["state"] == "fed_back"
    assert do("check")["state"] == "post_check"
    assert do("close")["state"] == State.CLOSED.value

    told = cli("cases", "show", code, "--json").told
    assert [fact["operation"] for fact in told["facts"]] == [
        "import", "accept", "file", "dispatch", "undo", "dispatch", "redispatch", "receive", "feed_back",
        "rework", "receive", "feed_back", "check", "close",
    ]  # fmt: skip
    assert {fact["by"] for fact in told["facts"][1:]} == {"值班长"}
    assert told["may"][:3] == ["spot_check", "reopen", "call_back"]
    assert told["may_not"]["close"]["refused"] == "wrong_step"
    assert told["case"]["description"] == "路口有垃圾 {{7*191}}"
    assert told["case"]["version"] == len(told["facts"])

    assert cli("cases", "list", "--json").told["total"] == 0
    assert cli("cases", "list", "--all", "--text", "{{7*191}}", "--json").told["total"] == 1
    board = cli("board", *ALWAYS, "--json")
    city, *districts = board.told["rows"]
    assert (board.code, city["counts"]["filed"], city["counts"]["effective"]) == (0, 1, 0)
    assert [(row["code"], row["counts"]["filed"]) for row in districts] == [("410105", 1)]
    verified = cli("verify", "--json")
    assert (verified.code, verified.told) == (0, {"cases": 1, "mismatches": []})


def test_that_people_are_told_in_words(cli: Run, tmp_path: Path) -> None:
    code = reported(cli, tmp_path)
    assert cli("cases", "do", "accept", code).out == f"{code} 受理: 待立案\n"
    shown = cli("cases", "show", code).out
    assert "待立案" in shown
    assert "路口有垃圾 {{7*191}}" in shown
    listed = cli("cases", "list").out
    assert "暴露垃圾" in listed
    assert "共 1 件" in listed
    assert cli("verify").out == "核对 1 件,不符 0 件\n"
    assert "全市" in cli("board", *ALWAYS).out


def test_that_people_may_be_told_in_english(cli: Run, tmp_path: Path) -> None:
    code = reported(cli, tmp_path)
    said = cli("--lang", "en", "cases", "do", "accept", code).out
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in said), said
    refused = cli("--lang", "en", "cases", "do", "close", code)
    assert refused.code == 2
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in refused.err), refused.err
    assert "Jinshui" in cli("--lang", "en", "board", *ALWAYS).out
