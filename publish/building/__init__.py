"""Editions made: inputs hashed, read and checked, written by worker processes.

`keys` says whether an edition must be made at all, `preparing` reads and assembles what it is
written from, `running` spreads the writing over processes and puts the files in place.
"""
