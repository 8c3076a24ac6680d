"""Cases written straight into a store, and other seats that do so in processes of their own."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from sqlalchemy import URL, select

from console.domain.case import Case, Fact, Source, opening
from console.domain.flow import State
from console.domain.operation import Operation
from console.queries.verify import mismatches
from console.storage.tables import cases
from console.storage.unit import Store, Unit
from tests.lives import BY, MONDAY

ROOT = Path(__file__).resolve().parents[2]


def simple_case(code: str, description: str = "路口有垃圾") -> tuple[Case, Fact]:
    case = Case(code, State.REPORTED, Source.HOTLINE, description, MONDAY)
    fact = opening(case, operation=Operation.REGISTER, at=MONDAY, by=BY)
    return replace(case, version=fact.number), fact


def added(unit: Unit, code: str) -> Case:
    case, fact = simple_case(code)
    return replace(case, id=unit.add(case, fact))


def add_case(store: Store, code: str) -> Case:
    with store.write() as unit:
        return added(unit, code)


def accepted(case: Case, by: str = BY) -> tuple[Case, Fact]:
    """The next version of a case, and its fact."""
    fact = Fact(
        case.version + 1, Operation.ACCEPT, MONDAY, by, {"state": State.TO_FILE, "accepted_at": MONDAY}
    )
    return replace(case, state=State.TO_FILE, accepted_at=MONDAY, version=fact.number), fact


def codes(store: Store) -> set[str]:
    with store.read() as view:
        return set(view.connection.execute(select(cases.c.code)).scalars())


def whole(store: Store) -> int:
    """The number of cases, each of which is what its journal tells."""
    with store.read() as view:
        *found, total = mismatches(view)
    assert [item for item in found if not isinstance(item, int)] == []
    assert isinstance(total, int)
    return total


def seat(url: URL, name: str, count: int) -> "subprocess.Popen[str]":
    """A writer process that has begun; its standard output tells what it committed."""
    told = url.render_as_string(hide_password=False)
    return subprocess.Popen(
        [sys.executable, "-m", "tests.storage.writer", told, name, str(count)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
