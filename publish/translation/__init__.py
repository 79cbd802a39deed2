"""Load, check, compose and save a document in a language; no other room does this.

- `approving.py`: sorts out which sentences can be approved or rejected.
- `sourcechanges.py`: what changed in a source, for the translators of a language.
- `composing.py`: makes the translated document from a source and its translations.
- `held.py`: finds sentences whose translation cannot be shown, because its marks are wrong.
- `inputs.py`: looks at what a source needs beside its text: image files and letters of fonts.
- `judging.py`: runs the checks on a translation; refuses one that does not pass the draft gate.
- `narrowing.py`: what changed in a translation, and the part of it that this concerns.
- `loading.py`: reads the files of a workspace, each once.
- `pictures.py`: looks at the image files of a source before anything is laid out.
- `reviewed.py`: a translation with the review state of each sentence.
- `saving.py`: writes a catalog, and merges what another program saved meanwhile.
- `translation.py`: the type `Translation`, one document in one language.
"""
