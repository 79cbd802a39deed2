"""Find the files of a workspace, as they are now and as they were in git.

- `appending.py`: private files of lines that outlive a killed process.
- `chosen.py`: editions for several languages in one file, and those with equal files.
- `history.py`: reads commits and old versions of files from git.
- `locking.py`: lets one command at a time write in a workspace or a folder.
- `orphans.py`: catalogs whose source is gone.
- `packedwords.py`: which catalog of the package has the program's own words in a language.
- `pastsource.py`: reads a source as it was in a commit.
- `sourcefolder.py`: what a folder of sources has, and the encodings of its files.
- `workspace.py`: the paths, documents, languages and editions of a workspace.
"""
