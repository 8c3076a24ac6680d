"""Another seat as a process of its own: it takes one case after another, and says which it took."""

import json
import sys

from sqlalchemy import make_url

from console.domain.presence import Doing
from console.services.presence import attend, claim
from console.storage.unit import Store


def main(url: str, seat: str, candidates: list[int], turns: int) -> None:
    """Reads a line for the sign, writes the ids it took, then holds the last ones until its input ends."""
    store = Store(make_url(url))
    with store.write() as unit:
        attend(unit, seat, {}, by=seat)
    print("ready", flush=True)
    sys.stdin.readline()
    kept: dict[int, Doing] = {}
    taken = []
    for _turn in range(turns):
        with store.write() as unit:
            found = claim(unit, seat, candidates, kept, by=seat)
        if found is not None:
            taken.append(found)
            kept[found] = Doing.TRIAGE
    print(json.dumps(taken), flush=True)
    sys.stdin.readline()  # killed here by the test of a crash
    store.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], json.loads(sys.argv[3]), int(sys.argv[4]))
