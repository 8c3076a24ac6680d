"""The manual's page for test engineers tells every word of every page object, in both languages."""

import re

import pytest

from console.system import resource
from console.testing.alarms import AlarmsPage
from console.testing.board import BoardPage
from console.testing.bulk import BulkPage
from console.testing.case import CasePage
from console.testing.command import CommandPage
from console.testing.decisions import ApprovalsPage, TriagePage
from console.testing.form import FormPage
from console.testing.layout import LayoutPage
from console.testing.map import MapPage
from console.testing.queue import QueuePage
from console.testing.replay import ReplayPage
from console.testing.site import CityPage, PracticePage, SettingsPage, WallPage
from console.testing.views import ViewsPage

PAGES = {
    "alarms": AlarmsPage, "approvals": ApprovalsPage, "board": BoardPage, "bulk": BulkPage, "case": CasePage,
    "city": CityPage, "command": CommandPage, "form": FormPage, "layout": LayoutPage, "map": MapPage,
    "practice": PracticePage, "queue": QueuePage, "replay": ReplayPage, "settings": SettingsPage,
    "triage": TriagePage, "views": ViewsPage, "wall": WallPage,
}  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_the_page_for_test_engineers_tells_every_word_of_the_page_objects(language: str) -> None:
    text = resource("manual", language, "testing.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `console\.(\w+)` \|(.*)$", text, re.MULTILINE))
    assert set(rows) == set(PAGES)
    missing = {
        f"{name}.{word}"
        for name, page in PAGES.items()
        for word in vars(page)
        if not word.startswith("_") and not re.search(rf"`{word}\b", rows[name])
    }
    assert missing == set()
