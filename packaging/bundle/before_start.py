"""Runs in the installed program before the program itself: where its own Python, font and data are."""

import os
import sys
from pathlib import Path

_HERE = Path(sys.executable).parent
_FONTS = Path(sys._MEIPASS, "console", "resources", "fonts", "fonts.conf")  # type: ignore[attr-defined]  # PyInstaller's

# What runs a program of ours in a process of its own starts "Python"; here that is a program of this folder.
sys.executable = str(_HERE / f"grid-console-python{Path(sys.executable).suffix}")
# Qt, Chromium and the PDF find the Chinese font that came along beside those of the machine.
if sys.platform == "linux" and _FONTS.is_file():
    os.environ.setdefault("FONTCONFIG_FILE", str(_FONTS))
