"""Stop a command in order when the system or the terminal asks it to."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["stop_on_signals"]

SIGNALS = ("SIGTERM", "SIGHUP")
"""What a system that shuts down and a terminal that is closed send."""


@contextmanager
def stop_on_signals() -> Iterator[None]:
    """Treat these signals as Ctrl-C, so that processes and temporary files are cleaned up.

    Signals that are handled or ignored already (`nohup`) are left alone.
    """

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    numbers = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
    taken = [one for one in numbers if signal.getsignal(one) is signal.SIG_DFL]
    if threading.current_thread() is not threading.main_thread():
        taken = []  # Python sets handlers only in the main thread.
    for number in taken:
        signal.signal(number, interrupt)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)
