"""The manual from the command line: its pages, what is found in them, all of it as a PDF."""

from pathlib import Path

import click

from console.cli.main import Session, answering
from console.i18n import _, language
from console.words.manual import PAGES, find, page_text, page_title


@click.command()
@click.argument("page", type=click.Choice(PAGES), required=False)
@click.option("--find", "asked", help="查找 / find words in it")
@click.option("--pdf", type=click.Path(path_type=Path, dir_okay=False), help="存为 PDF / save all as a PDF")
@answering
def manual(session: Session, page: str | None, asked: str | None, pdf: Path | None) -> None:
    """手册:目录、一页、查找、存为 PDF / contents, a page, a search, a PDF."""
    if pdf is not None:
        from console.runtime.manual import save_manual

        size = save_manual(pdf)
        session.answer.give({"file": str(pdf), "bytes": size})
        session.answer.say(_("手册已保存:{file}").format(file=pdf))
    elif asked is not None:
        hits = find(asked, language())
        session.answer.give({"found": [{"page": hit.page, "count": hit.count} for hit in hits]})
        for hit in hits:
            session.answer.say(
                f"{hit.page}  {page_title(hit.page, hit.language)} ({hit.count})  {hit.around}"
            )
    elif page is not None:
        session.answer.give({"page": page, "text": page_text(page, language())})
        if not session.answer.as_json:
            click.echo(page_text(page, language()))
    else:
        session.answer.give({"pages": {one: page_title(one, language()) for one in PAGES}})
        for one in PAGES:
            session.answer.say(f"{one:12s} {page_title(one, language())}")
