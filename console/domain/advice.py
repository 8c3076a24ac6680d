"""Which department answers for a case, by the responsibility list (责任清单)."""

from collections.abc import Iterable, Sequence

from console.domain.city import ResponsibilityRule


def advised(rules: Iterable[ResponsibilityRule], class_key: str, places: Sequence[str]) -> tuple[str, ...]:
    """Department codes that the list names for a class at a place, the best first.

    `places` are the division codes the case lies in, the one that manages it first (a committee
    before its host district). A rule for the longer class prefix wins, then one that names the
    place, then the lower priority number.
    """
    known = [place for place in places if place]
    fitting = [
        rule
        for rule in rules
        if class_key.startswith(rule.class_prefix) and (not rule.division or rule.division in known)
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
