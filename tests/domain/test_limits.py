"""Which limit of a condition holds: by tier, and in the planting season."""

import pytest

from console.domain.catalogue import FilingCondition, Limit, LimitUnit, limit_for

OWN, SECOND, SPRING = (Limit(days, LimitUnit.WORK_DAY) for days in (5, 8, 15))
CONDITION = FilingCondition(1, "缺株", "已补种", OWN, proposed=False)


@pytest.mark.parametrize(
    ("tier", "planting", "limit"),
    [
        ("", False, OWN),
        ("I", False, OWN),
        ("II", False, SECOND),
        ("III", False, OWN),
        ("", True, SPRING),
        ("II", True, SPRING),
    ],
)
def test_that_the_season_goes_before_the_tier_and_the_tier_before_the_usual(
    tier: str, planting: bool, limit: Limit
) -> None:
    condition = FilingCondition(
        1, "缺株", "已补种", OWN, proposed=False, variants={"II": SECOND, "planting": SPRING}
    )
    assert limit_for(condition, tier, planting) == limit


def test_that_a_condition_without_variants_keeps_its_limit() -> None:
    assert limit_for(CONDITION, "II", planting=True) == OWN
