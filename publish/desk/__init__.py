"""Serve the review desk to a browser: HTTP, access, pages; no rule of the trade is here.

- `routes.py`: every address, what it needs, and what it answers
- `data.py`: results as JSON
"""
