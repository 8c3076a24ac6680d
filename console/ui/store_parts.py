"""What of the store's side is imported when: first what shows a city and its rows, then all the rest.

Never on the window's thread: all of it takes as long as the map takes to be painted.
"""


def load_first() -> None:
    """What the first rows and the map ask."""
    import console.queries.city
    import console.queries.holding
    import console.queries.map
    import console.queries.presence
    import console.queries.queue
    import console.queries.seats
    import console.services.presence  # noqa: F401


def load_rest() -> None:
    """What the first click, key or word asks."""
    import console.command.city_lexicon
    import console.command.completion
    import console.command.meaning
    import console.command.writing_acts
    import console.queries.approvals
    import console.queries.attention
    import console.queries.board
    import console.queries.boundaries
    import console.queries.calendar
    import console.queries.case
    import console.queries.paging
    import console.queries.wall
    import console.queries.warm
    import console.queries.why
    import console.runtime.anchor
    import console.runtime.holidays
    import console.runtime.jobs
    import console.runtime.sealing
    import console.runtime.text_index
    import console.services.collection
    import console.services.foresight
    import console.services.steps  # noqa: F401
