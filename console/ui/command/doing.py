"""An act that a line asks for: on which cases, what it is told, and the sentence that says so first."""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from console.command.readings import Acting, Given, Target
from console.domain.advice import serving
from console.domain.decision import Decision
from console.domain.errors import Refused
from console.domain.flow import Need
from console.i18n import N_, _, named
from console.ui.actions import ACTS, ActAction, Ask
from console.ui.case.offer import on_case
from console.ui.command.numbers import RowNumbers
from console.words import CHECK_RESULTS, FLAGS, OPERATIONS, SATISFACTIONS, clock_time, refusal
from console.words.dates import day_words

if TYPE_CHECKING:
    from console.queries.case import CaseCard
    from console.queries.city import CityLists
    from console.services.foresight import Foreseen
    from console.services.steps import Told
    from console.ui.door import Door

Seen = tuple[str, int]  # the code of a case, and the version that was on the screen

_NAMED = 3  # codes that a sentence has room for
_LACKS = {
    Need.REASON: N_("理由"),
    Need.UNTIL: N_("截止日期"),
    Need.LEVEL: N_("级别"),
    Need.FLAG: N_("标记"),
    Need.PERSON: N_("经手人"),
    Need.OTHER_CASE: N_("并入的案件"),
    Need.PARTS: N_("拆成哪几件"),
    Need.SATISFACTION: N_("满意度"),
    Need.EVIDENCE: N_("照片或文件"),
    Need.RESULT: N_("结果"),
    Need.CONDITION: N_("立案条件"),
    Need.DEPARTMENT: N_("部门"),
    Need.UNIT: N_("二级部门"),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What Enter would do: the act as it is on the first case, on these, told so.

    `sentence` says all of it; `problem` is why nothing of it can be done. What `lacks` is asked by a form.
    """

    action: ActAction
    card: "CaseCard"
    seen: tuple[Seen, ...]
    told: "Told"
    sentence: str
    problem: str = ""
    lacks: tuple[Need, ...] = ()


class Planner:
    """Looks the cases of an act up and foresees what would become of them; nothing is written."""

    def __init__(
        self,
        door: "Door",
        lists: "CityLists",
        numbers: RowNumbers,
        card: "Callable[[], CaseCard | None]",
        marked: Callable[[], Coroutine[Any, Any, list[Seen]]],
    ) -> None:
        self._door = door
        self._numbers = numbers
        self._card = card
        self._marked = marked
        self._departments = {item.code: item for item in lists.departments}

    async def plan(self, acting: Acting) -> Plan:
        """What the act would be. Raises Refused: `command_no_row`, `no_such_case`, `command_no_case`."""
        seen = await self._cases(acting.target)
        shown = self._card()
        alone = shown is not None and seen == ((shown.case.code, shown.case.version),)
        card = shown if alone and shown is not None else await self._door.card(seen[0][0])
        action = _concrete(acting.operation, acting.given, card)
        told = told_of(acting.given)
        plan = Plan(action, card, seen, told, "", "", acting.lacks)
        if acting.lacks:
            words = _("、").join(_(_LACKS[need]) for need in acting.lacks)
            sentence = self._sentence(plan, acting.given)
            if len(seen) > 1:
                problem = _("请在行中写明:{what}").format(what=words)
                return replace(plan, sentence=sentence, problem=problem)
            return replace(plan, sentence=_("{act};表单将问:{what}").format(act=sentence, what=words))
        by_advice = replace(told, by_advice=True)
        foreseen = await self._door.foreseen(seen, acting.operation, by_advice)
        sentence = self._sentence(plan, acting.given)
        refused = [one for one in foreseen if one.problem is not None]
        if 0 < len(refused) < len(seen):
            sentence += " · " + _refused_words(refused)
        problem = refusal(refused[0].problem) if len(refused) == len(seen) and refused[0].problem else ""
        return replace(plan, sentence=sentence, problem=problem, told=by_advice)

    async def _cases(self, target: Target) -> tuple[Seen, ...]:
        found: list[Seen] = []
        for number in target.rows:
            row = self._numbers.row(number)
            if row is None:
                raise Refused("command_no_row", row=number)
            found.append((row.code, row.version))
        for code in target.codes:
            card = await self._door.card(code)
            found.append((code, card.case.version))
        if target.marked:
            found += await self._marked()
        shown = self._card()
        if not found and not target.marked and shown is not None:
            found.append((shown.case.code, shown.case.version))
        if not found:
            raise Refused("command_no_case")
        return tuple(dict.fromkeys(found))

    def _sentence(self, plan: Plan, given: Given) -> str:
        case, zone = plan.card.case, ZoneInfo(plan.card.timezone)
        now = self._door.now()
        words = [_(plan.action.words)]
        if len(plan.seen) == 1:
            item = plan.card.case_class
            words += [case.code, named(item.name, item.name_en) if item else ""]
        else:
            codes = _("、").join(code for code, _version in plan.seen[:_NAMED])
            more = " …" if len(plan.seen) > _NAMED else ""
            words.append(_("{count} 件({codes})").format(count=len(plan.seen), codes=codes + more))
        words += list(self._facts(plan, given, zone, now))
        return " ".join(filter(None, words))

    def _facts(self, plan: Plan, given: Given, zone: ZoneInfo, now: Any) -> Sequence[str]:
        to = self._to(plan, given)
        due = plan.card.advice.due_at if plan.action.name.startswith("act_dispatch") else None
        return (
            _("至 {department}").format(department=to) if to else "",
            _("期限 {time}").format(time=clock_time(due, zone, now)) if due and len(plan.seen) == 1 else "",
            _("并入 {code}").format(code=given.other) if given.other else "",
            _("到 {day}").format(day=day_words(given.until.astimezone(zone))) if given.until else "",
            _("{level} 级").format(level=given.level) if given.level else "",
            _(FLAGS[given.flag]) if given.flag else "",
            _(CHECK_RESULTS[given.result]) if given.result else "",
            _(SATISFACTIONS[given.satisfaction]) if given.satisfaction else "",
            given.person,
            _("条件 {number}").format(number=given.condition) if given.condition else "",
            f"“{given.note}”" if given.note else "",
        )

    def _to(self, plan: Plan, given: Given) -> str:
        """The department it would go to; of several cases only where it is the same for sure."""
        known = [
            self._departments[code]
            for code in (given.units or given.departments)
            if code in self._departments
        ]
        if known:
            if len(plan.seen) > 1 and len(known) > 1:
                return _("各自区域的 {name}").format(name=named(known[0].name, known[0].name_en))
            found = serving(known, plan.card.case)
        elif plan.action.name == "act_dispatch" and plan.card.advice.departments and len(plan.seen) == 1:
            found = plan.card.advice.departments[0]
        else:
            return ""
        return named(found.name, found.name_en)


def told_of(given: Given) -> "Told":
    """What a line told, as the services take it."""
    from console.services.steps import Told

    return Told(
        class_key=given.class_key,
        condition=given.condition,
        among=given.departments,
        unit=given.units[0] if len(given.units) == 1 else "",
        note=given.note,
        until=given.until,
        level=given.level,
        flag=given.flag,
        result=given.result,
        satisfaction=given.satisfaction,
        person=given.person,
        other=given.other,
    )


def given_of(told: "Told") -> Given:
    """What was told to an act, as far as a line can say it again."""
    return Given(
        departments=told.among or ((told.department,) if told.department else ()),
        units=(told.unit,) if told.unit else (),
        class_key=told.class_key,
        condition=told.condition,
        note=told.note,
        until=told.until,
        level=told.level,
        flag=told.flag,
        result=told.result,
        satisfaction=told.satisfaction,
        person=told.person,
    )


def _concrete(operation: Any, given: Given, card: "CaseCard") -> ActAction:
    """The row of the table that says it, asking nothing more: all of it was told."""
    asked = bool(given.departments or given.class_key or given.condition or given.person)
    doing = [act for act in ACTS if act.operation is operation]
    found = next((act for act in doing if bool(act.asks) is asked), doing[0])
    if isinstance(operation, Decision):
        return replace(on_case(found, card), asks=())
    return replace(found, words=OPERATIONS[operation], asks=())


def asking(plan: Plan) -> ActAction:
    """The same act with its form."""
    doing = [act for act in ACTS if act.name == plan.action.name]
    others = [act for act in ACTS if act.operation is plan.action.operation and act.asks]
    found = doing[0] if doing and doing[0].asks else (others or doing)[0]
    return on_case(found, plan.card) if isinstance(found.operation, Decision) else found


def note_field(action: ActAction) -> str:
    """The object name of the field of a form that takes the words."""
    return "formReason" if Ask.REASON in action.asks else "formNote"


def _refused_words(refused: "Sequence[Foreseen]") -> str:
    words = _("其中 {count} 件不能办理:{why}")
    problem = refused[0].problem
    return words.format(count=len(refused), why=refusal(problem) if problem else "")
