"""The field that takes photos and files."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from console.domain.evidence import Role
from console.domain.operation import Operation
from console.i18n import _
from console.ui.actions import Ask
from console.ui.forms.field import Asked, Field

# What the photos of an act usually are; each can be said otherwise.
_ROLES = {
    Operation.PRE_CHECK_RESULT: Role.NEAR,
    Operation.FEED_BACK: Role.AFTER,
    Operation.CLOSE: Role.AFTER,
    Operation.PASS_CHECK: Role.AFTER,
    Operation.FAIL_CHECK: Role.AFTER,
    Operation.SPOT_CHECK: Role.AFTER,
}
_FORMS = frozenset(
    {Operation.ASK_RETURN, Operation.ASK_EXTENSION, Operation.ASK_SUSPENSION, Operation.ASK_FORCED_CLOSE}
)


class PhotoField(Field):
    """Photos that come with the act; required where the act is nothing but them."""

    def __init__(self, asked: Asked) -> None:
        required = Ask.EVIDENCE in asked.action.asks
        super().__init__(_("照片与附件") if required else _("照片与附件(可不填)"))
        self.needed = required
        operation = asked.action.operation
        role = Role.FORM if operation in _FORMS else Role.OTHER
        if isinstance(operation, Operation):
            role = _ROLES.get(operation, role)
        self.picker = asked.picker(role)
        self.put(self.picker)
        self.parts = (self.picker.choose,)

    def told(self) -> Mapping[str, Any]:
        return {"evidence": self.picker.evidence()}

    def missing(self) -> str:
        if self.picker.busy:
            return _("还在读取文件,请稍候")
        return _("请添加照片或文件") if self.needed and not self.picker.evidence() else ""

    def take_files(self, paths: Sequence[Path]) -> None:
        self.picker.take(paths)
