"""One case: facts, place, timeline and the acts it allows."""
