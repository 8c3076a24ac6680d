"""How the benchmarks are run and how they answer."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence

import pytest

from tests.perf import __main__ as perf

RECORD = {
    "name": "pan",
    "value": 16.7,
    "unit": "ms",
    "beside": None,
    "ratio": None,
    "target": 17,
    "met": True,
}


def test_that_a_record_is_written_in_one_order_of_fields() -> None:
    assert list(perf.checked(dict(reversed(RECORD.items())))) == list(perf.FIELDS)


@pytest.mark.parametrize("record", [{**RECORD, "more": 1}, {"name": "pan"}])
def test_that_a_record_with_other_fields_is_refused(record: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="a record has the fields"):
        perf.checked(record)


def test_that_only_records_reach_standard_output(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def chatter(_: Sequence[str]) -> Iterator[str]:
        yield "a library says hello\n"
        yield json.dumps(RECORD) + "\n"
        yield "[1, 2]\n"

    monkeypatch.setattr(perf, "lines_of", chatter)
    monkeypatch.setattr(perf, "BENCHMARKS", ("one",))
    assert perf.main([]) == 0
    said = capsys.readouterr()
    assert [json.loads(line) for line in said.out.splitlines()] == [RECORD]
    assert "a library says hello" in said.err


def test_that_the_others_run_where_one_breaks_off(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def lines(command: Sequence[str]) -> Iterator[str]:
        if command[-1] == "broken":
            raise subprocess.CalledProcessError(-11, command)
        yield json.dumps({**RECORD, "met": False}) + "\n"

    monkeypatch.setattr(perf, "lines_of", lines)
    monkeypatch.setattr(perf, "BENCHMARKS", ("broken", "sound"))
    assert perf.main([]) == 1
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 1
    assert said.err.endswith("1 figures, 1 short of their target, 1 broken off\n")


def test_that_a_child_that_breaks_off_is_noticed_after_its_lines() -> None:
    lines = perf.lines_of([sys.executable, "-c", "print('one', flush=True); raise SystemExit(3)"])
    assert next(lines) == "one\n"
    with pytest.raises(subprocess.CalledProcessError):
        next(lines)


def test_that_an_unknown_benchmark_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert perf.main(["nothing"]) == 2
    assert "No benchmark nothing" in capsys.readouterr().err
