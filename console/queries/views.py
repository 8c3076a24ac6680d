"""The saved views of a seat."""

from console.domain.saved_view import SavedView
from console.storage.unit import View
from console.storage.views import views_of


def saved_views(view: View, owner: str) -> tuple[SavedView, ...]:
    """Those that all share, then his own."""
    return views_of(view.connection, owner)
