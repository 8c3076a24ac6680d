"""Another seat as a process of its own: at a sign it does one act to each case, and says what came of it."""

import json
import sys
from datetime import timedelta

from sqlalchemy import make_url

from console.domain.errors import Refused
from console.domain.operation import Operation
from console.services.steps import take_step, undo_step
from console.storage.unit import Store
from tests.lives import MONDAY, TOLD

UNDO = Operation.UNDO


def main(url: str, name: str, operation: Operation, wanted: list[tuple[str, int]]) -> None:
    """Reads a line for the sign, writes one line for each case: its code and how it was refused."""
    store = Store(make_url(url))
    with store.read() as view:
        assert view.reference.departments
    print("ready", flush=True)
    sys.stdin.readline()
    for number, (code, seen) in enumerate(wanted):
        at = MONDAY + timedelta(minutes=10, seconds=number)
        refused = ""
        try:
            with store.write() as unit:
                if operation is UNDO:
                    undo_step(unit, code, by=name, at=at, seen=seen, note="误操作")
                else:
                    take_step(unit, code, operation, TOLD[operation], by=name, at=at, seen=seen)
        except Refused as problem:
            refused = problem.code
        print(json.dumps([code, refused]), flush=True)
    store.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Operation(sys.argv[3]), json.loads(sys.argv[4]))
