"""Texts that are taken for code, markup or the end of something, unless they are shown as they are."""

from dataclasses import replace

from console.domain.city import CityContent
from tests.cities import small_city

MARKUP = "<img src=x onerror=alert(1)><b>x</b>"
TEXTS = (
    "{{7*191}}",
    "{% for x in y %}{#",
    MARKUP,
    "${7*7}`'\"\\",
    "一\u2028二\u2029三",
    "</script><script>document.title='broken'</script>",
    "&amp; R&D &lt;",
    "%s %(x)s {0} {code}",
)
LONG = "长" * 99_990 + "{{7*191}}"


def hostile_city() -> CityContent:
    """The small city with such texts for the names of departments, divisions and classes."""
    city = small_city()

    def name(at: int) -> str:
        return f"{TEXTS[at % len(TEXTS)]} {at}"

    catalogue = city.catalogues[0]
    classes = [replace(item, name=name(at)) for at, item in enumerate(catalogue.classes)]
    roads = city.layers["roads"].replace("大学路".encode(), b"<b>{{7*191}}</b>")
    return replace(
        city,
        profile=replace(city.profile, name=f"{MARKUP}城", note=MARKUP),
        departments=[replace(item, name=name(at)) for at, item in enumerate(city.departments)],
        divisions=[replace(item, name=name(at)) for at, item in enumerate(city.divisions)],
        catalogues=[replace(catalogue, classes=classes)],
        layers={**city.layers, "roads": roads},
    )
