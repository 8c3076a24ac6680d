"""The keys in order for the overlay: of the panel that has the keyboard, of the acts, of the window."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from console.command.spelling import may_be_pinyin, spellings
from console.i18n import _, in_english
from console.ui.actions import ACTS, PANELS, WINDOW, ActAction, PanelKeys
from console.ui.case.offer import allowed

if TYPE_CHECKING:
    from console.queries.case import CaseCard


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One key with its words; without a key it is the head of those that follow. `source` is the Chinese."""

    key: str
    words: str
    source: str = ""
    usable: bool = True

    @property
    def head(self) -> bool:
        return not self.key


def panel_of(widget: QWidget | None) -> PanelKeys | None:
    """The part of the window that a widget belongs to, as far as it has keys of its own."""
    known = {panel.name: panel for panel in PANELS}
    while widget is not None:
        if widget.objectName() in known:
            return known[widget.objectName()]
        widget = widget.parentWidget()
    return None


def sheet(here: PanelKeys | None, card: "CaseCard | None", asked: str = "") -> list[KeyLine]:
    """The lines for who is `here`; what is asked for is looked for in all of them, other panels too."""
    groups: list[tuple[str, list[KeyLine]]] = []
    if here is not None:
        groups.append((_("此处:{panel}").format(panel=_(here.words)), list(_panel(here))))
    acts = [_act(act, card) for act in ACTS]
    if card is not None:
        groups.append((_("现在可做"), [line for line in acts if line.usable]))
    groups.append((_("窗口"), list(_window())))
    groups.append((_("案件操作"), [line for line in acts if card is None or not line.usable]))
    if asked:
        groups += [(_(panel.words), list(_panel(panel))) for panel in PANELS if panel is not here]
    fits = _fits(asked)
    found: list[KeyLine] = []
    for head, lines in groups:
        kept = [line for line in lines if fits(line)]
        found += [KeyLine("", head), *kept] if kept else []
    return found


def shown_words() -> list[str]:
    """The words of every line, in Chinese; they are looked for by their sounds."""
    return [
        *(words for panel in PANELS for _key, words in panel.keys),
        *(item.words for item in WINDOW),
        *(act.words for act in ACTS),
    ]


def _panel(panel: PanelKeys) -> Iterator[KeyLine]:
    for key, words in panel.keys:
        yield KeyLine(key, _(words), words)


def _window() -> Iterator[KeyLine]:
    """What is there nine times, layout_1 to layout_9, is one line."""
    for item in WINDOW:
        row, _line, number = item.name.rpartition("_")
        if not number.isdigit():
            yield KeyLine(" ".join(filter(None, (item.also, item.key))), _(item.words), item.words)
        elif number == "1":
            last = max(int(one.name.rpartition("_")[2]) for one in WINDOW if one.name.startswith(f"{row}_"))
            yield KeyLine(f"{item.key} … {last}", _(item.words).removesuffix(" 1"), item.words)


def _act(act: ActAction, card: "CaseCard | None") -> KeyLine:
    return KeyLine(act.key, _(act.words), act.words, card is None or allowed(act, card))


def _fits(asked: str) -> Callable[[KeyLine], bool]:
    """By key, by words in either language, by pinyin."""
    text = asked.strip().lower()

    def fits(line: KeyLine) -> bool:
        if not text or text == line.key.lower() or text in line.words.lower():
            return True
        if text in line.source or text in in_english(line.source).lower():
            return True
        return may_be_pinyin(text) and any(sound.startswith(text) for sound in spellings(line.source))

    return fits
