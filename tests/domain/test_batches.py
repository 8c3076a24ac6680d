"""Which photos belong to which act, and which of them show before and after."""

from datetime import UTC, datetime, timedelta

from console.domain.batches import batches, sides
from console.domain.case import Fact
from console.domain.evidence import Evidence, Role
from console.domain.operation import Operation

START = datetime(2026, 3, 20, 2, 0, tzinfo=UTC)


def photo(name: str, role: Role = Role.OTHER, media_type: str = "image/jpeg") -> Evidence:
    return Evidence(name * 8, name, media_type, 1, role)


def facts(*told: tuple[Operation, tuple[Evidence, ...]]) -> list[Fact]:
    return [
        Fact(number, operation, START + timedelta(minutes=number), "张三", {}, evidence=evidence)
        for number, (operation, evidence) in enumerate(told, 1)
    ]


def test_that_every_act_with_photos_is_a_batch_of_its_own() -> None:
    found = batches(
        facts(
            (Operation.REGISTER, (photo("near"), photo("far"))),
            (Operation.ACCEPT, ()),
            (Operation.FEED_BACK, (photo("after", Role.AFTER),)),
        )
    )
    assert [(batch.number, len(batch.evidence), batch.handled) for batch in found] == [
        (1, 2, False),
        (3, 1, True),
    ]


def test_that_photos_from_the_report_stand_before_and_those_of_the_feedback_after() -> None:
    near, after = photo("near", Role.NEAR), photo("done", Role.OTHER)
    found = sides(batches(facts((Operation.REGISTER, (near,)), (Operation.FEED_BACK, (after,)))))
    assert (found.before, found.after) == ((near,), (after,))


def test_that_a_handler_may_bring_both_sides_at_once() -> None:
    before, after = photo("a", Role.BEFORE), photo("b", Role.AFTER)
    found = sides(batches(facts((Operation.REGISTER, ()), (Operation.FEED_BACK, (before, after)))))
    assert (found.before, found.after) == ((before,), (after,))


def test_that_after_a_rework_the_last_feedback_is_shown() -> None:
    first, second = photo("first", Role.AFTER), photo("second", Role.AFTER)
    told = facts(
        (Operation.REGISTER, ()),
        (Operation.FEED_BACK, (first,)),
        (Operation.REWORK, ()),
        (Operation.FEED_BACK, (second,)),
    )
    assert sides(batches(told)).after == (second,)
    assert len(batches(told)) == 2


def test_that_signed_forms_stand_on_neither_side() -> None:
    form = photo("form", Role.FORM)
    paper = photo("paper", Role.AFTER, "application/pdf")
    found = sides(batches(facts((Operation.REGISTER, (form,)), (Operation.FEED_BACK, (paper,)))))
    assert found == sides(())


def test_that_photos_of_an_act_taken_back_are_told_but_not_compared() -> None:
    wrong, right = photo("wrong", Role.AFTER), photo("right", Role.NEAR)
    told = facts(
        (Operation.REGISTER, ()),
        (Operation.FEED_BACK, (wrong,)),
        (Operation.UNDO, ()),
        (Operation.ACCEPT, (right,)),
    )
    found = batches(told)
    assert [(batch.undone, batch.handled) for batch in found] == [(True, True), (False, False)]
    assert sides(found).before == (right,)
    assert sides(found).after == ()
