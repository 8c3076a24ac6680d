"""The page's own scripts as one file: as modules they are sixty requests, level after level."""

import re
from collections.abc import Mapping

_IMPORT = re.compile(r"^import \{ (\w+(?:, \w+)*) \} from '\./(\w+)\.js';\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:class|function|const) (\w+))", re.MULTILINE)
_MODULE_WORD = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def bundled(scripts: Mapping[str, str], first: str) -> str:
    """One classic script that does what the module `first` does, with all that it imports.

    `scripts` maps a module's name (`main`) to its text. Every module becomes a function that runs once,
    those it needs before it, so names that are a module's own stay its own. Raises ValueError where a
    module imports itself in the end, or says `import` or `export` in a way that is not known here.
    """
    done: dict[str, str] = {}
    _add(scripts, first, done, ())
    return "(() => {\n'use strict';\n" + "".join(done.values()) + "})();\n"


def _add(scripts: Mapping[str, str], name: str, done: dict[str, str], above: tuple[str, ...]) -> None:
    if name in done:
        return
    if name in above:
        raise ValueError(f"{name}.js imports itself: {' > '.join((*above, name))}")
    text = scripts[name]
    needed = _IMPORT.findall(text)
    for _names, other in needed:
        _add(scripts, other, done, (*above, name))
    body = _EXPORT.sub("", _IMPORT.sub("", text))
    unknown = _MODULE_WORD.search(body)
    if unknown:
        raise ValueError(f"{name}.js: {unknown.group()}")
    taken = "".join(f"const {{ {names} }} = module_{other};\n" for names, other in needed)
    given = ", ".join(_EXPORT.findall(text))
    done[name] = (
        f"// {name}.js\nconst module_{name} = (() => {{\n{taken}{body}\nreturn {{ {given} }};\n}})();\n"
    )
