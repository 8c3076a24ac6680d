"""A filter while its line is read: what was said so far, and what contradicts it."""

from dataclasses import dataclass, field, replace
from typing import Any

from console.command.lexicon import Lexicon
from console.command.periods import Period, Today, period
from console.command.trade_words import SHUT, Means, trade_words
from console.domain.actor import Post
from console.domain.errors import Refused
from console.domain.flow import State, Step
from console.domain.wanted import CaseFilter

_SHUT = next(means.value for word, means in trade_words() if word == SHUT[0])


@dataclass
class Said:
    """What a line has said of cases; `words` is what names nothing and is looked for in the texts.

    A period belongs to the report unless the line speaks of cases that ended.
    """

    lexicon: Lexicon
    today: Today
    fields: dict[str, Any] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    period: Period | None = None
    scope: str = ""

    def means(self, means: Means) -> None:
        """Take one thing that a word means. Raises Refused("command_twice", "command_no_seat")."""
        match means.field:
            case "states":
                known: tuple[State, ...] = self.fields.get("states", ())
                self.fields["states"] = known + tuple(one for one in means.value if one not in known)
            case "period":
                self.during(period(means.value, self.today) or Period())
            case "scope":
                self.scope = means.value
            case "mine":
                self.put("handler", self._me())
            case "for_me":
                self._me()
                self.put("posts", tuple(Post(one) for one in self.lexicon.seat.posts))
                for reach in ("department", "division"):
                    if getattr(self.lexicon.seat, reach):
                        self.put(reach, getattr(self.lexicon.seat, reach))
            case _:
                self.put(means.field, means.value)

    def put(self, name: str, value: Any) -> None:
        """Set a field. Raises Refused("command_twice") where it was said differently before."""
        if self.fields.setdefault(name, value) != value:
            raise Refused("command_twice", field=name)

    def during(self, period: Period, which: str = "") -> None:
        """Take a period, of the report or the end where that was said."""
        if which:
            for end in ("since", "until"):
                at = getattr(period, end)
                if at is not None:
                    self.put(f"{which}_{end}", at)
        elif self.period not in {None, period}:
            raise Refused("command_twice", field="period")
        else:
            self.period = period

    def wanted(self) -> CaseFilter:
        """The filter of all that was said."""
        if self.words:
            self.put("text", " ".join(self.words))
        if self.period is not None:
            period, self.period = self.period, None
            over = self.fields.get("states") == _SHUT or self.fields.get("step") is Step.EVALUATION
            self.during(period, "ended" if over else "reported")
        found = CaseFilter(**self.fields)
        if self.scope:
            return replace(found, everything=self.scope == "all")
        # Words alone look through everything, ended cases too.
        alone = bool(found.text) and not replace(found, text="").narrows and found.step is None
        return replace(found, everything=alone)

    def _me(self) -> str:
        if not self.lexicon.seat.name:
            raise Refused("command_no_seat")
        return self.lexicon.seat.name
