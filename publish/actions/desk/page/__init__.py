"""The page of a text, of which only what changed is composed again.

- `live.py`: the whole page in one way of showing, and its changed blocks
- `blocks.py`: the blocks of a text; `pieces.py`: the pieces of a page, composed one by one
- `texts.py`: one language of a page, composed text by text
- `front.py`: cover, imprint and contents
- `style.py`: the style sheet; `images.py`: the images
"""
