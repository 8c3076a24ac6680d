"""An area drawn on the map in words: its name, or what it is made of."""

from console.domain.area import Area
from console.i18n import N_, _

_MADE_OF = {
    "cells": N_("{count} 个单元网格"),
    "grids": N_("{count} 个责任网格"),
    "shape": N_("{count} 处图形"),
}


def area_words(area: Area) -> str:
    """What a chip shows of an area; what was taken away is told with a minus."""
    if area.name:
        return _("选区“{name}”").format(name=area.name)
    told = ""
    for adds in (True, False):
        for kind, words in _MADE_OF.items():
            pieces = [piece for piece in area.pieces if piece.kind == kind and piece.adds is adds]
            count = sum(len(piece.codes) or 1 for piece in pieces)
            if count:
                told += f"{(' + ' if told else '') if adds else ' − '}{_(words).format(count=f'{count:,}')}"
    return _("选区 {parts}").format(parts=told.strip())
