"""The page of the settings: searched, changed at once, reset, handed to other machines."""
