"""Releases: name, list, sign and describe editions for readers, and verify a release.

`assembling.py`: all files of a release, by name
`attesting.py`: statements of others that they built a release again
`faults.py`: findings about the files of a release
`feeds.py`: Atom and OPDS feeds
`gathering.py`: the editions to be released, checked and described
`linking.py`: links between the released pages of HTML
`manifest.py`: `manifest.json`, the list of what a release contains
`news.py`: what has changed since the previous release
`outcome.py`: what was verified, and what was released, in words
`releasefolder.py`: the release folder, replaced in one step
`rebuilding.py`: a release built again and compared
`recovery.py`: a page to print, from which a lost key is written down again
`site.py`: the HTML pages of a release
`sums.py`: the list of checksums, `SHA256SUMS`
`toolchain.py`: the versions of programs, libraries and fonts
`trust/`: the newest release, and the keys that count
`verifying.py`: a release checked without the workspace
"""
