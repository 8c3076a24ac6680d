"""The settings of one user of this machine: declared once, kept as TOML, below them the administrator's."""

from console.settings.files import (
    FILE,
    Layers,
    change_settings,
    read_layers,
    read_settings,
    write_settings,
)
from console.settings.fleet import exported, imported
from console.settings.kinds import may_sign
from console.settings.table import DECLARED, GROUPS, Declared, Settings

__all__ = [
    "DECLARED", "FILE", "GROUPS", "Declared", "Layers", "Settings", "change_settings", "exported", "imported",
    "may_sign", "read_layers", "read_settings", "write_settings",
]  # fmt: skip
