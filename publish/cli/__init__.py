"""The command line: parse arguments, print results, return exit codes.  Only this room prints.

- `commands.py`: the table of commands
- `main.py`: finds a command, runs it and prints its errors
- `options.py`: options that several commands share
- `printing.py`: prints findings, errors and notes
- `progress.py`: shows how far a build is

Each other file is a command of the same name, with `add_arguments(parser)` and `run(arguments)`.
"""
