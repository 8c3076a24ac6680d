"""The child process that takes a CSV or GeoJSON file apart into rows, so that a hostile file harms only it.

Finds `request.json` in its folder: `kind` (csv, geojson), `path`, `encoding`, `delimiter`. Says on standard
output a JSON array a line: first ["columns", names], then a row each, and an empty array when all is said.
A row is [number, cells] or, where it cannot be read, [number, null, code, facts]; ["refused", code, facts]
ends a file of which nothing more can be told. Imports nothing of the console.
"""

import csv
import json
import math
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# csv's own limit of 131,072 characters is below what a long text with its quotes may take.
LONGEST_CELL = 1 << 22
LARGEST_FEATURE = 1 << 26  # characters: a million corners take half of it
LONGEST_NUMBER = 400  # digits: the largest double has 309

_SPACE = re.compile(r"[ \t\n\r]*")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}:]', re.DOTALL)
_CLOSES = {"[": "]", "{": "}"}


class Refusal(Exception):  # noqa: N818  it is told, and becomes a Refused
    """Why nothing more of a file can be read."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def csv_rows(request: dict[str, Any]) -> Iterator[list[Any]]:
    """The columns and the rows of a CSV, numbered as a spreadsheet does."""
    csv.field_size_limit(LONGEST_CELL)
    with Path(request["path"]).open(encoding=request["encoding"], newline="") as text:
        reader = csv.reader(text, delimiter=request["delimiter"], strict=True)
        width, number = 0, 0
        while True:
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as problem:
                if "unexpected end of data" in str(problem) or "field larger" in str(problem):
                    raise Refusal("open_quote", row=number) from problem
                yield [number, None, "broken_row", {"said": str(problem)}]
                continue
            if not width and cells:
                width = len(cells)
                yield ["columns", [name.strip() for name in cells]]
            elif width and len(cells) == width:
                yield [number, cells]
            elif width and cells:  # a blank line is no row
                yield [number, None, "wrong_width", {"cells": len(cells), "columns": width}]
    if not width:
        raise Refusal("no_header")


def geojson_rows(request: dict[str, Any]) -> Iterator[list[Any]]:
    """The properties that features have, and every feature by itself: a damaged one costs no other."""
    text = Path(request["path"]).read_text(request["encoding"])
    spans = list(features(text))
    columns: dict[str, None] = {}
    for begin, end, problem in spans:
        if problem is None:
            columns.update(dict.fromkeys(properties(decoded(text, begin, end))))
    yield ["columns", list(columns)]
    for number, (begin, end, problem) in enumerate(spans, start=1):
        yield [number, None, *problem] if problem else feature_row(number, decoded(text, begin, end))


def features(text: str) -> Iterator[tuple[int, int, tuple[str, dict[str, Any]] | None]]:
    """From where to where each feature stands, and what is wrong with one that cannot be read."""
    at = after(text, 0)
    if text[at : at + 1] != "{":
        raise Refusal("geojson_damaged", said="no FeatureCollection")
    at, found = after(text, at + 1), False
    while text[at : at + 1] != "}":
        key, at = member_name(text, at)
        if key == "features" and text[at : at + 1] == "[" and not found:
            found = True
            at = after(text, at + 1)
            number = 0
            while text[at : at + 1] != "]":
                number += 1
                begin, (at, problem) = at, feature_end(text, at, number)
                yield begin, at, problem
                at = after_comma(text, after(text, at), "]", number)
            at += 1
        else:
            at = whole_value(text, at)
        at = after_comma(text, after(text, at), "}", 0)
    if not found or after(text, at + 1) != len(text):
        raise Refusal("geojson_damaged", said="extra data" if found else "no FeatureCollection")


def member_name(text: str, at: int) -> tuple[str, int]:
    """The name of a member of the outermost object, and where its value begins."""
    if text[at : at + 1] != '"':
        raise Refusal("geojson_damaged", said=f"no name at character {at}")
    try:
        key, at = _DECODER.raw_decode(text, at)
    except ValueError as problem:
        raise Refusal("geojson_damaged", said=str(problem)) from problem
    at = after(text, at)
    if text[at : at + 1] != ":":
        raise Refusal("geojson_damaged", said=f"no colon at character {at}")
    return key, after(text, at + 1)


def feature_end(text: str, at: int, number: int) -> tuple[int, tuple[str, dict[str, Any]] | None]:
    """Where a feature ends, and what is wrong with one of which that can be told."""
    try:
        _, end = _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as problem:
        # Where the next one begins would be a guess, and a wrong one loses features that nobody is told of.
        _, field = followed(text, at, problem.pos)
        raise Refusal("geojson_row_damaged", row=number, field=field or "-", said=str(problem)) from problem
    except RecursionError as problem:
        end, field = followed(text, at, len(text))
        if end < 0:
            said = "nested too deep, and torn"
            raise Refusal("geojson_row_damaged", row=number, field=field or "-", said=said) from problem
        return end, ("feature_damaged", {"field": field, "said": "nested too deep"})
    if end - at > LARGEST_FEATURE:
        size, most = (end - at) >> 20, LARGEST_FEATURE >> 20
        return end, ("feature_too_large", {"field": "geometry", "megabytes": size, "most": most})
    return end, None


def followed(text: str, at: int, until: int) -> tuple[int, str]:
    """Where the brackets that open at `at` are closed, -1 if not before `until`; and a field of the feature.

    That is the one in which it goes deepest, or came to its end.
    """
    open_ones: list[str] = []
    deepest, name, place, field = 2, "", "", ""
    for found in _TOKEN.finditer(text, at, until):
        token = found.group()
        if token in _CLOSES:
            open_ones.append(_CLOSES[token])
            if len(open_ones) > deepest:
                deepest, field = len(open_ones), place
        elif token in "]}":
            if not open_ones or open_ones.pop() != token:
                return -1, field
            if not open_ones:
                return found.end(), field
        elif token != ":":
            name = token[1:-1][:80]
        elif len(open_ones) <= 2:
            place = name
    return -1, place


def whole_value(text: str, at: int) -> int:
    try:
        _, end = _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError) as problem:
        said = "nested too deep" if isinstance(problem, RecursionError) else str(problem)
        raise Refusal("geojson_damaged", said=said) from problem
    return end


def after(text: str, at: int) -> int:
    """The next character that is no space."""
    found = _SPACE.match(text, at)
    return at if found is None else found.end()


def after_comma(text: str, at: int, closing: str, number: int) -> int:
    """Behind the comma, or at the bracket that closes."""
    sign = text[at : at + 1]
    if sign == closing:
        return at
    at = after(text, at + 1)
    if sign == "," and text[at : at + 1] != closing:
        return at
    said = f"no comma at character {at}" if sign else "torn"
    if number:
        raise Refusal("geojson_row_damaged", row=number, field="-", said=said)
    raise Refusal("geojson_damaged", said=said)


def decoded(text: str, begin: int, end: int) -> Any:
    return _DECODER.raw_decode(text[begin:end])[0]


def feature_row(number: int, feature: Any) -> list[Any]:
    """A feature's own id, its point and its properties as the cells of a row."""
    if not isinstance(feature, dict):
        return [number, None, "not_a_feature", {}]
    geometry = feature.get("geometry")
    lon, lat = None, None
    if geometry is not None:
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        place = geometry.get("coordinates") if isinstance(geometry, dict) else None
        if kind != "Point" or not isinstance(place, list) or len(place) < 2:
            return [number, None, "not_a_point", {"kind": str(kind)[:80], "field": "geometry"}]
        lon, lat = place[0], place[1]
    told = {"@id": feature.get("id"), "@lon": lon, "@lat": lat, **properties(feature)}
    return [number, {name: plain(value) for name, value in told.items()}]


def properties(feature: Any) -> dict[str, Any]:
    told = feature.get("properties") if isinstance(feature, dict) else None
    return told if isinstance(told, dict) else {}


def plain(value: Any) -> Any:
    """Lists and objects as their JSON, so that nothing of them is lost."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def whole_number(digits: str) -> int | str:
    """A number that is beyond any use stays the text it is; its field then says that it is none."""
    return int(digits) if len(digits) <= LONGEST_NUMBER else digits


def real_number(digits: str) -> float | str:
    value = float(digits)
    return value if math.isfinite(value) else digits


_DECODER = json.JSONDecoder(parse_int=whole_number, parse_float=real_number, parse_constant=str)


def say(told: list[Any]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")


def main(request: dict[str, Any]) -> None:
    rows = csv_rows if request["kind"] == "csv" else geojson_rows
    try:
        for row in rows(request):
            say(row)
    except Refusal as problem:
        say(["refused", problem.code, problem.facts])
    except MemoryError:
        say(["refused", "reader_memory", {}])
    say([])
    sys.stdout.flush()


if __name__ == "__main__":
    main(json.loads(Path("request.json").read_text(encoding="utf-8")))
