"""What ties the acts together: the actions follow the shown card, forms ask, and the conduct acts."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from console.domain.case import Case
from console.domain.evidence import Role
from console.ui.actions import ACTS, ActAction
from console.ui.case.offer import allowed
from console.ui.conduct import COUNTER, Conduct
from console.ui.selection import Selection
from console.ui.side import Side
from console.ui.theme import Theme
from console.ui.why_not_now import WhyNotNow

if TYPE_CHECKING:
    from console.queries.case import CaseCard
    from console.queries.city import CityLists
    from console.ui.door import Door
    from console.ui.photos.picker import EvidencePicker

_NO_TEXTS: Mapping[str, str] = {}


class Acting(QObject):
    """Introduces the actions, the side with its forms and the conduct to each other."""

    def __init__(
        self,
        actions: Mapping[str, QAction],
        side: Side,
        conduct: Conduct,
        selection: Selection,
        theme: Theme,
        failed: Callable[[BaseException], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._side = side
        self._selection = selection
        self._theme = theme
        self._failed = failed
        self._door: Door | None = None
        self._lists: CityLists | None = None
        self._held = False
        self._why_not = WhyNotNow(actions, parent, conduct.say_beside)
        self._wished: tuple[int, ActAction, Mapping[str, str]] | None = None
        conduct.form_wished.connect(self._on_form_wished)
        conduct.refused.connect(side.show_refused)
        conduct.done.connect(self._on_done)
        conduct.counter_wished.connect(self._on_counter_wished)
        side.act_told.connect(conduct.take)
        side.case_panel.files_given.connect(self._on_files_given)

    def open(self, door: "Door", lists: "CityLists") -> None:
        self._door = door
        self._lists = lists

    def hold(self, held: bool) -> None:
        """Let nothing through, whatever is shown: the window shows another time."""
        self._held = held
        for name in ("undo", "more_acts", "new_report"):
            self._actions[name].setEnabled(not held)
        self.follow(self._side.case_panel.card)

    def follow(self, card: "CaseCard | None") -> None:
        """Let through what may be done to the shown case now; nothing while none is shown."""
        for act in ACTS:
            self._actions[act.name].setEnabled(not self._held and allowed(act, card))
        self._why_not.follow(card, silent=self._held or self._door is None)
        if self._door is None or card is None:
            return
        self._side.follow(card, self._door.now())
        wished, self._wished = self._wished, None
        if wished is not None and wished[0] == card.case.id:
            self._ask(wished[1], wished[2])

    def more(self) -> None:
        """Show all acts, or leave them."""
        if self._side.more is not None:
            self._side.leave()
        else:
            self._side.show_more(self._theme, self._actions, lambda name: self._actions[name].trigger())

    def _ask(self, action: ActAction, texts: Mapping[str, str]) -> None:
        self._on_form_wished(action)
        form = self._side.form
        for name, text in texts.items() if form is not None else ():
            field = form.findChild(QPlainTextEdit, name) if form is not None else None
            if field is not None and text:
                field.setPlainText(text)

    def _on_form_wished(self, action: ActAction) -> None:
        card, door, lists = self._side.case_panel.card, self._door, self._lists
        if card is None or door is None or lists is None:
            return
        # The forms load when one is wanted: the window is painted without them.
        from console.ui.forms.field import Asked

        self._side.ask(
            Asked(
                action=action,
                card=card,
                lists=lists,
                zone=ZoneInfo(card.timezone),
                now=door.now(),
                similar=lambda: door.similar(card.case),
                picker=self.picker,
                failed=self._failed,
            )
        )

    def _on_counter_wished(self, card: "CaseCard") -> None:
        """Show the case whose last act is to be taken back, and ask why."""
        self.ask_for(card.case.id, COUNTER)

    def ask_for(self, case_id: int, action: ActAction, texts: Mapping[str, str] = _NO_TEXTS) -> None:
        """Show the case, and the form of the act on it; `texts` are put into fields by their object names."""
        shown = self._side.case_panel.card
        if shown is not None and shown.case.id == case_id:
            self._ask(action, texts)
        else:
            self._wished = case_id, action, texts
            self._selection.choose_case(case_id)

    def _on_files_given(self, paths: list[Path]) -> None:
        """Photos dropped on those of the case: the form that adds them, with them in it."""
        self._actions["act_attach"].trigger()
        if self._side.form is not None:
            self._side.form.take_files(paths)

    def _on_done(self, case: Case) -> None:
        self._side.done(case.id)

    def picker(self, role: Role) -> "EvidencePicker":
        from console.ui.photos.picker import EvidencePicker

        assert self._door is not None
        return EvidencePicker(self._theme, self._door.take_in, self._door.pictures, self._failed, role)
