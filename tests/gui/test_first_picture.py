"""What may wait until the first picture stands."""

import asyncio
from functools import partial

from console.ui import first_picture
from console.ui.first_picture import after_first_picture, expect_first_picture, first_picture_stands


def test_that_work_begins_at_once_where_nobody_expects_a_picture() -> None:
    done: list[int] = []
    after_first_picture(lambda: done.append(1))
    assert done == [1]


def test_that_work_waits_for_the_picture_keeps_its_order_and_later_work_waits_no_more() -> None:
    done: list[int] = []
    expect_first_picture()
    for number in range(3):
        after_first_picture(partial(done.append, number))
    assert done == []
    asyncio.run(first_picture_stands())
    assert done == [0, 1, 2]
    after_first_picture(lambda: done.append(3))
    assert done == [0, 1, 2, 3]


def test_that_other_things_come_to_their_turn_between_two_works() -> None:
    turns: list[str] = []

    async def both() -> None:
        async def key() -> None:
            turns.append("key")

        pressed: list[asyncio.Task[None]] = []
        after_first_picture(lambda: pressed.append(asyncio.get_running_loop().create_task(key())))
        after_first_picture(lambda: turns.append("work"))
        await first_picture_stands()

    expect_first_picture()
    asyncio.run(both())
    assert turns == ["key", "work"]
    assert first_picture._waiting is None
