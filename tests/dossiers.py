"""A case with photos on a small city's desk, and dossiers of it, for tests."""

from datetime import datetime, timedelta
from pathlib import Path

from console.adapters.photo.copies import Thumbnails
from console.domain.evidence import Evidence, Role
from console.domain.operation import Operation
from console.runtime.desk import Desk
from console.runtime.dossier import make_dossier
from console.runtime.evidence import take_in
from console.services.collection import register_report
from console.services.steps import Told, take_step
from tests.lives import BY, MONDAY, REPORT, SEVEN_STEPS, TOLD
from tests.photos import jpeg, pdf, png, written

LATER = MONDAY + timedelta(days=2)


def taken(desk: Desk, folder: Path) -> list[Evidence]:
    """Near, far and after, and a form, in the store's evidence folder."""
    files = written(
        folder / "in", 近景_jpg=jpeg(900, 600), 远景_png=png(300, 500), 完成_jpg=jpeg(640, 480), 表_pdf=pdf()
    )
    roles = (Role.NEAR, Role.FAR, Role.AFTER, Role.FORM)
    found = [take_in(desk.store.evidence, [file], role)[0] for file, role in zip(files, roles, strict=True)]
    return [item for item in found if isinstance(item, Evidence)]


def photographed(desk: Desk, folder: Path, note: str = "已清理") -> str:
    """The code of a closed case with a batch of photos before, and one after with a form."""
    near, far, after, form = taken(desk, folder)
    case = desk.do_now(register_report, REPORT, by=BY, at=MONDAY)
    told = {
        Operation.FEED_BACK: Told(note=note, evidence=(after, form)),
    }
    at = MONDAY
    for operation in (Operation.ATTACH, *SEVEN_STEPS):
        at += timedelta(hours=2)
        wanted = told.get(operation) or TOLD.get(operation, Told())
        if operation is Operation.ATTACH:
            wanted = Told(evidence=(near, far))
        desk.do_now(take_step, case.code, operation, wanted, by=BY, at=at)
    return case.code


def dossier(desk: Desk, folder: Path, code: str, at: datetime = LATER) -> bytes:
    return make_dossier(desk, Thumbnails(folder / "thumbnails"), code, by=BY, at=at)
