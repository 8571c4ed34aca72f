"""What a text is: its kind, and where it has no title, what it is about or what its file is called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.corpus import metadata_patterns as patterns
from analysis.corpus.headings_and_days import days
from analysis.corpus.headlines import Found
from analysis.corpus.issue import tidy
from analysis.corpus.region import Where, named_in
from analysis.grammar import grammar
from analysis.grammar.vocabularies import KindCue
from analysis.model import TextKind

_TOLD = 2  # cues that are named as the reason
_LEAST = 3  # what a kind must reach; below it the kind is not known
_HEAD = 500  # characters that count as the head of a text
_LINE = 60  # a first line that may be a headline
_PARTS = re.compile("[_ ]+")  # of a file name: a place, a title, a remark
_ABOUT = re.compile("试题|题库|考试|名录|名单")  # what only asks or lists is not of the kind of what it names
_TEXT = 2500  # characters that are looked at: what a text is shows early


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind of a text and the words it was read from, in Chinese."""

    kind: TextKind
    why: str


def kind_of(lines: Sequence[str], titles: Sequence[str] = (), name: str = "") -> Kind | None:
    """The kind of a text by its ``lines`` and ``titles`` (its title, its letter's, or a headline).

    ``name`` is that of its file; it is asked where the text itself is silent. None: nothing tells.
    """
    text = "\n".join(lines)[:_TEXT]
    titles = [title for title in titles if title] or [line for line in lines[:1] if len(line) <= _LINE]
    names = [name] if _ABOUT.search(name) else [name, *_PARTS.split(name)]
    return _decide(_found(titles, text)) or _decide(_of_titles(names), "取自文件名")


def _found(titles: Sequence[str], text: str) -> list[tuple[KindCue, str]]:
    found = _of_titles(titles)
    for cue in grammar().kind_cues:
        if cue.where == "title":
            continue
        match = cue.regex.search(text, 0, _HEAD) if cue.where == "head" else cue.regex.search(text)
        if match:
            found.append((cue, _short(match.group())))
    return found


def _of_titles(titles: Sequence[str]) -> list[tuple[KindCue, str]]:
    cues = [cue for cue in grammar().kind_cues if cue.where == "title"]
    found = ((cue, next((title for title in titles if cue.regex.search(title)), "")) for cue in cues)
    return [(cue, title) for cue, title in found if title]


def _decide(found: list[tuple[KindCue, str]], source: str = "") -> Kind | None:
    sums: Counter[TextKind] = Counter()
    for cue, _ in found:
        sums[cue.kind] += cue.weight
    if not sums:
        return None
    # Reports and answers repeat the forms of what they speak of, so that they win where sums are equal.
    kind, weight = max(sums.items(), key=lambda item: (item[1], _ORDER.index(item[0])))
    if weight < _LEAST:
        return None
    heaviest = sorted((one for one in found if one[0].kind is kind), key=lambda one: -one[0].weight)
    told: list[str] = []
    for cue, words in heaviest:
        if len(told) < _TOLD and not any(words in one for one in told):
            told.append(f"{source or _SOURCE[cue.where]}“{words}”")
    return Kind(kind, "、".join(told))


_ORDER = tuple(TextKind)
_SOURCE = {"title": "标题为", "head": "开头有", "text": "文中有"}


def _short(words: str, longest: int = 24) -> str:
    words = " ".join(words.split()).strip("，。：；（(“”、 ")
    return words if len(words) <= longest else words[: longest - 1] + "…"


_OPENING = 600
_NUMBER = re.compile(r"[（(]([\u4e00-\u9fff]{1,10}[〔\[]20\d\d[〕\]]\d{1,4} ?号)[）)]$")
_YEARS = re.compile(r"[（(]20\d\d ?年?[—–―－~～至-]{1,2} ?20\d\d ?年?[）)]")
_OWN = re.compile("^[我本全该]?[省市县区州国]?$")  # 我市 says not which
_JOINED = re.compile("^.*暨(?=全[省市县区国]|20|第)")
_SHORTEST = 6
_LETTER = re.compile("^关于(?:印发|发布|公布)|的通知$")
MARKS = {TextKind.NEWS: "报道", TextKind.ANSWERS: "解读"}  # what a text is to the one that it is about


@dataclass(frozen=True, slots=True)
class Reported:
    """The text that is spoken of: its title, its number ("" where none is given) and the words that name it."""

    title: str
    number: str
    words: str
    mark: str = ""  # what the text is to it, where its kind does not say: 答复

    def titled(self, kind: TextKind) -> Found:
        """The title of a text of this kind that has none of its own."""
        return Found(f"{self.title}（{self.mark or MARKS[kind]}）", f"没有标题，取正文所说的{self.words}")

    def numbered(self, kind: TextKind) -> Found | None:
        """The number of the text that is spoken of."""
        why = f"取自正文“{self.words}（{self.number}）”，是所{MARKS[kind]}文件的文号"
        return Found(tidy(self.number), why) if self.number else None


def reported(lines: Sequence[str]) -> Reported | None:
    """The first text that the head of a report says was issued; None where none is."""
    head = "\n".join(lines)[:_OPENING]
    answered = patterns.PROPOSAL.find(head)
    if answered:
        return Reported(f"《{answered['name']}》提案", "", f"《{answered['name']}》", "答复")
    found = patterns.REPORTED.find(head)
    if found is None:
        return None
    name = found["name"] or found["second"]
    number = found["number"] or found["second_number"] or ""
    inside = _NUMBER.search(name)
    if inside:
        name, number = name[: inside.start()], inside[1]
    years = _YEARS.match(head, found.end())
    title = name + (years.group() if years else "")
    return Reported(_LETTER.sub("", title), number.replace(" ", ""), f"《{name}》")


def leaned_on(lines: Sequence[str]) -> Reported | None:
    """The first plan or measure that a report quotes, where nothing says what it is about."""
    found = patterns.QUOTED_TEXT.find("\n".join(lines)[:_OPENING])
    return Reported(_LETTER.sub("", found["name"]), "", f"《{found['name']}》") if found else None


def held(lines: Sequence[str]) -> Reported | None:
    """The meeting that a report is of."""
    found = patterns.MEETING.find("\n".join(lines)[:_OPENING])
    if found is None:
        return None
    name = _JOINED.sub("", found["name"] or found["held"])
    who = found["who"] or ""
    title = name if not who or _OWN.match(who) or name.startswith(who) else f"{who}召开{name}"
    return Reported(title, "", f"“{found.group()}”") if len(title) >= _SHORTEST else None


def purpose(lines: Sequence[str]) -> Found | None:
    """The title that the set phrase of a text without one gives: 现就加快建设，提出如下意见。"""
    found = patterns.PURPOSE.find("\n".join(lines)[:_OPENING])
    if found is None:
        return None
    words = found["name"] or f"关于{found['what']}的{found['kind']}"
    return Found(words, f"没有标题，按“{found.group()}”拟名")


# What the name of a file says of the text in it, where the text itself is silent.
_NO_TITLE = re.compile(
    r"^(?:新建|下载|未命名|无标题|文档|文件|附件|正文|政策|扫描|微信|副本|untitled|document|download)", re.I
)
_CHINESE = re.compile("[\u4e00-\u9fff]")
_PREFIX = re.compile(r"^[A-Za-z]{0,2}\d{0,4}[_\-. 、]+")
_LEAST_CHINESE = 6


def file_title(name: str) -> Found | None:
    """The title that a file name states: six Chinese characters at least, and no name that a program gave."""
    words = _PREFIX.sub("", name).replace("_", " ").strip()
    if _NO_TITLE.match(words) or len(_CHINESE.findall(words)) < _LEAST_CHINESE:
        return None
    return Found(words, f"取自文件名“{name}”")


def file_place(name: str) -> Where | None:
    """The place that a file name begins with, or the only one that it names."""
    if file_title(name) is None:
        return None
    found = named_in(_PREFIX.sub("", name), "取自文件名")
    return (found[0], f"取自文件名“{name}”") if found else None


def file_issued(name: str, kind: TextKind = TextKind.UNKNOWN) -> Found | None:
    """The day or the year in a file name that states a title; of a period the first year.

    A summary is named after the year it looks back on, a call after the year that is paid for.
    """
    if file_title(name) is None:
        return None
    why = f"取自文件名“{name}”"
    whole = days(name) or days(re.sub(r"(?<!\d)(20\d\d)([01]\d)([0-3]\d)(?!\d)", r"\1-\2-\3", name))
    if whole:
        return Found(whole[0].iso, why)
    if (kind is TextKind.SUMMARY and "总结" in name) or (kind is TextKind.CALL and "年度" in name):
        return None
    year = patterns.TITLE_YEAR.find(name)
    return Found(year["year"], why) if year else None
