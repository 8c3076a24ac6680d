"""The macros that seats share."""

from console.domain.shared_macro import SharedMacro
from console.storage.macros import all_macros
from console.storage.unit import View


def shared_macros(view: View) -> tuple[SharedMacro, ...]:
    """Those of every owner, by name."""
    return all_macros(view.connection)
