"""The practice of a site (办理规程): what a city may edit in how its centre works."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from console.domain.actor import EVERY_POST, Post
from console.domain.flow import TRANSITIONS, State
from console.domain.operation import Operation

# The posts that may, in the order in which a person of several posts acts in them; None: wherever
# the table of console.domain.flow has the operation.
Rights = Mapping[Operation, Mapping[Post, frozenset[State] | None]]

MonthDay = tuple[int, int]


@dataclass(frozen=True)
class Practice:
    """One site's practice. Nothing here can allow what the transition table does not have.

    `labels` give the site's own names for neutral keys (`pre_check`, `post_check`) by language.
    `grace` is how long an act may be taken back, by operation; none means not at all. `stage_limits`
    are running time by the wall, by the state in which a stage waits.

    From the `form_from_extension`-th extension on a signed form must be attached (0: never).
    `receiver_rests`: who received a return may not take the next main step. `asker_decides_not`: an
    application is decided by somebody else than who handed it in.

    `tiers` hold the area tier (`II`, `III`) by the code of a district, committee or street; areas
    that are not named have tier I, that of the catalogue's own limits. `planting` are the seasons in
    which trees are planted, first and last day included; one may run over the turn of the year.
    `spot_share` is the share of closed cases that a sample draws. `emergencies` are the classes that are
    told at once wherever they are seen: class keys, kinds (`part:`) or kinds with a major class (`event:05`).
    """

    name: str
    rights: Rights
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    grace: Mapping[Operation, timedelta] = field(default_factory=dict)
    stage_limits: Mapping[State, timedelta] = field(default_factory=dict)
    most_extensions: int = 2
    form_from_extension: int = 2
    most_suspensions: int = 1
    longest_suspension_days: int = 365
    bundled: bool = True
    receiver_rests: bool = True
    asker_decides_not: bool = True
    feedback_needs_photo: bool = False
    close_needs_check: bool = False
    tiers: Mapping[str, str] = field(default_factory=dict)
    planting: tuple[tuple[MonthDay, MonthDay], ...] = ()
    spot_share: float = 0.05
    emergencies: tuple[str, ...] = ()

    def tier(self, *divisions: str) -> str:
        """The tier of the first of `divisions` that has one: name the most exact first."""
        return next((self.tiers[code] for code in divisions if code in self.tiers), "")

    def plants(self, day: date) -> bool:
        """Whether `day`, in the city's own time, lies in the planting season."""
        today = (day.month, day.day)
        return any(
            first <= today <= last if first <= last else today >= first or today <= last
            for first, last in self.planting
        )


# What rights are about: taking back and counter-entries are acts of people too, although no row of
# the table leads to them.
RULED: frozenset[Operation] = frozenset(
    {row.operation for row in TRANSITIONS} | {Operation.UNDO, Operation.COUNTER}
)
UNDOABLE: frozenset[Operation] = frozenset(row.operation for row in TRANSITIONS if row.undoable)

# Where nobody narrowed anything: every post may do what the table has, and take it back for an hour.
OPEN = Practice(
    "open",
    rights={one: dict.fromkeys(sorted(EVERY_POST)) for one in sorted(RULED)},
    grace=dict.fromkeys(sorted(UNDOABLE), timedelta(hours=1)),
)
