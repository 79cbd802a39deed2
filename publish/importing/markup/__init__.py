"""HTML read as a document: pages of the web, and what converters write.

- `pagetree.py`: a page as a tree, within limits, and questions about its elements
- `pagehead.py`: what the head of a page says: title, authors, date
- `pagemain.py`: the main part of a page, and what is around it and within it that is no text
- `regions.py`: parts of pages that are no text: menus, cookie notices, related links
- `pagenotes.py`: notes and their marks
- `reading.py`: what reading a page needs to know, and its list of losses
- `pagemarks.py`: elements within a line of text
- `pageblocks.py`: elements that are blocks
- `pagelists.py`: lists and terms
- `pagetables.py`: tables; `headerlook.py`: headers that no mark says
- `byhand.py`: lists and captions that were typed as text
- `flattening.py`: blocks as the lines of one text, for cells, captions and terms
- `pagefigures.py`: pictures and their captions
- `finishing.py`: what would be refused, put right: ids, links, levels, titles
- `pagereader.py`: `read_html`
"""
