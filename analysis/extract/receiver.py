"""The class of a receiver from its name, and from the words around a name that could be anybody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analysis.extract import receiver_patterns as patterns
from analysis.grammar import grammar
from analysis.grammar.entries import ReceiverClass
from analysis.model import Receiver

RUN = ("incubator", "platform", "pilot_base", "park")  # what has somebody to run it
_MARKS = re.compile(r"[（）()“”「」『』\"]")
_LIST = re.compile(r"以及|[、，和及或与]")
_PEOPLE = re.compile(r"(?:人员|人才|个人|人|者|团队|专员|专家|带头人|对象|成员|员|的)$")


def receiver_of(name: str, *around: str) -> Receiver:
    """The first class that the name has a cue of.

    A name that could be anybody (企业, 高校院所, none at all) is first what the words ``around`` it, nearest first, say
    that it does. A list is what its first member is: 双创载体和科技服务机构 are incubators. Cues of plain projects and
    enterprises count only where nothing else does.
    """
    return next((one.id for one in _classes(name, around)), Receiver.OTHER)


def _classes(name: str, around: Sequence[str]) -> Iterator[ReceiverClass]:
    """The classes that the name or the words around it have a cue of, the best first."""
    known = grammar().receivers
    if not name or patterns.GENERIC.find(name):
        yield from (one for words in around for one in known if _around(one, name, words))
    if patterns.OPERATES.find(name):
        yield from (one for words in around for one in known if one.id in RUN and one.hit(words))
    heads = _heads(name)
    yield from (one for head in heads for one in known if one.where != "last" and _says(one, name, head))
    yield from (one for words in (*heads, name) for one in known if one.where == "last" and one.hit(words))


def _says(receiver: ReceiverClass, name: str, head: str) -> bool:
    """Whether the name says the class: what one does may stand anywhere in it, what one is only in its head."""
    if receiver.where in ("name", "deed") or (receiver.where == "person" and _PEOPLE.search(name)):
        head = name
    return receiver.hit(head) or receiver.hit(_MARKS.sub("", head))


def _around(receiver: ReceiverClass, name: str, words: str) -> bool:
    """Whether the words around a name that could be anybody say what it does, or name it in full: 机构 … 登记机构."""
    if receiver.where == "deed" or (receiver.where == "person" and (not name or _PEOPLE.search(name))):
        return receiver.hit(words)
    full = receiver.where == "head" and name in ("机构", "单位", "平台")
    return full and any(cue.endswith(name) and cue in words for cue in receiver.cues)


def _run(name: str) -> str:
    """What those run who are named for it: 园区（孵化器）管理运营机构 -> 园区（孵化器）."""
    found = patterns.OPERATOR.regex.search(name)
    return name[: found.start()] if found else name


def _heads(name: str) -> tuple[str, ...]:
    """The nouns that end the name, those of a list one by one; all of it where it ends in 的 and so has none."""
    bare = _run(name.rstrip("等，、 "))
    head = bare if bare.endswith("的") else re.split("的(?![^（(]*[）)])", bare)[-1]
    plain = re.sub("[（(][^）)]*[）)]", "", head)  # 转移机构（经纪人） is a 转移机构 first
    items = [item for item in _LIST.split(plain) if len(item) > 1]
    return tuple(dict.fromkeys((*items, plain, head)))
