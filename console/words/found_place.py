"""What lies at a place that was typed or picked: district, street and unit grid, in words."""

from typing import TYPE_CHECKING

from console.i18n import _, named

if TYPE_CHECKING:
    from console.queries.found_place import FoundPlace


def found_words(found: "FoundPlace") -> str:
    """One line; a warning for a place outside every unit grid."""
    there = found.there
    if there is None:
        return _("⚠ 不在任何单元网格内,请核对位置")
    codes = dict.fromkeys(code for code in (there.district, there.committee, there.street) if code)
    names = [named(*found.names.get(code, (code, code))) for code in codes]
    return " · ".join([*names, _("网格 {cell}").format(cell=there.cell)])
