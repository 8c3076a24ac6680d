"""The layers of the map, the uppermost first, and how they stand before anybody has chosen."""

from collections.abc import Mapping

# The numbers of the page are places in this table; resources/map/layers.js has it in the same order.
SHOWN_AT_FIRST: Mapping[str, bool] = {
    "marks": True,
    "patrollers": False,
    "flooding": False,
    "components": False,
    "own": False,
    "names": True,
    "districts": True,
    "committees": True,
    "streets": True,
    "responsibility": True,
    "campaigns": False,
    "roads": True,
    "cells": True,
}
LAYERS = tuple(SHOWN_AT_FIRST)
WEAKEST, STRONGEST = 10, 100
"""Per cent."""

Chosen = dict[str, tuple[bool, int]]
"""By layer whether it is shown and how strongly, in per cent."""


def at_first() -> Chosen:
    """What is shown before anybody has chosen."""
    return {name: (shown, STRONGEST) for name, shown in SHOWN_AT_FIRST.items()}


def of_document(told: object) -> Chosen:
    """What was kept; anything else than a layer's two values stays as it is at first."""
    chosen = at_first()
    if isinstance(told, dict):
        for name in chosen.keys() & told.keys():
            match told[name]:
                case [bool() as shown, int() as percent] if WEAKEST <= percent <= STRONGEST:
                    chosen[name] = (shown, percent)
    return chosen
