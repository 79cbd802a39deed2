"""Record who approved or rejected which translation, and decide what that is worth now.

- `choosing.py`: finds the sentences that a reviewer names.
- `ledger.py`: reads and writes `NAME.review.csv`, the file with the decisions.
- `rowfindings.py`: names the rows that are not signed as they should be.
- `rows.py`: the type of a row.
- `states.py`: the state of an edition: draft, reviewed or approved.
- `subjects.py`: what can be reviewed, with the digests that a ledger names it by.
- `trust.py`: signs rows, and says what a row is worth.
- `verdicts.py`: whether a decision in the ledger still holds.
"""
