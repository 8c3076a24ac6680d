"""The words of the demo city and of its staff, as the command line knows them."""

import tomllib
from datetime import UTC, datetime
from functools import cache

import shapely

from console.adapters.catalogues import builtin
from console.adapters.demo.departments import departments
from console.adapters.demo.territory import Body
from console.command.lexicon import Kind, Lexicon, Name, Seat
from console.domain.actor import Post
from console.system import resource

NOW = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)  # a Friday, ten in the morning in the city
ME = Seat("张建国", (Post.DISPATCHER, Post.SHIFT_LEADER))
ROADS = ("大学路", "陇海路", "金水路", "农业路", "中州大道", "花园路")
STREETS = (("410105001", "花园路街道"), ("410105002", "经八路街道"), ("410103001", "大学路街道"))
PEOPLE = ("张建国", "李秀英", "王芳", "刘洋")
WINDOWS = {
    "show_board": ("评价看板", "看板", "evaluation board", "board"),
    "show_practice": ("规程", "practice"),
    "show_approvals": ("审批", "approvals"),
    "choose_seat": ("换席位", "change seat", "seat"),
    "switch_theme": ("明暗主题", "主题", "light or dark", "theme"),
    "switch_language": ("中文 / English", "语言", "language", "english", "中文"),
    "undo": ("撤销上一步", "撤销", "undo"),
    "new_report": ("登记新问题", "登记", "new report", "register"),
    "show_keys": ("快捷键", "keys"),
    "show_manual": ("手册", "manual", "help", "帮助"),
    "refresh": ("刷新", "refresh"),
    "clear_filter": ("清除筛选", "clear filter", "clear"),
    "save_dossier": ("导出案卷", "save dossier", "dossier"),
}


@cache
def city_words() -> Lexicon:
    """104 departments, eight areas, the classes of 2026, some streets, roads and people."""
    raw = tomllib.loads(resource("demo", "territory.toml").read_text("utf-8"))
    districts, committees = (
        [Body(one["code"], one["name"], one["name_en"], shapely.Polygon(), False) for one in raw[kind]]
        for kind in ("district", "committee")
    )
    return Lexicon(
        (
            *(Name(Kind.DIVISION, one.code, one.name, one.name_en) for one in (*districts, *committees)),
            *(Name(Kind.STREET, code, name) for code, name in STREETS),
            *(
                Name(Kind.DEPARTMENT, one.code, one.name, one.name_en, one.division)
                for one in departments(districts, committees)
            ),
            *(Name(Kind.CLASS, one.key, one.name, one.name_en) for one in builtin("2026").classes),
            *(Name(Kind.WORD, "", road) for road in ROADS),
            *(Name(Kind.PERSON, name, name) for name in PEOPLE),
        ),
        seat=ME,
        windows=WINDOWS,
    )
