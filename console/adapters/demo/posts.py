"""The names of the simulation, each with 演示 in it: nobody real did any of it."""

from console.domain.actor import Post
from console.domain.case import Source

COLLECTORS = 707

REPORTERS = {
    Source.HOTLINE: "演示来电市民",
    Source.PUBLIC: "演示随手拍市民",
    Source.VIDEO: "演示视频巡查",
    Source.LEADER: "演示领导",
    Source.TRANSFER: "演示批转部门",
}

# What a post is called, and how many hold it.
PEOPLE: dict[Post, tuple[str, int]] = {
    Post.ACCEPTOR: ("受理员", 12),
    Post.SHIFT_LEADER: ("值班长", 4),
    Post.DISPATCHER: ("派遣员", 8),
    Post.DISTRICT_DISPATCHER: ("区派遣员", 10),
    Post.DEPARTMENT_DESK: ("经办员", 20),
    Post.EVALUATOR: ("考核员", 3),
    Post.LEADER: ("值班领导", 2),
    Post.PATROLLER: ("采集员", COLLECTORS),
}


def named(post: Post, number: int) -> str:
    """The name of one of a post, such as 演示受理员03; they are numbered from 1."""
    name, many = PEOPLE[post]
    return f"演示{name}{number:0{len(str(max(many, 10)))}d}"
