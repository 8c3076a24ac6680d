"""The installed program by its names: grid-console, and grid-console-python for its processes apart."""

import runpy
import sys
from pathlib import Path


def main() -> None:
    """Become what the name says, which the system hands over as the first word."""
    if Path(sys.argv[0]).stem == "grid-console-python":
        _python(sys.argv[1:])
    else:
        _console()


def _python(words: list[str]) -> None:
    """Run FILE.py or -m MODULE, else the program once more. A frozen Python keeps -I and -P anyway."""
    while words and words[0] in ("-I", "-P"):
        del words[0]
    if words[:1] == ["-m"]:
        sys.argv = words[1:]
        runpy.run_module(words[1], run_name="__main__", alter_sys=True)
    elif words and words[0].endswith((".py", ".pyc")):
        sys.argv = words
        runpy.run_path(words[0], run_name="__main__")
    else:  # who starts "this program again" by sys.executable gives it the program's own words
        sys.argv = ["grid-console", *words]
        _console()


def _console() -> None:
    from console.__main__ import main as program

    program()


if __name__ == "__main__":
    main()
