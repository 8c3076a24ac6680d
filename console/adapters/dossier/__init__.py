"""A case on paper: a PDF that anybody can read, with its record inside and a seal over every byte."""
