"""All that the simulation looks up in the loaded city, read once and good until the city changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from console.adapters.demo.addresses import AddressBook
from console.adapters.demo.conduct import Conducts
from console.adapters.demo.course import SEED, Course
from console.adapters.demo.crew import Crew
from console.adapters.demo.dice import dice
from console.adapters.demo.mix import ClassMix
from console.adapters.demo.rhythm import Rhythm
from console.adapters.demo.terrain import Terrain
from console.domain.advice import advised
from console.domain.case import Case
from console.domain.catalogue import CaseClass
from console.domain.city import ResponsibilityRule
from console.queries.ground import Ground, ground
from console.storage.city import Reference
from console.storage.places import Place, Places
from console.storage.unit import View


@dataclass(frozen=True)
class Town:
    """One state of a city; works for any city with cells and a catalogue, not only the demo's."""

    reference: Reference
    places: Places
    ground: Ground

    @cached_property
    def rhythm(self) -> Rhythm:
        return Rhythm(self.reference.calendar, SEED)

    @cached_property
    def course(self) -> Course:
        reference = self.reference
        conducts = Conducts(self.ground.names)
        return Course(reference.calendar, self.rhythm.local, conducts, reference.practice.spot_share)

    @cached_property
    def crew(self) -> Crew:
        return Crew(self.reference)

    @cached_property
    def mix(self) -> ClassMix:
        return ClassMix(self.reference.catalogue)

    @cached_property
    def addresses(self) -> AddressBook:
        return AddressBook(self.ground.roads)

    @cached_property
    def terrain(self) -> Terrain:
        return Terrain(self.ground, self.places, self.addresses, SEED)

    def prepared(self) -> "Town":
        """The same with its slow parts built, so that the first report waits for nothing."""
        self.terrain.draw(np.zeros((1, 3)))
        return self

    def address(self, named: str, place: Place) -> str:
        """A road address, or the street (街道) where no named road is near."""
        street = self.ground.names.get(place.street, "")
        return named or (f"{street}辖区内" if street else "")

    def case_class(self, case: Case) -> CaseClass | None:
        """The class a case is of, in the edition it was reported under."""
        return self._classes.get((case.edition, case.class_key))

    def responsible(self, case: Case) -> str:
        """The department the responsibility list names first; empty where it names none."""
        asked = (case.class_key, case.committee, case.district, case.street)
        known = self._advice.get(asked)
        if known is None:
            codes = advised(self._rules(case.class_key), case.class_key, asked[1:])
            known = next((code for code in codes if code in self.reference.departments), "")
            self._advice[asked] = known
        return known

    def another(self, case: Case) -> str:
        """A department that is not responsible, as a wrong dispatch hits one; empty in a town of one."""
        others = [code for code in self.reference.departments if code != self.responsible(case)]
        return others[int(dice("astray", case.id)[0] * len(others))] if others else ""

    def _rules(self, class_key: str) -> Sequence[ResponsibilityRule]:
        known = self._rules_by_class.get(class_key)
        if known is None:
            known = [rule for rule in self.reference.rules if class_key.startswith(rule.class_prefix)]
            self._rules_by_class[class_key] = known
        return known

    @cached_property
    def _classes(self) -> dict[tuple[str, str], CaseClass]:
        return {
            (catalogue.edition, item.key): item
            for catalogue in self.reference.catalogues
            for item in catalogue.classes
        }

    @cached_property
    def _rules_by_class(self) -> dict[str, Sequence[ResponsibilityRule]]:
        return {}

    @cached_property
    def _advice(self) -> dict[tuple[str, str, str, str], str]:
        return {}


def read_town(view: View) -> Town:
    """The city as the simulation needs it. Raises Refused: `no_city`, `no_grids`."""
    return Town(view.reference, view.places, ground(view))
