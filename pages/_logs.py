"""What the log holds of what goes wrong: the kind of an exception and the code that it passed, never its words.

The words of an exception may be those of a comment, and those of the login's routes come from the provider or from an
address: both may name people. Whatever logger is asked, of ours or of a library, its records are made here.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from analysis.pipeline import without_words

_LOGIN_ROUTES = "streamlit.web.server.starlette.starlette_auth_routes"
_HIDDEN = "…"


def keep_words_out() -> None:
    """Have every logger of this process, and every thread that fails, leave out the words of exceptions."""
    make = logging.getLogRecordFactory()
    if getattr(make, "keeps_words_out", False):
        return
    logging.setLogRecordFactory(_Wordless(make))
    threading.excepthook = _thread_failed


class _Wordless:
    """A factory of log records."""

    keeps_words_out = True

    def __init__(self, make: Callable[..., logging.LogRecord]) -> None:
        self.make = make

    def __call__(self, *given: Any, **more: Any) -> logging.LogRecord:
        """A record whose exception, if any, is told without its words."""
        record = self.make(*given, **more)
        if record.exc_info:
            problem = record.exc_info[1]
            record.exc_info, record.exc_text = None, without_words(problem) if problem else ""
        if isinstance(record.args, tuple):
            hidden = record.name == _LOGIN_ROUTES
            record.args = tuple(_argument(value, hidden) for value in record.args)
        return record


def _argument(value: object, hidden: bool) -> object:
    if isinstance(value, BaseException):
        return type(value).__name__
    return _HIDDEN if hidden and isinstance(value, str) else value


def _thread_failed(failed: threading.ExceptHookArgs) -> None:
    if failed.exc_value is not None and failed.exc_type is not SystemExit:
        name = failed.thread.name if failed.thread else ""
        logging.getLogger("zhengheng").error("thread failed: %s", name, exc_info=failed.exc_value)
