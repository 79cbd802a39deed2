"""Collects the images of an edition and removes their metadata.

- `collecting.py`: the image files beside a source, by the paths it gives.
- `cleaning.py`: images without the place, device, time and notes that they carry.
- `profiles.py`: colour profiles without names, texts and dates.
- `sizes.py`: width and height, and the limits for them.
"""
