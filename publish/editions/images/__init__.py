"""Collects the images of an edition and removes their metadata.

- `collecting.py`: the images of a document, as an edition can show them.
- `paths.py`: the file of an image, however its path is written.
- `kinds.py`: the kind of an image, told by its first bytes.
- `printed.py`: how large images are printed.
- `converting.py`: images turned, in sRGB, with 8 bits, and no larger than they are printed.
- `drawings.py`: what an SVG shows that is not drawn: images and fonts.
- `cleaning.py`: images without the place, device, time and notes that they carry.
- `profiles.py`: colour profiles without names, texts and dates.
- `sizes.py`: width and height, and the limits for them.
"""
