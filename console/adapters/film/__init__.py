"""The past as a film for a meeting: pictures drawn without a screen, written as WebM or as PNG."""

from console.adapters.film.picture import Pictures, Scene, View
from console.adapters.film.writing import can_encode, film_writer

__all__ = ["Pictures", "Scene", "View", "can_encode", "film_writer"]
