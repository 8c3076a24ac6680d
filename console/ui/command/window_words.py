"""What the window's own actions are called on the command line: in both languages, whole and for short."""

from collections.abc import Mapping, Sequence

from console.i18n import N_, in_english
from console.ui.actions import WINDOW

# Also said; each in both languages.
_SHORTER: Mapping[str, tuple[str, ...]] = {
    "undo": (N_("撤销"),),
    "new_report": (N_("登记"),),
    "focus_queue": (N_("列表"),),
    "focus_map": (N_("地图"),),
    "focus_case": (N_("案件面板"),),
    "show_board": (N_("看板"), N_("评价")),
    "choose_seat": (N_("席位"),),
    "show_manual": (N_("帮助"),),
    "switch_theme": (N_("主题"), N_("换主题")),
    "switch_language": (N_("语言"), N_("换语言")),
    "save_dossier": (N_("案卷"),),
    "toggle_follow": (N_("跟随"),),
    "explain": (N_("时限"),),
}
_UNSAID = frozenset({"search", "back"})  # who types is there, and leaves by Escape


def window_words() -> dict[str, Sequence[str]]:
    """By the name of the action every way to say it; reading the other language takes a moment."""
    return {
        item.name: tuple(
            dict.fromkeys(
                said
                for words in (item.words, *_SHORTER.get(item.name, ()))
                for said in (words, in_english(words))
                if said
            )
        )
        for item in WINDOW
        if item.name not in _UNSAID
    }
