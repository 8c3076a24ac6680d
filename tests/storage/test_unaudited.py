"""Nothing is done that the journal does not tell: where its line cannot be written, nothing happened."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from console.domain.case import Case
from console.domain.city_act import CityAct
from console.domain.errors import Refused
from console.domain.operation import Operation
from console.services.steps import undo_step
from console.storage.unit import Store
from tests.lives import BY, MINUTE, MONDAY, SEVEN_STEPS, registered, taken
from tests.storage.seats import added, whole

REFUSE = {
    "sqlite": ("CREATE TRIGGER mute BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'mute'); END",),
    "postgresql": (
        "CREATE FUNCTION mute() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'mute'; END $$",
        "CREATE TRIGGER mute BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION mute()",
    ),
}
ALLOW = {
    "sqlite": ("DROP TRIGGER mute",),
    "postgresql": ("DROP TRIGGER mute ON journal", "DROP FUNCTION mute"),
}


def say(store: Store, statements: dict[str, tuple[str, ...]]) -> None:
    with store.write() as unit:
        for statement in statements[store.engine.dialect.name]:
            unit.connection.execute(text(statement))


def case_of(store: Store, code: str) -> Case:
    with store.write() as unit:
        return unit.cases.by_code(code)


def test_that_no_step_of_a_life_is_taken_unaudited(city_store: Store) -> None:
    case = registered(city_store)
    for number, operation in enumerate((*SEVEN_STEPS, Operation.REOPEN)):
        at = MONDAY + (number + 1) * MINUTE
        before = case_of(city_store, case.code)
        say(city_store, REFUSE)
        with pytest.raises((DatabaseError, Refused), match="mute"):
            taken(city_store, case, operation, at=at)
        with (
            pytest.raises((DatabaseError, Refused), match=r"mute|nothing_to_undo"),
            city_store.write() as unit,
        ):
            undo_step(unit, case.code, by=BY, at=at)
        assert case_of(city_store, case.code) == before
        say(city_store, ALLOW)
        case = taken(city_store, case, operation, at=at)
    assert whole(city_store) == 1


def test_that_no_case_is_opened_unaudited(city_store: Store) -> None:
    say(city_store, REFUSE)
    with pytest.raises((DatabaseError, Refused), match="mute"):
        registered(city_store)
    with pytest.raises((DatabaseError, Refused), match="mute"), city_store.write() as unit:
        added(unit, "1")
    assert whole(city_store) == 0


def test_that_the_city_is_not_changed_unaudited(city_store: Store) -> None:
    say(city_store, REFUSE)

    def changed() -> None:
        with city_store.write() as unit:
            unit.connection.execute(text("DELETE FROM departments"))
            unit.note_city(CityAct.STAFF_CHANGED, by=BY, at=MONDAY)

    with pytest.raises((DatabaseError, Refused), match="mute"):
        changed()
    with city_store.read() as view:
        assert view.reference.departments
