"""Why a case was passed over in triage, in words."""

from collections.abc import Mapping

from console.domain.skip import Skip, SkipReason
from console.i18n import N_, _

SKIP_REASONS: Mapping[SkipReason, str] = {
    SkipReason.PLACE: N_("地址不清"),
    SkipReason.CHECK: N_("需先核实"),
    SkipReason.DUPLICATE: N_("疑似重复"),
    SkipReason.ADVICE: N_("待请示"),
    SkipReason.NOT_OURS: N_("不属本岗"),
    SkipReason.OTHER: N_("其他"),
}


def skip_words(skip: Skip) -> str:
    """The reason, or what was written instead of one of the list."""
    return skip.note or _(SKIP_REASONS[skip.reason])
