"""One line of the palette: what it is, what it says, its key, and why it cannot be done now."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.command.part import Completion, Part
from console.i18n import N_, _
from console.ui.actions import ACTS, WINDOW, ActAction
from console.ui.case.offer import allowed, why_not

if TYPE_CHECKING:
    from console.queries.case import CaseCard

KINDS: Mapping[Part, str] = {
    Part.VERB: N_("操作"),
    Part.WINDOW: N_("窗口"),
    Part.CLASS: N_("类别"),
    Part.DEPARTMENT: N_("部门"),
    Part.DIVISION: N_("区域"),
    Part.STREET: N_("街道"),
    Part.ROAD: N_("道路"),
    Part.PERSON: N_("人员"),
    Part.WORD: N_("条件"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """`line` is what the field holds when it is taken; `whole`: Enter follows it at once.

    `then` is done in the line's place where a line cannot say it as well.
    """

    kind: str
    words: str
    line: str
    key: str = ""
    why_not: str = ""
    whole: bool = False
    then: Callable[[], None] | None = None


_KEY_OF = {item.name: item.key for item in WINDOW}


def offers(found: Iterable[Completion], card: "CaseCard | None") -> list[Offer]:
    """The completions with their keys; an act that the shown case does not allow says why."""
    return [_offer(one, card) for one in found]


def suggested(lines: Iterable[str]) -> list[Offer]:
    """Lines that can be read in the place of one that cannot."""
    return [Offer(_("可改为"), line, line, whole=True) for line in lines]


def remembered(lines: Iterable[str]) -> list[Offer]:
    return [Offer(_("历史"), line, line, whole=True) for line in lines]


def cases(codes: Iterable[tuple[str, str]]) -> list[Offer]:
    """Cases by code, each with its words."""
    return [Offer(_("案件"), words, code, whole=True) for code, words in codes]


def usual(card: "CaseCard | None", acts: "Callable[[CaseCard], list[ActAction]]") -> list[Offer]:
    """What is useful on the shown case now: what an empty line offers."""
    if card is None:
        return []
    return [Offer(_("操作"), _(act.words), _(act.words), act.key, whole=not act.asks) for act in acts(card)]


def _offer(one: Completion, card: "CaseCard | None") -> Offer:
    key, why = _KEY_OF.get(one.name, ""), ""
    if one.part is Part.VERB:
        doing = [act for act in ACTS if act.operation.value == one.name]
        key = doing[0].key if doing else ""
        if card is not None and doing and not any(allowed(act, card) for act in doing):
            why = why_not(doing[-1], card)
    return Offer(_(KINDS[one.part]), one.words, one.line, key, why, one.whole)
