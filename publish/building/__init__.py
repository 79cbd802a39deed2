"""Building editions: hash the inputs, prepare the texts, write the files in worker processes.

`builds.py`: the build itself; leaves unchanged editions, restores cached ones, makes the others
`answers.py`: the answers of cluster workers, as data
`cache.py`: the cache of finished editions, by key
`cachefolder.py`: the folder of a cache, its entries and its limit
`beside.py`: links between the pages of HTML in `build/`
`fileerrors.py`: why a file of a build could not be read or written
`farm.py`: builds on a Dask cluster
`auditing.py`: the check of the files that were built
`messenger.py`: the process that speaks to a cluster
`draftpages.py`: pages of a PDF as they are now, for people who work on the text
`pagecounts.py`: page counts of the languages compared
`sheetcounts.py`: how many sheets a booklet has, and when they are too many
`keys.py`: the key of an edition: the hash of everything it is made from
`makers.py`: a digest of the code and the libraries that make editions
`looking.py`: which editions of a large archive are up to date, looked at in several processes
`editionlimits.py`: how much time and memory an edition may take, and the errors beyond
`limits.py`: worker processes within these limits
`parts.py`: processes that lay out the parts of a long book, or read beside another
`spareworkers.py`: idle workers, lent to those that lay out long books
`partcache.py`: parts of long books and chunks of long sources, kept in the cache
`pairing.py`: two prepared texts joined for a bilingual edition
`planning.py`: what a build would do, its estimated cost, and its shares for several machines
`preparing.py`: source and catalogs made into a text that can be written
`inorder.py`: outcomes told in the order of the editions
`readingahead.py`: what tasks share, read before the workers start
`records.py`: the record of each edition that was built
`worklimits.py`: limits of time and memory for work in this process
`documentstatus.py`: how far a document is in a language, for `publish status`
`vouching.py`: codes that only this user can make, for editions made on this machine
`stopping.py`: a command that the system or the terminal ends stops as with Ctrl-C
`tasks.py`: one task for a worker: the editions of a document in a language
`validators.py`: installed validators, run on finished files
"""
