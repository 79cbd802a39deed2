"""Booklets, and files for a printing house.

- `sheets.py`: the order of a booklet's pages on its sheets.
- `imposing.py`: pages put on the sheets of a booklet.
- `press.py`: marks for trimming, boxes and colours for a printing house.
- `pressprofile.py`: the colour profile of a printing condition.
"""
