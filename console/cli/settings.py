"""Settings from the command line: shown, set, reset, and handed from one machine to many."""

from functools import partial
from pathlib import Path

import click

from console.cli.main import Session, answering
from console.cli.output import Exit, told_refusal
from console.domain.errors import Refused
from console.i18n import _
from console.settings import DECLARED, GROUPS, Declared, change_settings, exported, imported, read_layers
from console.settings.files import not_allowed
from console.system import site_settings_file
from console.whole_file import save_whole
from console.words import refusal


@click.group()
def settings() -> None:
    """设置:查看、修改、恢复默认、导入导出 / show, set, reset, import, export."""


@settings.command("show")
@click.argument("names", nargs=-1)
@click.option("--differing", is_flag=True, help="只看改动过的 / only what was changed")
@partial(answering, unsettled=True)
def show(session: Session, names: tuple[str, ...], differing: bool) -> None:
    """各项设置、默认值与可用的值 / every setting, its default, what is allowed."""
    layers = read_layers(session.folder)
    for name in names:
        _declared(name)
    wanted = names or tuple(DECLARED)
    listed = [name for name in wanted if not differing or name in layers.differing]
    told = {
        name: {
            "value": getattr(layers.settings, name),
            "default": getattr(layers.base, name),
            "differs": name in layers.differing,
            "locked": name in layers.locked,
            "restart": DECLARED[name].restart,
        }
        for name in listed
    }
    site = str(site_settings_file())
    faults = [told_refusal(fault) for fault in layers.faults]
    session.answer.give({"settings": told, "site_file": site, "faults": faults})
    heads = (_("设置"), _("值"), _("默认"), "", _("用途"))
    rows = (
        (
            name,
            DECLARED[name].kind.written(getattr(layers.settings, name)),
            DECLARED[name].kind.written(getattr(layers.base, name)),
            "▣" if name in layers.locked else "●" if name in layers.differing else "",
            _(":").join((_(GROUPS[DECLARED[name].group]), _(DECLARED[name].words))),
        )
        for name in listed
    )
    session.answer.table(heads, rows)
    for fault in layers.faults:
        session.answer.say(refusal(fault))
    if layers.faults:
        raise SystemExit(Exit.FINDINGS)


@settings.command("set")
@click.argument("name")
@click.argument("value")
@partial(answering, unsettled=True)
def set_one(session: Session, name: str, value: str) -> None:
    """改一项设置 / set one."""
    kind = _declared(name).kind
    try:
        read = kind.read(value)
    except ValueError as problem:
        raise not_allowed(name, value) from problem
    change_settings(session.folder, {name: read})
    session.answer.give({"name": name, "value": read})
    session.answer.say(f"{name} = {kind.written(read)}")


@settings.command("reset")
@click.argument("names", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="全部,席位姓名除外 / all but who sits here")
@partial(answering, unsettled=True)
def reset(session: Session, names: tuple[str, ...], everything: bool) -> None:
    """恢复默认 / back to the default."""
    if bool(names) == everything:
        raise click.UsageError(_("请写明设置的名称,或用 --all"))
    layers = read_layers(session.folder)
    wanted = [name for name, of in DECLARED.items() if not of.personal] if everything else list(names)
    for name in wanted:
        _declared(name)
    change_settings(session.folder, {name: getattr(layers.base, name) for name in wanted})
    session.answer.give({"reset": wanted})
    session.answer.say(_("已恢复默认:{names}").format(names=_("、").join(wanted)))


@settings.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option("--all", "everything", is_flag=True, help="连同默认值 / with the defaults too")
@partial(answering, unsettled=True)
def export(session: Session, file: Path | None, everything: bool) -> None:
    """导出为 TOML,可作 /etc/grid-console/settings.toml / for other machines; without FILE to the screen."""
    text = exported(read_layers(session.folder), everything=everything)
    if file is None:
        session.answer.give({"toml": text})
        if not session.answer.as_json:
            click.echo(text, nl=False)
        return
    save_whole(file, text.encode())
    session.answer.give({"file": str(file)})
    session.answer.say(_("设置已导出:{file}").format(file=file))


@settings.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@partial(answering, unsettled=True)
def bring_in(session: Session, file: Path) -> None:
    """导入:有误的项列出,其余生效 / what is wrong is listed, the rest taken."""
    good, faults = imported(file)
    locked = read_layers(session.folder).locked
    taken = {name: value for name, value in good.items() if name not in locked}
    change_settings(session.folder, taken)
    faults = [
        *faults,
        *(Refused("setting_locked", name=n, file=site_settings_file()) for n in good if n in locked),
    ]
    session.answer.give({"taken": sorted(taken), "faults": [told_refusal(fault) for fault in faults]})
    for fault in faults:
        session.answer.say(refusal(fault))
    session.answer.say(_("已导入 {count} 项设置").format(count=len(taken)))
    if faults:
        raise SystemExit(Exit.FINDINGS)


def _declared(name: str) -> Declared:
    if name not in DECLARED:
        raise Refused("unknown_setting", name=name)
    return DECLARED[name]
