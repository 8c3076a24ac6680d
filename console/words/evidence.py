"""Words for what photos and files are for, and for each as an operator or a screen reader is told of it."""

from console.domain.errors import Refused
from console.domain.evidence import Evidence, Role
from console.i18n import N_, _

EVIDENCE_ROLES = {
    Role.NEAR: N_("近景"),
    Role.FAR: N_("远景"),
    Role.REFERENCE: N_("参照"),
    Role.BEFORE: N_("处置前"),
    Role.AFTER: N_("处置后"),
    Role.FORM: N_("签字单"),
    Role.OTHER: N_("附件"),
}

TROUBLES = {
    "evidence_altered": N_("已被改动"),
    "evidence_missing": N_("内容缺失"),
    "evidence_unreadable": N_("无法读取"),
}


def evidence_size(size: int) -> str:
    """A size in bytes as people read it."""
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{max(1, round(size / 1000))} kB"


def trouble_word(problem: Refused) -> str:
    """What is wrong with a photo in two or three words; the sentence is its refusal's."""
    return _(TROUBLES.get(problem.code, N_("无法显示")))


def evidence_words(item: Evidence, trouble: Refused | None = None) -> str:
    """What it is for, its name, and what is wrong with it."""
    told = [_(EVIDENCE_ROLES[item.role]), item.name]
    return " · ".join([*told, trouble_word(trouble)] if trouble else told)
