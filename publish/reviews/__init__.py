"""Record who approved or rejected which translation, and decide what that is worth now.

- `choosing.py`: finds the sentences that a reviewer names.
- `ledger.py`: reads and writes `NAME.review.csv`, the file with the decisions.
- `states.py`: the state of an edition: draft, reviewed or approved.
- `subjects.py`: what can be reviewed, with the digests that a ledger names it by.
- `verdicts.py`: whether a decision in the ledger still holds.
"""
