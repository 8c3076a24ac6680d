"""The life of cases as lines of the command line: who does what, with which words, in what order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from console.domain.actor import Post
from tests.cities import SOUTH, STEP_LAT, STEP_LON, WEST

STAFF: Mapping[str, tuple[Post, str, str]] = {
    "受理员甲": (Post.ACCEPTOR, "", ""),
    "值班长甲": (Post.SHIFT_LEADER, "", ""),
    "值班长乙": (Post.SHIFT_LEADER, "", ""),
    "派遣员甲": (Post.DISPATCHER, "", ""),
    "派遣员乙": (Post.DISPATCHER, "", ""),
    "金水派遣": (Post.DISTRICT_DISPATCHER, "", "410105"),
    "金水城管": (Post.DEPARTMENT_DESK, "D105", ""),
    "排水公司": (Post.DEPARTMENT_DESK, "P01", ""),
    "监督员甲": (Post.PATROLLER, "", ""),
    "考核员甲": (Post.EVALUATOR, "", ""),
    "领导甲": (Post.LEADER, "", ""),
}
ACCEPTOR, CHIEF, OTHER_CHIEF, SENDER, OTHER_SENDER, DISTRICT, BUREAU, DRAINS, PATROL, JUDGE, LEADER = STAFF


@dataclass(frozen=True)
class Line:
    """One act; `refused` is the code with which it must be refused, empty where it must go."""

    by: str
    act: str
    words: tuple[str, ...] = ()
    refused: str = ""


def line(by: str, act: str, *words: str, refused: str = "") -> Line:
    return Line(by, act, words, refused)


SPOT = (WEST + 2.2 * STEP_LON, SOUTH + 2.2 * STEP_LAT)
SOON = (datetime.now(UTC) + timedelta(days=40)).date().isoformat()
WHY = ("--note", "确有必要")
TAKEN_UP = (line(ACCEPTOR, "accept"), line(CHIEF, "file"))

# Each begins with a fresh report of rubbish in the street; {photo} and {form} are files, {other} is the
# code of another open case.
STORIES: Mapping[str, Sequence[Line]] = {
    "checked before it is filed, sent back, consulted on": (
        line(ACCEPTOR, "accept"),
        line(ACCEPTOR, "pre_check"),
        line(SENDER, "urge"),
        line(CHIEF, "pre_check_result", "--result", "exists", refused="wrong_post"),
        line(PATROL, "pre_check_result", "--result", "passed", refused="bad_result"),
        line(PATROL, "pre_check_result", "--result", "exists", "--photo", "{photo}:near"),
        line(CHIEF, "file"),
        line(SENDER, "send_back", *WHY),
        line(CHIEF, "file", refused="returned_to_you"),
        line(OTHER_CHIEF, "file", "--class", "event:0110", "--condition", "2"),
        line(SENDER, "consult", "--department", "P01", refused="needs_reason"),
        line(SENDER, "consult", "--department", "P01", *WHY),
        line(SENDER, "dispatch", "--assisting", "D103", "--assisting", "D171"),
        line(DISTRICT, "second_dispatch", refused="needs_unit"),
        line(DISTRICT, "second_dispatch", "--unit", "D105"),
        line(BUREAU, "receive"),
        line(BUREAU, "hand_over", "--person", "谁也不是", refused="unknown_person"),
        line(BUREAU, "hand_over", "--person", "排水公司"),
        line(BUREAU, "feed_back", refused="not_holder"),
        line(DRAINS, "feed_back"),
    ),
    "with its clock stretched, stopped and started": (
        *TAKEN_UP,
        line(SENDER, "dispatch"),
        line(DRAINS, "receive", refused="other_department"),
        line(BUREAU, "receive"),
        line(LEADER, "supervise", "--level", "4", *WHY, refused="bad_level"),
        line(LEADER, "supervise", "--level", "2", *WHY),
        line(BUREAU, "reply_supervision", *WHY),
        line(SENDER, "relocate", *WHY, refused="needs_place"),
        line(SENDER, "relocate", *WHY, "--place", "0, 0", refused="place_outside"),
        line(SENDER, "relocate", *WHY, "--place", f"{SPOT[0]}, {SPOT[1]}", "--system", "wgs84"),
        line(LEADER, "end_supervision"),
        line(LEADER, "end_supervision", refused="not_supervised"),
        line(SENDER, "mark", "--flag", "urgent"),
        line(SENDER, "mark", "--flag", "appealed", refused="bad_flag"),
        line(SENDER, "unmark", "--flag", "urgent"),
        line(BUREAU, "ask_extension", *WHY),
        line(BUREAU, "ask_extension", *WHY, refused="request_waits"),
        line(SENDER, "refuse_extension", *WHY),
        line(BUREAU, "ask_extension", *WHY),
        line(SENDER, "allow_extension"),
        line(BUREAU, "ask_extension", *WHY, refused="needs_form"),
        line(BUREAU, "ask_extension", *WHY, "--photo", "{form}:form"),
        line(SENDER, "withdraw", refused="not_asker"),
        line(BUREAU, "withdraw"),
        line(BUREAU, "ask_suspension", *WHY, refused="needs_until"),
        line(BUREAU, "ask_suspension", *WHY, "--until", "2001-01-01", refused="bad_until"),
        line(BUREAU, "ask_suspension", *WHY, "--until", SOON),
        line(SENDER, "refuse_suspension", *WHY),
        line(BUREAU, "ask_suspension", *WHY, "--until", SOON),
        line(SENDER, "allow_suspension"),
        line(BUREAU, "resume"),
        line(BUREAU, "ask_suspension", *WHY, "--until", SOON, refused="no_more_suspensions"),
        line(BUREAU, "feed_back", "--note", "已清理", "--photo", "{photo}:after"),
    ),
    "checked afterwards, done again, closed, judged, reopened": (
        *TAKEN_UP,
        line(SENDER, "dispatch", "--territory", refused="no_territory"),
        line(SENDER, "dispatch"),
        line(BUREAU, "receive"),
        line(BUREAU, "feed_back"),
        line(ACCEPTOR, "check"),
        line(PATROL, "fail_check", *WHY),
        line(CHIEF, "close", refused="check_failed"),
        line(SENDER, "rework", *WHY),
        line(BUREAU, "receive"),
        line(BUREAU, "feed_back"),
        line(ACCEPTOR, "check"),
        line(PATROL, "pass_check"),
        line(CHIEF, "close", "--condition", "9", refused="unknown_condition"),
        line(CHIEF, "close"),
        line(BUREAU, "appeal", *WHY, refused="not_late"),
        line(ACCEPTOR, "call_back", "--satisfaction", "not_satisfied"),
        line(JUDGE, "spot_check", "--result", "failed"),
        line(JUDGE, "reopen", *WHY),
        line(PATROL, "attach", refused="needs_evidence"),
        line(PATROL, "attach", "--photo", "{photo}"),
    ),
    "sent back by its department": (
        *TAKEN_UP,
        line(SENDER, "dispatch", "--department", "P01"),
        line(SENDER, "redispatch", "--department", "P01", refused="same_department"),
        line(DRAINS, "ask_return", *WHY),
        line(SENDER, "refuse_return", *WHY),
        line(DRAINS, "ask_return", *WHY),
        line(SENDER, "allow_return"),
        line(SENDER, "dispatch", refused="returned_to_you"),
        line(OTHER_SENDER, "dispatch", "--department", "D105"),
        line(BUREAU, "ask_return", *WHY),
        line(OTHER_SENDER, "redispatch", "--department", "P01"),
        line(SENDER, "ask_authority", *WHY),
        line(LEADER, "refuse_authority", *WHY),
        line(SENDER, "ask_authority", *WHY),
        line(LEADER, "give_authority", *WHY),
        line(CHIEF, "ask_forced_close", *WHY),
        line(LEADER, "refuse_forced_close", *WHY),
        line(CHIEF, "ask_forced_close", *WHY),
        line(LEADER, "allow_forced_close"),
    ),
    "voided on application": (
        line(ACCEPTOR, "accept"),
        line(ACCEPTOR, "ask_void", *WHY),
        line(CHIEF, "refuse_void", *WHY),
        line(ACCEPTOR, "ask_void", *WHY),
        line(CHIEF, "allow_void"),
        line(CHIEF, "void", *WHY, refused="wrong_step"),
    ),
    "voided at once": (line(ACCEPTOR, "accept"), line(CHIEF, "void", *WHY)),
    "turned down": (line(ACCEPTOR, "reject", *WHY),),
    "answered on the spot": (
        line(ACCEPTOR, "confirm_self", refused="not_self_handled"),
        line(ACCEPTOR, "answer", *WHY),
    ),
    "merged and taken apart": (
        line(ACCEPTOR, "merge", "--other", "{other}"),
        line(ACCEPTOR, "unmerge", *WHY),
        line(ACCEPTOR, "accept"),
    ),
    "split": (
        *TAKEN_UP,
        line(SENDER, "split", refused="needs_parts"),
        line(SENDER, "split", "--part", "清运垃圾=D105", "--part", "修复井盖"),
    ),
}
# Reported in spring and fed back only now: late enough to be appealed.
APPEALS: Mapping[str, Sequence[Line]] = {
    "upheld": (line(SENDER, "pass_appeal"), line(ACCEPTOR, "allow_appeal")),
    "refused at once": (line(SENDER, "refuse_appeal", *WHY),),
    "refused at the second review": (line(SENDER, "pass_appeal"), line(JUDGE, "refuse_appeal", *WHY)),
}
ANSWERED_LATE = (
    line(BUREAU, "feed_back"),
    line(CHIEF, "close"),
    line(BUREAU, "appeal", *WHY),
)
