"""The page's scripts as one file: each keeps its own names, and none is missing."""

import pytest

from console.system import resource
from console.ui.map.bundle import bundled
from console.ui.map.document import base_page

TOP = "import { named, Kept } from './low.js';\n\nconst SIZE = 2;\nwindow.told = [named(), SIZE, Kept];\n"
LOW = (
    "const SIZE = 1;\nexport const named = () => SIZE;\nexport class Kept {}\n"
    "export async function later() {}\n"
)


def test_that_what_is_needed_stands_before_and_names_stay_each_modules_own() -> None:
    text = bundled({"top": TOP, "low": LOW}, "top")
    assert text.index("module_low = ") < text.index("module_top = ")
    assert "return { named, Kept, later };" in text
    assert "const { named, Kept } = module_low;" in text
    inside = text[text.index("module_low = ") : text.index("module_top = ")]
    assert inside.count("const SIZE") == 1  # in a function, not beside the other one
    assert inside.index("(() => {") < inside.index("const SIZE") < inside.index("})();")
    assert "import" not in text
    assert "export" not in text


def test_that_a_module_needed_twice_is_there_once() -> None:
    scripts = {
        "top": "import { one } from './one.js';\nimport { named } from './low.js';\none(named);\n",
        "one": "import { named } from './low.js';\nexport const one = () => named();\n",
        "low": LOW,
    }
    assert bundled(scripts, "top").count("module_low = ") == 1


@pytest.mark.parametrize(
    "text",
    [
        "import Low from './low.js';\n",
        "import './low.js';\n",
        "import { named as other } from './low.js';\n",
        "export { SIZE };\n",
        "export default 1;\n",
        "export let size = 1;\n",
    ],
)
def test_that_a_form_it_does_not_know_is_refused_and_named(text: str) -> None:
    with pytest.raises(ValueError, match=r"top\.js: (import|export)"):
        bundled({"top": text, "low": LOW}, "top")


def test_that_modules_that_need_each_other_are_refused() -> None:
    scripts = {
        "one": "import { two } from './two.js';\nexport const one = 1;\n",
        "two": "import { one } from './one.js';\nexport const two = 2;\n",
    }
    with pytest.raises(ValueError, match="one > two > one"):
        bundled(scripts, "one")


def test_that_the_page_has_all_of_its_modules_and_styles_in_one_file_each() -> None:
    page = base_page()
    text, styles = page.parts["engine.js"].decode(), page.parts["screen.css"].decode()
    modules = {file.stem for file in resource("map").glob("*.js")} - {"early"}  # that one comes before all
    assert not [name for name in modules if f"\nconst module_{name} = " not in text]
    for file in resource("map").glob("*.css"):
        assert file.read_text("utf-8") in styles
    assert b"/engine/main.js" not in page.html
