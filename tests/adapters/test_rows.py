"""CSV rows: encodings, headers, broken rows."""

from typing import Annotated

import pytest
from pydantic import Field

from console.adapters.rows import Row, decoded, read_rows, written_rows
from console.domain.errors import Refused


class Shop(Row):
    code: str
    floor: Annotated[int, Field(ge=0)]
    note: str = ""


def test_that_a_byte_order_mark_and_blanks_are_dropped() -> None:
    text = decoded(
        "\ufeffcode, floor,note\n a ,1,\n\n,,\nb,2,说明\n".encode(), file="s.csv", encoding="utf-8"
    )
    assert [(n, r.code, r.floor, r.note) for n, r in read_rows(text, Shop, file="s.csv").good] == [
        (2, "a", 1, ""),
        (5, "b", 2, "说明"),
    ]


def test_that_text_of_another_encoding_is_refused_with_the_byte() -> None:
    with pytest.raises(Refused) as refusal:
        decoded("code\n网格".encode("gb18030"), file="s.csv", encoding="utf-8")
    assert refusal.value.code == "wrong_encoding_row"
    facts = {"file": "s.csv", "row": 2, "encoding": "utf-8", "position": 5, "others": "gb18030"}
    assert refusal.value.facts == facts


def test_that_an_encoding_nobody_knows_is_refused() -> None:
    with pytest.raises(Refused, match="encoding_unknown"):
        decoded(b"x", file="s.csv", encoding="klingon")


def test_that_missing_columns_are_named_all_at_once() -> None:
    with pytest.raises(Refused) as refusal:
        read_rows("note\n", Shop, file="s.csv")
    assert refusal.value.facts == {"file": "s.csv", "columns": "code, floor", "known": "note"}


def test_that_a_column_given_twice_is_refused() -> None:
    with pytest.raises(Refused, match="repeated_columns"):
        read_rows("code,floor,code\n", Shop, file="s.csv")


def test_that_an_empty_file_has_no_columns() -> None:
    with pytest.raises(Refused, match="missing_columns"):
        read_rows("", Shop, file="s.csv")


def test_that_bad_rows_are_told_apart_from_good_ones() -> None:
    rows = read_rows("code,floor\na,1\nb,high\n,3\nd,-1\n", Shop, file="s.csv")
    assert [number for number, _ in rows.good] == [2]
    assert [(p.row, p.field, p.value) for p in rows.problems] == [
        (3, "floor", "high"),
        (4, "code", ""),
        (5, "floor", "-1"),
    ]


def test_that_a_quote_left_open_is_refused_by_its_row() -> None:
    with pytest.raises(Refused) as refusal:
        read_rows('code,floor\na,1\n"b,2\n', Shop, file="s.csv")
    assert refusal.value.code == "csv_broken"
    assert refusal.value.facts["row"] == 3


def test_that_a_field_of_a_megabyte_is_refused() -> None:
    with pytest.raises(Refused, match="csv_broken"):
        read_rows("code,floor\n" + "x" * 1_000_000 + ",1\n", Shop, file="s.csv")


def test_that_hostile_text_is_kept_as_it_is() -> None:
    hostile = '<img src=x onerror=alert(1)> {{7*191}} ${} \u2028 "quoted", and\na new line'
    text = written_rows([Shop(code=hostile, floor=1)], Shop)
    assert read_rows(text, Shop, file="s.csv").good[0][1].code == hostile
