"""Runs the benchmarks, each in a process of its own: one JSON object per line on standard output.

    python -m tests.perf              all of them
    python -m tests.perf NAME ...     some of them

A benchmark is a module of this folder with `records()`, which yields a mapping with the keys of FIELDS for
every figure as soon as it has it. Exit code 0: all ran, whatever they measured; 1: one broke off;
2: there is no such benchmark.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module

# In this order: what is quick to run and quick to fail comes first.
BENCHMARKS: Sequence[str] = (
    "points",
    "deadlines",
    "queue_page",
    "command_line",
    "whole_life",
    "bulk",
    "attention",
    "click_speed",
    "hands_speed",
    "holiday_edit",
    "stall",
    "start_speed",
    "map_speed",
    "replay",
    "map_sizes",
    "map_dressed",
    "map_colours",
    "map_beside",
    "map_feed",
    "year_store",
    "text_search",
    "area",
    "sorting",
    "seat_speed",
    "pulse",
    "soak",
)

# What is measured, the figure and its unit, the same of what it is compared with in the same run (or null),
# the figure divided by that, the figure to reach, and whether it is reached.
FIELDS = ("name", "value", "unit", "beside", "ratio", "target", "met")

HERE = "--here"  # run in this process; how each child is called

Record = Mapping[str, object]


def checked(record: Record) -> Record:
    """The record in the order of FIELDS. Raises ValueError where a field is missing or unknown."""
    if set(record) != set(FIELDS):
        raise ValueError(f"a record has the fields {', '.join(FIELDS)}, not {', '.join(record)}")
    return {name: record[name] for name in FIELDS}


def run_here(name: str) -> None:
    records: Callable[[], Iterable[Record]] = import_module(f"tests.perf.{name}").records
    for record in records():
        print(json.dumps(checked(record), ensure_ascii=False), flush=True)


def lines_of(command: Sequence[str]) -> Iterator[str]:
    """The lines a child prints, as they come. Raises CalledProcessError when it breaks off."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as child:
        assert child.stdout is not None
        yield from child.stdout
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)


def as_record(line: str) -> Record | None:
    """None for what a library printed in between."""
    try:
        told = json.loads(line)
    except json.JSONDecodeError:
        return None
    return told if isinstance(told, dict) and set(told) == set(FIELDS) else None


def main(names: Sequence[str]) -> int:
    if names[:1] == [HERE]:
        run_here(names[1])
        return 0
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"No benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}.", file=sys.stderr)
        return 2
    figures = missed = 0
    broken = []
    for name in names or BENCHMARKS:
        try:
            for line in lines_of([sys.executable, "-m", "tests.perf", HERE, name]):
                record = as_record(line)
                print(line, end="", flush=True, file=sys.stdout if record else sys.stderr)
                if record:
                    figures += 1
                    missed += record["met"] is False
        except subprocess.CalledProcessError as problem:
            broken.append(name)
            print(f"{name} broke off with exit code {problem.returncode}.", file=sys.stderr)
    print(f"{figures} figures, {missed} short of their target, {len(broken)} broken off", file=sys.stderr)
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
