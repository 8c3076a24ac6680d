"""City packs: everything a city owns, as one folder or zip."""

from console.adapters.pack.building import BuildOptions, BuildReport, build_pack
from console.adapters.pack.content import check_pack, read_pack, survey_pack
from console.adapters.pack.writing import write_pack

__all__ = [
    "BuildOptions", "BuildReport", "build_pack", "check_pack", "read_pack", "survey_pack", "write_pack",
]  # fmt: skip
