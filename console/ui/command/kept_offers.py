"""What the palette offers of what the seat keeps itself: its saved views, and the cases it had open."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from console.command.spelling import learnt_spellings, may_be_pinyin
from console.domain.wanted import CaseFilter
from console.i18n import _, named
from console.ui.actions import WINDOW
from console.ui.command.offer import Offer

if TYPE_CHECKING:
    from console.queries.case import CaseCard
    from console.ui.queue.offered import Offered

_EACH = 4
_REMEMBERED = 20
_KEY_OF = {item.name: item.key for item in WINDOW}


def view_offers(
    text: str,
    views: Sequence["Offered"],
    show: Callable[[int], None],
    written: Callable[[CaseFilter], str],
) -> list[Offer]:
    """The views whose name holds the text, or is spelt so; a view that cannot be read says why."""
    asked = text.strip().lower()
    found = (
        Offer(
            _("视图"),
            view.name,
            (written(view.wanted) if view.wanted is not None else "") or view.name,
            _KEY_OF.get(f"view_{place + 1}", ""),
            view.problem,
            whole=True,
            then=partial(show, place),
        )
        for place, view in enumerate(views)
        if asked in view.name.lower() or _is_spelt(asked, view.name)
    )
    return list(islice(found, _EACH))


class Recent:
    """The cases that were shown here last, the newest first; they are forgotten with the window."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, tuple[str, str, str]] = OrderedDict()  # class in two languages, place

    def note(self, card: "CaseCard | None") -> None:
        if card is None:
            return
        case, names = card.case, card.case_class
        told = (names.name if names else "", names.name_en if names else "", case.address or case.cell)
        self._seen.pop(case.code, None)
        self._seen[case.code] = told
        while len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)

    def offers(self, text: str, most: int = _EACH) -> list[Offer]:
        """Those whose code, class or place holds the text; the last ones where nothing is asked."""
        asked = text.strip().lower()
        found = (
            Offer(_("最近"), f"{code} {named(name, name_en)} {place}".strip(), code, whole=True)
            for code, (name, name_en, place) in reversed(self._seen.items())
            if not asked or _holds((code, name, name_en, place), asked)
        )
        return list(islice(found, most))


def _holds(texts: Iterable[str], asked: str) -> bool:
    return any(asked in text.lower() for text in texts)


def _is_spelt(asked: str, name: str) -> bool:
    return may_be_pinyin(asked) and any(sound.startswith(asked) for sound in learnt_spellings(name))
