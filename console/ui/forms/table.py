"""The table of fields: what a form shows for each thing that an act asks."""

from collections.abc import Callable, Mapping

from console.domain.acts.beside import HIGHEST_LEVEL, MARKS
from console.domain.acts.evaluation import AFTER_DISPOSAL
from console.domain.acts.filing import BEFORE_FILING
from console.domain.case import CheckResult, Satisfaction
from console.i18n import _
from console.ui.actions import Ask
from console.ui.forms.chosen_fields import (
    AssistingField,
    ClosingField,
    ConcludedField,
    ConditionField,
    DepartmentField,
    HolderField,
    OtherCaseField,
    PersonField,
    UnitField,
)
from console.ui.forms.field import Asked, Field
from console.ui.forms.parts import PartsField
from console.ui.forms.photo_field import PhotoField
from console.ui.forms.place_field import PlaceField
from console.ui.forms.plain_fields import NoteField, OptionsField, ReasonField, UntilField
from console.words import CHECK_RESULTS, FLAGS, SATISFACTIONS


def _results(known: frozenset[CheckResult]) -> list[tuple[str, object]]:
    return [(_(CHECK_RESULTS[one]), one) for one in CheckResult if one in known]


def _found(_asked: Asked) -> Field:
    return OptionsField(_("现场结果"), "result", _results(BEFORE_FILING), CheckResult.EXISTS)


def _outcome(_asked: Asked) -> Field:
    return OptionsField(_("抽查结果"), "result", _results(AFTER_DISPOSAL))


def _level(asked: Asked) -> Field:
    options = [(_("{level} 级").format(level=level), level) for level in range(1, HIGHEST_LEVEL + 1)]
    return OptionsField(_("督办级别"), "level", options, max(1, asked.card.case.supervision))


def _mark(_asked: Asked) -> Field:
    return OptionsField(_("标记"), "flag", [(_(FLAGS[flag]), flag) for flag in sorted(MARKS)])


def _satisfaction(_asked: Asked) -> Field:
    options = [(_(SATISFACTIONS[one]), one) for one in Satisfaction]
    return OptionsField(_("满意度"), "satisfaction", options)


FIELDS: Mapping[Ask, Callable[[Asked], Field]] = {
    Ask.CONDITION: ConditionField,
    Ask.CLOSING: ClosingField,
    Ask.DEPARTMENT: DepartmentField,
    Ask.CONCLUDED: ConcludedField,
    Ask.ASSISTING: AssistingField,
    Ask.UNIT: UnitField,
    Ask.REASON: ReasonField,
    Ask.NOTE: NoteField,
    Ask.UNTIL: UntilField,
    Ask.FOUND: _found,
    Ask.OUTCOME: _outcome,
    Ask.LEVEL: _level,
    Ask.MARK: _mark,
    Ask.PERSON: PersonField,
    Ask.HOLDER: HolderField,
    Ask.OTHER_CASE: OtherCaseField,
    Ask.PARTS: PartsField,
    Ask.SATISFACTION: _satisfaction,
    Ask.EVIDENCE: PhotoField,
    Ask.PHOTOS: PhotoField,
    Ask.PLACE: PlaceField,
}
