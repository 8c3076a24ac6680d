"""The Python of the installed program, for what runs in a process of its own: FILE or -m MODULE."""

import runpy
import sys


def main() -> None:
    """Become the program named on the command line; -I and -P hold for a frozen Python anyway."""
    words = sys.argv[1:]
    while words and words[0] in ("-I", "-P"):
        del words[0]
    if words[:1] == ["-m"]:
        sys.argv = words[1:]
        runpy.run_module(words[1], run_name="__main__", alter_sys=True)
        return
    sys.argv = words
    runpy.run_path(words[0], run_name="__main__")


if __name__ == "__main__":
    main()
