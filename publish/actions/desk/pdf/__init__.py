"""The real pages of a PDF, with the place of every sentence on them.

- `pages.py`: the newest pages of one PDF, which a process of their own lays out and draws
- `messages.py`: what is sent to that process, and what it answers; `process.py`: the process
"""
