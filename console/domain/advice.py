"""Which department answers for a case: by the responsibility list (责任清单), or as was concluded."""

from collections.abc import Iterable, Sequence

from console.domain.case import Case, Fact
from console.domain.city import Department, ResponsibilityRule
from console.domain.errors import Refused
from console.domain.operation import Operation


def advised(rules: Iterable[ResponsibilityRule], class_key: str, places: Sequence[str]) -> tuple[str, ...]:
    """Department codes that the list names for a class at a place, the best first.

    `places` are the division codes the case lies in, the one that manages it first (a committee
    before its host district). A rule for the longer class prefix wins, then one that names the
    place, then the lower priority number. A prefix is a whole class key, a kind or a kind with its
    major class: `part:0105` of one edition must not answer for `part:01051` of another.
    """
    known = [place for place in places if place]
    kind, _, code = class_key.partition(":")
    prefixes = {"", f"{kind}:", f"{kind}:{code[:2]}", class_key}
    fitting = [
        rule
        for rule in rules
        if rule.class_prefix in prefixes and (not rule.division or rule.division in known)
    ]
    fitting.sort(
        key=lambda rule: (
            -len(rule.class_prefix),
            known.index(rule.division) if rule.division else len(known),
            rule.priority,
            rule.department,
        )
    )
    return tuple(dict.fromkeys(rule.department for rule in fitting))


def concluded(facts: Sequence[Fact]) -> str:
    """The department named by the last consultation (会商) of a case, empty where there was none."""
    for fact in reversed(facts):
        if fact.operation is Operation.CONSULT and fact.details.get("department"):
            return str(fact.details["department"])
    return ""


def serving(departments: Sequence[Department], case: Case) -> Department:
    """Of several departments said for short the one that serves the case's own area, the committee's first.

    Raises Refused("command_elsewhere") where none does; of one there is no choice.
    """
    if len(departments) == 1:
        return departments[0]
    for place in (case.committee, case.district):
        for department in departments:
            if place and department.division == place:
                return department
    raise Refused("command_elsewhere", code=case.code, candidates=tuple(one.name for one in departments[:4]))
