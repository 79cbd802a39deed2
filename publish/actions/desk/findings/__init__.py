"""What is wrong in a text, by sentence.

- `judged.py`: the findings in a text, judged again where something changed
- `whole.py`: those of a long text, judged aside
"""
