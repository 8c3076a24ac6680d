"""Grid Console (网格指挥台): the supervisor console of a city's digital urban management."""

__version__ = "0.1.0"
