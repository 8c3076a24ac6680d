"""Another seat as a process of its own: adds cases one by one and says each code once it is committed."""

import sys

from sqlalchemy import make_url

from console.domain.errors import Refused
from console.storage.unit import Store
from tests.storage.seats import add_case


def main(url: str, seat: str, count: int) -> None:
    store = Store(make_url(url))
    for number in range(count):
        code = f"{seat}-{number}"
        try:
            add_case(store, code)
        except Refused as problem:
            print("refused", problem.code, flush=True)
            continue
        print(code, flush=True)
    store.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
