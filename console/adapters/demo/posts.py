"""The posts that act in the simulation, each with 演示 in its name: nobody real did any of it."""

from console.domain.case import Source
from console.domain.operation import Operation

COLLECTORS = 707

REPORTERS = {
    Source.HOTLINE: "演示来电市民",
    Source.PUBLIC: "演示随手拍市民",
    Source.VIDEO: "演示视频巡查",
    Source.LEADER: "演示领导",
    Source.TRANSFER: "演示批转部门",
}

_STAFF = {
    Operation.REGISTER: ("受理员", 12),
    Operation.ACCEPT: ("受理员", 12),
    Operation.REJECT: ("受理员", 12),
    Operation.FILE: ("值班长", 4),
    Operation.VOID: ("值班长", 4),
    Operation.DISPATCH: ("派遣员", 8),
    Operation.REDISPATCH: ("派遣员", 8),
    Operation.RECEIVE: ("经办员", 20),
    Operation.FEED_BACK: ("经办员", 20),
    Operation.CHECK: ("受理员", 12),
    Operation.REWORK: ("受理员", 12),
    Operation.CLOSE: ("值班长", 4),
}


_NAMES = {
    operation: tuple(f"演示{name}{one:02d}" for one in range(1, number + 1))
    for operation, (name, number) in _STAFF.items()
}


def post(operation: Operation, chance: float) -> str:
    """Who does an operation, such as 演示受理员03."""
    names = _NAMES[operation]
    return names[int(chance * len(names))]


def collector(chance: float) -> str:
    """A collector (采集员), one of as many as the city has responsibility grids."""
    return f"演示采集员{1 + int(chance * COLLECTORS):03d}"
