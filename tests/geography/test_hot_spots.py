"""Hot spots: the statistic by its formula, by another library, and what of it counts as found."""

import math
from itertools import combinations

import numpy as np
import pytest

from console.geography.hot_spots import critical, hot_spots, joined, packed_spots

SIDE = 12


def lattice(side: int = SIDE) -> tuple[np.ndarray, np.ndarray]:
    """Squares in rows, each beside those it shares an edge with."""
    cells = [(row, column) for row in range(side) for column in range(side)]
    pairs = [
        (one, other)
        for (one, a), (other, b) in combinations(enumerate(cells), 2)
        if abs(a[0] - b[0]) + abs(a[1] - b[1]) == 1
    ]
    first, second = np.array(pairs).T
    return first, second


def made_counts(side: int = SIDE) -> np.ndarray:
    dice = np.random.default_rng(5)
    counts = dice.poisson(9.0, side * side).astype(float)
    hot = [row * side + column for row in (2, 3, 4) for column in (2, 3, 4)]
    cold = [row * side + column for row in range(5, 10) for column in range(5, 10)]
    counts[hot] += 9
    counts[cold] = 0
    return counts


def by_the_formula(counts: np.ndarray, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Gi* written out, one unit after the other (Ord and Getis 1995)."""
    number = len(counts)
    mean = counts.sum() / number
    spread = math.sqrt((counts**2).sum() / number - mean**2)
    z = []
    for unit in range(number):
        near = {unit, *second[first == unit].tolist(), *first[second == unit].tolist()}
        weight = len(near)
        above = sum(counts[one] for one in near) - mean * weight
        z.append(above / (spread * math.sqrt((number * weight - weight**2) / (number - 1))))
    return np.array(z)


def test_that_the_statistic_is_that_of_getis_and_ord() -> None:
    counts, pairs = made_counts(), lattice()
    found = hot_spots(counts, *pairs)
    assert found.z == pytest.approx(by_the_formula(counts, *pairs), abs=1e-9)
    assert found.p == pytest.approx([math.erfc(abs(z) / math.sqrt(2)) for z in found.z])


def test_that_another_library_finds_the_same() -> None:
    esda = pytest.importorskip("esda", reason="esda is not installed: it brings 300 MB, see ARCHITECTURE.md")
    from libpysal.weights import W

    counts, (first, second) = made_counts(), lattice()
    beside: dict[int, list[int]] = {unit: [] for unit in range(len(counts))}
    for one, other in zip(first.tolist(), second.tolist(), strict=True):
        beside[one].append(other)
        beside[other].append(one)
    theirs = esda.G_Local(counts, W(beside), transform="B", star=True, permutations=0)
    found = hot_spots(counts, first, second)
    assert found.z == pytest.approx(theirs.Zs, abs=1e-9)
    assert found.p == pytest.approx(2 * theirs.p_norm, abs=1e-12)  # theirs are one-sided


def test_that_a_hot_and_a_cold_place_are_found_and_little_else() -> None:
    found = hot_spots(made_counts(), *lattice())
    middle_of = {"hot": 3 * SIDE + 3, "cold": 7 * SIDE + 7}
    assert found.kind[middle_of["hot"]] == 3
    assert found.kind[middle_of["cold"]] < 0
    far = [unit for unit in range(SIDE * SIDE) if unit // SIDE in (0, 11) and unit % SIDE in (0, 11)]
    assert not found.kind[far].any()


def test_that_chance_alone_is_not_taken_for_a_pattern() -> None:
    """Over many cities without any pattern a discovery at 5 % is made in about one of twenty."""
    pairs, dice = lattice(), np.random.default_rng(8)
    wrong = sum(
        bool((np.abs(hot_spots(dice.poisson(9.0, SIDE * SIDE).astype(float), *pairs).kind) >= 2).any())
        for _ in range(200)
    )
    naive = sum(
        bool((hot_spots(dice.poisson(9.0, SIDE * SIDE).astype(float), *pairs).p < 0.05).any())
        for _ in range(20)
    )
    assert wrong < 40
    assert naive > 15


def test_that_the_limit_of_false_discoveries_is_that_of_benjamini_and_hochberg() -> None:
    # The example of their paper (1995, section 3.1): four discoveries at 5 %.
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344]
    p += [0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    assert critical(np.array(p), 0.05) == 0.0095
    assert critical(np.array([0.5, 0.9]), 0.05) == -1


@pytest.mark.parametrize("counts", [[], [7.0], [3.0, 3.0, 3.0], [0.0, 0.0]])
def test_that_nothing_stands_out_where_all_are_alike(counts: list[float]) -> None:
    none = np.zeros(0, dtype=np.int64)
    found = hot_spots(np.array(counts), none, none)
    assert not found.kind.any()
    assert (found.z == 0).all()
    assert (found.p == 1).all()


def test_that_groups_of_units_are_neighbours_where_any_of_theirs_are() -> None:
    first, second = lattice(4)
    quarter = np.array([(cell // 4 // 2) * 2 + cell % 4 // 2 for cell in range(16)])
    assert list(zip(*(part.tolist() for part in joined(first, second, quarter)), strict=True)) == [
        (0, 1), (0, 2), (1, 3), (2, 3),
    ]  # fmt: skip


def test_that_the_page_reads_every_figure_of_every_unit() -> None:
    counts = made_counts()
    found = hot_spots(counts, *lattice())
    packed = packed_spots(found, counts, np.arange(len(counts)))
    units = SIDE * SIDE
    assert packed[:4] == b"GHS1"
    assert np.frombuffer(packed, "<u4", 2, 4).tolist() == [units, units]
    figures = np.frombuffer(packed, "<f4", 5 * units, 12 + 4 * units).reshape(5, units)
    assert figures[3] == pytest.approx(found.z, rel=1e-6)
    assert np.frombuffer(packed, "i1", units, 12 + 24 * units).tolist() == found.kind.tolist()
