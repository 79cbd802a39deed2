"""What differs by language: one small module each for the languages with rules of their own.

`publish.languages.registry.find` is the way in.  A language gets a module here, and a line in
the registry, only when it has rules of its own; every other one is made from its tag by
`publish.languages.neutral`.  Babel is imported by `cldr` alone, Pyphen by `hyphenation` alone.
"""
