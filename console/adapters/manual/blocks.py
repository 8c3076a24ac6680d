"""Our manual's Markdown as blocks for the typesetter: headings, paragraphs, lists, tables, code, pictures.

It reads what our pages are written in, no more; a test keeps them to it. Texts stay plain texts.
"""

import re
from collections.abc import Iterator
from typing import Any

Block = dict[str, Any]
Run = dict[str, str]

_HEADING = re.compile(r"(#{1,3}) (.+)")
_ITEM = re.compile(r"(?:(-)|(\d+)\.) (.+)")
_PICTURE = re.compile(r"!\[([^]]*)]\(([a-z0-9-]+\.png)\)")
_COMMENT = re.compile(r"<!--.*-->")
_RULE = re.compile(r"\|[-:| ]+\|")
_RUN = re.compile(r"`([^`]+)`|\*\*([^*]+)\*\*|\[([^]]+)]\(([a-z]+)\.md\)")


def blocks(text: str) -> list[Block]:
    """Everything on a page in its order."""
    return list(_blocks(text.splitlines()))


def runs(text: str) -> list[Run]:
    """A line as stretches of one look: plain, code, strong, or a link to another page."""
    found: list[Run] = []
    at = 0
    for match in _RUN.finditer(text):
        if match.start() > at:
            found.append({"look": "plain", "text": text[at : match.start()]})
        code, strong, words, page = match.groups()
        if code is not None:
            found.append({"look": "code", "text": code})
        elif strong is not None:
            found.append({"look": "strong", "text": strong})
        else:
            found.append({"look": "link", "text": words, "page": page})
        at = match.end()
    if at < len(text):
        found.append({"look": "plain", "text": text[at:]})
    return found


def _blocks(lines: list[str]) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        line = lines[at]
        start = at
        at += 1
        if not line.strip() or _COMMENT.fullmatch(line):
            continue
        heading, picture = _HEADING.fullmatch(line), _PICTURE.fullmatch(line)
        if heading is not None:
            yield {"kind": "heading", "level": len(heading[1]), "text": heading[2]}
        elif picture is not None:
            yield {"kind": "picture", "name": picture[2], "words": picture[1]}
        elif line.startswith("|"):
            at = _end(lines, start, lambda one: one.startswith("|"))
            rows = [one for one in lines[start:at] if not _RULE.fullmatch(one)]
            yield {"kind": "table", "rows": [[runs(cell) for cell in _cells(row)] for row in rows]}
        elif line.startswith("    "):
            at = _end(lines, start, lambda one: one.startswith("    "))
            yield {"kind": "code", "text": "\n".join(one[4:] for one in lines[start:at])}
        elif _ITEM.fullmatch(line):
            at = _end(lines, start, lambda one: _ITEM.fullmatch(one) is not None)
            items = [_ITEM.fullmatch(one) for one in lines[start:at]]
            numbered = bool(items[0] and items[0][2])
            yield {"kind": "list", "numbered": numbered, "items": [runs(one[3]) for one in items if one]}
        else:
            at = _end(lines, start, lambda one: bool(one.strip()) and not _begins(one))
            yield {"kind": "paragraph", "runs": runs(" ".join(lines[start:at]))}


def _begins(line: str) -> bool:
    """Whether another block than a paragraph begins."""
    return bool(line.startswith(("|", "#", "!", "    ", "<!--")) or _ITEM.fullmatch(line))


def _end(lines: list[str], start: int, goes_on: Any) -> int:
    at = start + 1
    while at < len(lines) and goes_on(lines[at]):
        at += 1
    return at


def _cells(row: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", row.strip().strip("|"))]
