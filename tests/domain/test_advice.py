"""The responsibility list names the most exact answer first."""

from itertools import permutations

from console.domain.advice import advised
from console.domain.city import ResponsibilityRule as Rule

DISTRICT, COMMITTEE = "410105", "410171"


def test_that_the_longer_class_wins_over_the_place() -> None:
    rules = [Rule("bureau", "event:", DISTRICT), Rule("water", "event:0506")]
    assert advised(rules, "event:0506", [DISTRICT]) == ("water", "bureau")


def test_that_a_rule_for_the_place_wins_over_one_for_everywhere() -> None:
    rules = [Rule("city", "event:"), Rule("bureau", "event:", DISTRICT)]
    assert advised(rules, "event:0110", ["", DISTRICT]) == ("bureau", "city")


def test_that_who_manages_the_place_comes_before_its_host() -> None:
    rules = [Rule("host", "event:", DISTRICT), Rule("committee", "event:", COMMITTEE)]
    assert advised(rules, "event:0110", [COMMITTEE, DISTRICT]) == ("committee", "host")
    assert advised(rules, "event:0110", ["", DISTRICT]) == ("host",)


def test_that_the_lower_priority_number_breaks_a_tie_and_then_the_code() -> None:
    rules = [Rule("c", "event:"), Rule("b", "event:", priority=1), Rule("a", "event:", priority=1)]
    for order in permutations(rules):
        assert advised(order, "event:0110", []) == ("c", "a", "b")


def test_that_a_department_named_twice_is_told_once() -> None:
    rules = [Rule("bureau", "event:0110"), Rule("bureau", "event:")]
    assert advised(rules, "event:0110", []) == ("bureau",)


def test_that_an_empty_prefix_answers_for_all_and_a_foreign_place_for_nothing() -> None:
    rules = [Rule("last resort", ""), Rule("elsewhere", "event:", "410199")]
    assert advised(rules, "part:0103", [DISTRICT]) == ("last resort",)
    assert advised([], "part:0103", [DISTRICT]) == ()
