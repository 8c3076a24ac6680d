"""Who is at which case now."""

from console.domain.presence import Present
from console.storage import presence
from console.storage.unit import View


def others(view: View, seat: str) -> tuple[Present, ...]:
    """The other seats that are at a case, in a fixed order."""
    return presence.others(view.connection, seat)
