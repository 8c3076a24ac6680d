"""Names are read as people say them, by a process of their own, and once."""

import sys

import pytest

from console.queries import pinyin
from console.queries.pinyin import read, readings

NAMES = [
    "长江路",
    "重庆路",
    "中国银行",
    "厦门路",
    "110千伏KV线",
    "😀井盖𠮷",
    "a b(演示)",
    "",
    "长椅",
    '"\n\\',
]


@pytest.fixture(autouse=True)
def _unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pinyin, "_known", {})


def test_that_another_process_reads_what_this_one_would() -> None:
    assert readings(NAMES) == read(NAMES)
    assert [[one[0] for one in name] for name in readings(["长江路", "银行", "A1"])] == [
        ["chang", "jiang", "lu"], ["yin", "hang"], ["a", "1"],
    ]  # fmt: skip


def test_that_every_character_has_a_reading_and_some_have_two() -> None:
    for name, found in zip(NAMES, readings(NAMES), strict=True):
        assert len(name) == len(found)
        assert all(all(ways) for ways in found)
    assert readings(["长椅"])[0][0] == ("zhang", "chang")


def test_that_a_name_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = readings(["中原路", "井盖"])
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    monkeypatch.setattr(pinyin, "read", lambda names: pytest.fail("read again"))
    assert readings(["井盖", "中原路"]) == first[::-1]


def test_that_names_are_read_here_where_no_other_process_can_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert readings(["中原路"]) == read(["中原路"])
