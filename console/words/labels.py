"""The names that a city gives the two checks: some call the one before filing 核查 and the other 核实."""

from collections.abc import Mapping

from console.i18n import use_terms

# How our own texts call them: every word of the console says these, in all its sentences.
USUAL: Mapping[str, Mapping[str, str]] = {
    "pre_check": {"zh": "核实", "en": "pre-filing check"},
    "post_check": {"zh": "核查", "en": "post-disposal check"},
}


def use_labels(labels: Mapping[str, Mapping[str, str]]) -> None:
    """Speak with a city's labels (console.domain.practice) from now on, in each language that has them."""
    terms: dict[str, dict[str, str]] = {}
    for key, words in labels.items():
        for language, word in words.items():
            terms.setdefault(language, {})[USUAL[key][language]] = word
    use_terms(terms)
