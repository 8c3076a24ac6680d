"""Drives the real window, for tests: pages of what an operator sees, and the hands that work it.

    from console.testing import open_console

    with open_console(folder, at=datetime(2026, 3, 20, 2, 0, tzinfo=UTC)) as console:
        console.queue.choose(console.queue.codes[0])
        console.case.act("act_accept")
        assert console.case.state == "to_file"

Every method returns when the window has come to rest. Names are object names (the manual's page "names"
lists them); they stay the same between versions, texts do not.
"""

from console.testing.clock import Clock
from console.testing.console import Console
from console.testing.opening import open_console

__all__ = ["Clock", "Console", "open_console"]
