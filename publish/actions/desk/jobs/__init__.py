"""Builds, kits, imports, updates and a look before a release, one after another.

- `running.py`: the jobs that wait, run and are done
- `orders.py`: what is sent to their process, and what it answers
- `process.py`: the process that does one; `work.py`: what each does
- `received.py`: files that people send; `downloads.py`: files to take away
"""
