"""Whether the city knows the codes that a filter names: a wrong code is not an empty list."""

from sqlalchemy import Column, select

from console.domain.errors import Refused
from console.domain.wanted import CaseFilter
from console.storage.tables import divisions, unit_grids
from console.storage.unit import View


def check_codes(view: View, wanted: CaseFilter) -> None:
    """See that each code of `wanted` is one of the loaded city; a class may be told by its beginning.

    Raises Refused: `unknown_department`, `unknown_division`, `unknown_class`, `unknown_cell`,
    `unknown_person`, `no_city`.
    """
    reference = view.reference
    if wanted.department and wanted.department not in reference.departments:
        raise Refused("unknown_department", department=wanted.department)
    if wanted.division and not _holds(view, divisions.c.code, wanted.division):
        raise Refused("unknown_division", division=wanted.division)
    keys = (item.key for catalogue in reference.catalogues for item in catalogue.classes)
    if wanted.classes and not any(key.startswith(wanted.classes) for key in keys):
        raise Refused("unknown_class", key=wanted.classes)
    if wanted.handler and reference.staff and wanted.handler not in reference.staff:
        raise Refused("unknown_person", name=wanted.handler)
    if wanted.cell and not _holds(view, unit_grids.c.code, wanted.cell):
        raise Refused("unknown_cell", cell=wanted.cell)


def _holds(view: View, column: Column[str], code: str) -> bool:
    return view.connection.execute(select(column).where(column == code)).first() is not None
