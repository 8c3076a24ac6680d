"""Files are named after what they hold."""

import re
from pathlib import PurePosixPath

from tests.architecture.source import Module, listed

# Names that say nothing: whatever is put there has a name of its own.
EMPTY = {
    "base", "common", "controller", "core", "handler", "handlers", "helper", "helpers",
    "manager", "managers", "misc", "util", "utils",
}  # fmt: skip


def test_that_no_module_is_named_after_nothing(modules: list[Module]) -> None:
    def words(module: Module) -> set[str]:
        path = PurePosixPath(module.name).with_suffix("")
        return {word for part in path.parts for word in part.split("_")}

    empty = [module.name for module in modules if words(module) & EMPTY]
    assert not empty, listed(empty)


def test_that_module_names_are_plain_lower_case(modules: list[Module]) -> None:
    plain = re.compile(r"(__init__|__main__|[a-z][a-z0-9_]*|\d{4}_[a-z0-9_]+)\.py")
    odd = [module.name for module in modules if not plain.fullmatch(PurePosixPath(module.name).name)]
    assert not odd, listed(odd)
