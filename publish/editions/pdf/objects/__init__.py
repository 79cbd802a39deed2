"""Objects of a file as bytes: each is made once, then let go.

- `fileobjects.py`: objects of a file as bytes.
- `serialising.py`: a file written with each of its objects made once, then let go.
- `objectfiles.py`: what is known of objects meanwhile, in scratch files.
"""
