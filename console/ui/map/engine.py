"""The browser engine's settings, made once before the application object exists."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt

SCHEME = b"console"
HOST = "map"

# Nothing of Chromium's own housekeeping may look for a network: the console runs in closed networks.
_QUIET_FLAGS = (
    "--disable-background-networking",
    "--disable-breakpad",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-pings",
    "--metrics-recording-only",
    "--dns-prefetch-disable",
)

# Compile at once instead of interpreting first: the page's heavy loops run only a few times each, at the
# start, and the first full paint comes in 0.29 s instead of 0.41 s (38,515 cells, measured in one run). And
# small heaps: 20 MB less beside a working operator, with frames as before and that paint 0.02 s later.
_SCRIPTS = "--js-flags=--always-sparkplug,--optimize-for-size,--max-semi-space-size=2"

# A second process stands ready to fork helpers without a sandbox from, 11 MB; none is ever started here.
_ONE_TO_FORK_FROM = "--no-unsandboxed-zygote"

# Of every canvas the browser keeps pictures that were on the screen before, to paint on them again: beside a
# working operator 25 MB. So it lets go of those that wait longer.
_LET_GO = "--enable-features=Canvas2DReclaimUnusedResources"


def prepare_engine(*, software_drawing: bool | None = None) -> None:
    """Set the engine's environment; call before QApplication is made.

    `software_drawing` None decides by looking for a graphics device. Without one, drawing in software
    keeps a pan at 16.7 ms a frame where emulated OpenGL needs 30 (measured). Values already in the
    environment win. A second call changes nothing.
    """
    # The engine's library asks for this when it is loaded, which is after the window is seen.
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    flags = [*_QUIET_FLAGS, _SCRIPTS, _LET_GO, _ONE_TO_FORK_FROM]
    if software_drawing if software_drawing is not None else not _has_graphics_device():
        os.environ.setdefault("QT_QUICK_BACKEND", "software")
        # Nothing is drawn by emulated OpenGL then, and 33 MB of it would stay loaded.
        os.environ.setdefault("QT_XCB_GL_INTEGRATION", "none")
        os.environ.setdefault("QT_WIDGETS_RHI", "0")
        flags.append("--disable-gpu")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # Chromium refuses its sandbox to root; everyone else keeps it.
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
    given = os.environ.get("QTWEBENGINE_CHROMIUM_FLAGS", "").split()
    names = {flag.partition("=")[0] for flag in given}
    added = [flag for flag in flags if flag.partition("=")[0] not in names]
    os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = " ".join([*given, *added])


def register_scheme() -> None:
    """Make the console: scheme known to the engine, before any part of it is made; once is enough."""
    from PySide6.QtWebEngineCore import QWebEngineUrlScheme  # 20 ms, for which no window waits

    if QWebEngineUrlScheme.schemeByName(SCHEME).name() != SCHEME:
        scheme = QWebEngineUrlScheme(SCHEME)
        scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
        scheme.setFlags(
            QWebEngineUrlScheme.Flag.SecureScheme
            | QWebEngineUrlScheme.Flag.CorsEnabled
            | QWebEngineUrlScheme.Flag.FetchApiAllowed
        )
        QWebEngineUrlScheme.registerScheme(scheme)


def _has_graphics_device() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return any(Path("/dev/dri").glob("renderD*"))
