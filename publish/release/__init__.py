"""Editions handed out: file names, manifest, checksums, signature, feeds, pages; and their proof.

`gathering` builds and describes what is to be released, `making` turns it into files, `placing`
puts them into a folder in one step, `verifying` looks at such a folder as a stranger would.
"""
