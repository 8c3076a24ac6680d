"""Put together: from a data folder and a database URL to an open desk."""

from functools import partial
from pathlib import Path

from console.adapters.practice import standard
from console.domain.errors import Refused
from console.runtime.anchor import keep_last_anchor
from console.runtime.desk import Desk
from console.settings import read_settings
from console.storage.backup import Tell
from console.storage.engine import database_url
from console.storage.evidence import FOLDER
from console.storage.practice import read_practice
from console.storage.unit import Store
from console.system import DRILL, keep_log
from console.words.labels import use_labels


def open_desk(folder: Path, url: str | None, tell: Tell | None = None) -> Desk:
    """Open (and where needed make) the store of `folder`, or the one at `url`.

    `tell` hears how far the copy of the database before an upgrade has come.

    Raises Refused: `folder_not_writable` and those of Store.prepare.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        keep_log(folder)
    except OSError as problem:
        raise Refused("folder_not_writable", folder=folder, said=problem.strerror) from problem
    store = Store(database_url(url, folder), evidence_folder(folder), standard())
    store.prepare(tell)
    with store.read() as view:
        use_labels(read_practice(view.connection, standard()).labels)
    desk = Desk(store)
    desk.before_closing(partial(keep_last_anchor, desk, folder))
    return desk


def evidence_folder(folder: Path) -> Path:
    """Where photos and files lie: the folder that the settings name, which seats may share.

    A drill has its own whatever the settings say: nothing of it is kept among what is real.
    """
    if (folder / DRILL).exists():
        return folder / FOLDER
    try:
        named = read_settings(folder).evidence
    except Refused:  # only `doctor` comes so far with damaged settings, and it says so itself
        named = ""
    return folder / Path(named or FOLDER).expanduser()
