"""The Python of the installed program: FILE.py or -m MODULE by itself; else the program once more."""

import runpy
import sys


def main() -> None:
    """Become what the command line names; -I and -P hold for a frozen Python anyway."""
    words = sys.argv[1:]
    while words and words[0] in ("-I", "-P"):
        del words[0]
    if words[:1] == ["-m"]:
        sys.argv = words[1:]
        runpy.run_module(words[1], run_name="__main__", alter_sys=True)
    elif words and words[0].endswith((".py", ".pyc")):
        sys.argv = words
        runpy.run_path(words[0], run_name="__main__")
    else:  # who starts "this program again" by sys.executable gives it the program's own words
        from console.__main__ import main as program

        sys.argv = ["grid-console", *words]
        program()


if __name__ == "__main__":
    main()
