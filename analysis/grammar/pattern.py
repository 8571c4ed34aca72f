"""A pattern with what proves it. Patterns stand beside the code that uses them; a test collects and tries them all."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, eq=False)
class Pattern:
    """A regular expression that finds each of ``examples`` and nothing in ``not_``.

    What stands in ``except_`` is blanked out before a text is searched.
    """

    text: str
    examples: tuple[str, ...]
    not_: tuple[str, ...]
    except_: tuple[str, ...] = ()
    whole: bool = False  # it stands for all of a text

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The expression compiled, when it is first used."""
        return re.compile(self.text)

    @cached_property
    def find(self) -> Callable[[str], re.Match[str] | None]:
        """Finds the first hit in a text; offsets stay true, since exceptions are blanked and not cut out.

        Without exceptions it is the search of the expression itself: a reading asks thousands of times.
        """
        search = self.regex.fullmatch if self.whole else self.regex.search

        def found(text: str) -> re.Match[str] | None:
            for words in self.except_:
                text = text.replace(words, "\0" * len(words))
            return search(text)

        return found if self.except_ else search
