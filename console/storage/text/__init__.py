"""The text index: which cases hold which characters, kept beside the rows and always checked against them."""
