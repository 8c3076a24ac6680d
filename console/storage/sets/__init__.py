"""Which cases have what: sets of case ids by value, for counts that read no row and pages at any depth.

A set says of every case how it stood when its block of ids was last read. The journal tells which cases
were touched since; those are read anew, so that an answer holds for the very moment it is asked for.
"""
