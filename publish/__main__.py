"""Run the command line: `python -m publish`."""

from __future__ import annotations

import sys

from publish.cli.main import main

sys.exit(main())
