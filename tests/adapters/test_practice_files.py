"""A practice from a TOML file and back."""

from pathlib import Path

import pytest

from console.adapters.practice import BUILTIN, builtin, read_practice, standard, written_practice
from console.domain.actor import Post
from console.domain.errors import Refused
from console.domain.operation import Operation


def kept(folder: Path, text: str) -> Path:
    path = folder / "practice.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", BUILTIN)
def test_that_a_practice_written_down_reads_back_the_same(tmp_path: Path, name: str) -> None:
    assert read_practice(kept(tmp_path, written_practice(builtin(name)))) == (builtin(name), ())


def test_that_a_file_builds_on_one_that_comes_with_the_product(tmp_path: Path) -> None:
    text = 'based_on = "no_shift_leader"\nname = "本市"\nbundled = false\n'
    found, flaws = read_practice(kept(tmp_path, text))
    assert flaws == ()
    assert found is not None
    assert (found.name, found.bundled) == ("本市", False)
    assert found.rights[Operation.FILE] == {Post.ACCEPTOR: None}


def test_that_posts_act_in_the_order_of_the_file() -> None:
    assert list(standard().rights[Operation.PRE_CHECK_RESULT]) == [Post.PATROLLER, Post.ACCEPTOR]


def test_that_an_unknown_ground_is_told(tmp_path: Path) -> None:
    found, (flaw,) = read_practice(kept(tmp_path, 'based_on = "utopia"\n'))
    assert found is None
    assert (flaw.key, flaw.rule, flaw.value) == ("based_on", "unknown_practice", "utopia")


def test_that_a_file_that_is_no_toml_is_refused_by_its_line(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read_practice(kept(tmp_path, 'name = "本市"\nrights = [\n'))
    assert refused.value.code == "toml_broken"


def test_that_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="file_unreadable"):
        read_practice(tmp_path / "none.toml")
