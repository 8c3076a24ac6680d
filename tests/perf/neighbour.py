"""Another seat as a process of its own: single acts one after another, and how long each took."""

import sys
import threading
import time

from sqlalchemy import make_url

from console.domain.operation import Operation
from console.services.steps import take_step
from console.storage.unit import Store
from tests.perf.demo_store import UNTIL

_PAUSE_S = 0.05


def main(url: str, codes: list[str]) -> None:
    """Begins at the first line of its input and ends at the second; writes milliseconds."""
    store = Store(make_url(url))
    with store.read() as view:
        assert view.reference.departments
    print("ready", flush=True)
    sys.stdin.readline()
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.readline(), ended.set()), daemon=True).start()
    for code in codes:
        if ended.is_set():
            break
        began = time.perf_counter()
        with store.write() as unit:
            take_step(unit, code, Operation.ACCEPT, by="操作员", at=UNTIL)
        print(1000 * (time.perf_counter() - began), flush=True)
        time.sleep(_PAUSE_S)
    store.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
