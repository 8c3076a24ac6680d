"""The one door to the store, for the window and the command line alike."""
