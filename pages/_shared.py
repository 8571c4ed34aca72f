"""What is made once for all visitors: kept in memory, bounded, under a name that tells all that it is made from."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Any, TypeVar

Made = TypeVar("Made")

MOST = 1_500  # some 50 KB each: a page takes five to eight
# The framework's own cache digests each key anew, which costs a click more than what it saves here.
_kept: OrderedDict[tuple[Hashable, ...], Future[Any]] = OrderedDict()
_lock = Lock()


def once(make: Callable[[], Made], *key: Hashable) -> Made:
    """What ``make`` gives, made once for each ``key``; whoever asks while it is being made waits for it.

    The key holds the digest of the collection and everything else that the answer depends on; what holds anything of a
    visitor's own is never kept here. What comes back is shared: nobody changes it. What fails is not kept. What was
    not asked for the longest goes first.
    """
    while True:
        with _lock:
            found = _kept.get(key)
            mine = found or Future()
            _kept[key] = mine
            _kept.move_to_end(key)
            while len(_kept) > MOST:
                _kept.popitem(last=False)
        if found is None:
            break
        if found.exception() is None:
            made: Made = found.result()
            return made
        _forget(key, found)  # whoever made it was cut off: try it oneself
    try:
        mine.set_result(make())
    except BaseException as problem:
        _forget(key, mine)
        mine.set_exception(problem)
        raise
    return mine.result()  # type: ignore[no-any-return]


def _forget(key: tuple[Hashable, ...], failed: Future[Any]) -> None:
    with _lock:
        if _kept.get(key) is failed:
            del _kept[key]
