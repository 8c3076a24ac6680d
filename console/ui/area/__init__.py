"""An area selected on the map as the filter of the queue."""
