"""The base page on its way: read, or made by folium, on a thread of its own while the engine starts."""

from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from console.system import cache_folder

if TYPE_CHECKING:
    from console.ui.map.kept_page import BasePage


def page_on_its_way() -> "Future[BasePage]":
    """The page of the kept folder, soon: importing folium takes a third of a second."""
    pool = ThreadPoolExecutor(1, thread_name_prefix="map-page")
    page = pool.submit(_page)
    pool.shutdown(wait=False)
    return page


def _page() -> "BasePage":
    from console.ui.map.kept_page import kept_page

    return kept_page(cache_folder())
