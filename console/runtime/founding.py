"""How a data folder comes to its city (demo, training, a pack of one's own), and how a sample goes again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from console.domain.errors import Refused
from console.geography.rules import Finding
from console.i18n import named
from console.runtime.desk import Desk
from console.services.city import load_city
from console.storage.engine import database_url
from console.storage.setting_aside import put_back, set_aside, set_aside_places
from console.storage.unit import Store, Unit

# The stage (console.words.STAGES) and how far it is, 0 to 1; to stop everything it raises what it likes.
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Founded:
    """What is there now; `made` is False where it was there before."""

    city: str
    unit_grids: int
    cases: int
    made: bool = True


@dataclass(frozen=True, slots=True)
class Checked:
    """A pack looked through: what was good by kind, what was bad, and how much of that is no hindrance."""

    city: str
    generated: bool
    good: tuple[tuple[str, int], ...]
    findings: Sequence[Finding]
    tolerable: int

    @property
    def serious(self) -> int:
        return len(self.findings) - self.tolerable

    @property
    def lacks_advice(self) -> bool:
        """Whether nobody can be proposed when a case is dispatched: the pack names nobody responsible."""
        good = dict(self.good)
        return not (good["departments"] and good["rules"])


def found_demo(desk: Desk, *, by: str, at: datetime, count: int, progress: Progress) -> Founded:
    """The demo city with a quarter of cases, in one transaction. Raises Refused("other_city")."""
    from console.adapters.demo.city import demo_city
    from console.adapters.demo.history import Span, write_history

    present = desk.store.profile()
    if present is not None:
        if not present.generated or present.training:
            raise Refused("other_city", present=present.name, coming=demo_name())
        return Founded(present.name, 0, 0, made=False)
    content = demo_city(_share(progress, "city"))

    def install(unit: Unit) -> int:
        load_city(unit, content, by=by, at=at)
        return write_history(unit, Span(at, count=count), _share(progress, "cases")) if count else 0

    made = desk.do_now(install)
    return Founded(named(content.profile.name, content.profile.name_en), len(content.unit_grids), made)


def found_training(desk: Desk, *, by: str, at: datetime, progress: Progress) -> Founded:
    """The training city with some weeks of cases and exercises. Raises Refused("city_present")."""
    from console.adapters.demo.history import Span, write_history
    from console.adapters.demo.training import CASES, DAYS, training_city, write_exercises

    _require_none(desk)
    content = training_city(_share(progress, "city"))

    def install(unit: Unit) -> int:
        load_city(unit, content, by=by, at=at)
        cases = write_history(unit, Span(at, count=CASES, days=DAYS), _share(progress, "cases"))
        return cases + len(write_exercises(unit, content, by=by, at=at))

    made = desk.do_now(install)
    return Founded(named(content.profile.name, content.profile.name_en), len(content.unit_grids), made)


def found_own(
    desk: Desk, pack: Path, *, by: str, at: datetime, tolerant: bool, progress: Progress
) -> Founded:
    """A pack of one's own, all or nothing. Raises as console.adapters.pack.read_pack; `other_city`."""
    from console.adapters.pack import read_pack

    content = read_pack(pack, progress, tolerant=tolerant)
    desk.do_now(load_city, content, by=by, at=at)
    return Founded(named(content.profile.name, content.profile.name_en), len(content.unit_grids), 0)


def check(pack: Path, progress: Progress) -> Checked:
    """Look a pack through without loading it. Raises Refused where it cannot be read at all."""
    from console.adapters.pack import survey_pack
    from console.adapters.pack.content import TOLERABLE

    content, findings = survey_pack(pack, progress)
    good = (
        ("divisions", len(content.divisions)),
        ("responsibility_grids", len(content.responsibility_grids)),
        ("unit_grids", len(content.unit_grids)),
        ("departments", len(content.departments)),
        ("rules", len(content.rules)),
        ("classes", sum(len(one.classes) for one in content.catalogues)),
        ("staff", len(content.staff)),
    )
    tolerable = sum(item.rule in TOLERABLE for item in findings)
    return Checked(
        named(content.profile.name, content.profile.name_en),
        content.profile.generated,
        good,
        findings,
        tolerable,
    )


def remove_sample(folder: Path, url: str | None, at: datetime) -> Path:
    """Take a demo or training city away, with all that was entered in it; where it lies now.

    The desk is closed. Raises Refused: `city_not_sample` (a real city never goes this way),
    `sample_on_server`, `no_city`, `database_in_use`.
    """
    if database_url(url, folder) != database_url(None, folder):
        raise Refused("sample_on_server")
    present = _present(folder)
    if present is None:
        raise Refused("no_city")
    name, generated = present
    if not generated:
        raise Refused("city_not_sample", name=name)
    return set_aside(folder, at)


def put_sample_back(folder: Path, url: str | None) -> Path:
    """Undo `remove_sample`; where it lay. Raises Refused: `city_present`, `nothing_set_aside`."""
    if database_url(url, folder) != database_url(None, folder):
        raise Refused("sample_on_server")
    present = _present(folder)
    if present is not None:
        raise Refused("city_present", name=present[0])
    return put_back(folder)


def waiting_aside(folder: Path) -> Path | None:
    """What `put_sample_back` would bring back, None where nothing was set aside."""
    kept = set_aside_places(folder)
    return kept[-1] if kept else None


def demo_name() -> str:
    """What the demo city is called, without making it."""
    import tomllib

    from console.system import resource

    raw = tomllib.loads(resource("demo", "territory.toml").read_text("utf-8"))
    return str(raw["city"]["name"])


def _present(folder: Path) -> tuple[str, bool] | None:
    if not (folder / "console.sqlite").exists():
        return None
    store = Store(database_url(None, folder))
    try:
        store.prepare()
        profile = store.profile()
    finally:
        store.close()
    return None if profile is None else (named(profile.name, profile.name_en), profile.generated)


def _require_none(desk: Desk) -> None:
    present = desk.store.profile()
    if present is not None:
        raise Refused("city_present", name=present.name)


def _share(progress: Progress, stage: str) -> Callable[[int, int], None]:
    return lambda done, whole: progress(stage, done / max(1, whole))
