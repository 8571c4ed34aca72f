"""What the lines around a text say of it: title, number, signatures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from analysis.corpus import metadata_patterns as patterns
from analysis.corpus.headings_and_days import MARKER, only_day
from analysis.grammar.places import places_in
from analysis.model import Level

_HEAD_LINES = 40
_HEADLINES = 16
_RUN_IN = 40  # characters of a line that may open with a title
_LEAST_REPEATED = 10
_TWO = re.compile("[：: ]|结束|开始")  # a line of two: the name of a column or a state before the title
_ITEM = re.compile(r"^\d{1,2}[、.] ?")
_LEAST = 5  # Chinese characters in a headline
_CHINESE = re.compile("[\u4e00-\u9fff]")
_ENCLOSURE = re.compile(r"附[件录][一二三四五六七八九十\d]{0,2}[：:]?$")
_SITE = re.compile(
    r"^(?:首页|网站首页|当前位置|您(?:当前|现在)?所在|索引号|主题分类|浏览|字体|打印|登录|来源)|[>＞»|｜]$|[：:]$"
)
_LABELLED = re.compile(r"^(?:(?:名称|标题|文件名称|信息名称|题目|发文标题|文件标题|法规名称|政策名称)[：:]|标题 )")
_PREFIX = re.compile(r"^(?P<place>[\u4e00-\u9fff]{2,8})[：:](?=关于|《)")
_QUOTED = re.compile(r"^《([^《》]+(?:《[^《》]+》[^《》]*)*)》$")
_SENTENCE = re.compile(r"[。；！]|，")
_HEADLINE = re.compile(r"^[^。；，>＞]{6,60}$")
_BODY = re.compile(r"。|^.{100,}$")
_JOINS = re.compile(r"^关于|关于(?:印发|转发|公布|发布|下发)?$|(?:印发|转发|发布|关于)[《\u4e00-\u9fff]*$")

_MINISTRY = r"[\u4e00-\u9fff]+?(?:部(?!门|委)|总局|局|改革委|委员会|署|银行)"
_FILE_NAME = re.compile(r"\.(?:docx?|pdf|xlsx?|wps|ofd|txt|zip|rar)$", re.I)
_BARS = " |｜"  # edges of cells behind a line
_CRUMB = re.compile(r"^(?:1[.、] ?[^，。；：]{0,10}(?:首页|主页)|2[.、] ?[^，。；：]{1,8})$")
_NEXT_FIELD = re.compile("责任编辑|浏览|名称|主题分类|索引号")  # of a table that has lost its lines
_CRUMBS = re.compile(r"^\d{1,2}[.、] ?[^，。；：]{1,12}$")


@dataclass(frozen=True, slots=True)
class Found:
    """A value and why we think so, in Chinese."""

    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Title(Found):
    """The title of a text, the title of the letter that sends it (if any), and whether it is only a headline."""

    letter: str = ""
    headline: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, and when (ISO)."""

    names: tuple[str, ...]
    day: str
    words: str  # of the line with the date
    line: int  # the first of its lines
    end: int  # the one behind its last, notes on its publication included


@dataclass(frozen=True, eq=False)
class Stated:
    """The lines of a text, and what they state of it, each looked for once."""

    lines: list[str]

    @cached_property
    def head(self) -> list[str]:
        """The lines before the first numbered heading (:func:`head_lines`)."""
        return head_lines(self.lines)

    @cached_property
    def title(self) -> Title | None:
        """The title that the head states; None where there is none.

        A letter that sends a text gives way to what it sends. A headline is the first short line of a text that names
        itself no policy.
        """
        return _title(self)

    @cached_property
    def opened(self) -> re.Match[str] | None:
        """The title (and day and number) that the first long line of a text opens with."""
        for line in self.head[:_HEADLINES] or self.lines[:1]:
            found = patterns.RUN_IN_TITLE.find(_ITEM.sub("", line)) if len(line) > _RUN_IN else None
            if found or (_BODY.search(line) and not is_no_title(line)):
                return found
        return None

    @cached_property
    def signed(self) -> Signature | None:
        """The signature: the first one with names, else a date alone in the head of a text or at its end."""
        found = signatures(self.lines)
        named = (one for one in found if one.names)
        edges = (one for one in found if one.line < len(self.head) or one.line >= len(self.lines) - 3)
        return next(named, None) or next(edges, None)

    def label(self, *names: str) -> Found | None:
        """What the table above a text (发文机关：…, 发布日期：…) gives for the first of ``names`` that it has."""
        return next((self._labels[name] for name in names if name in self._labels), None)

    @cached_property
    def _labels(self) -> dict[str, Found]:
        found: dict[str, Found] = {}
        for line in self.head:
            labels = list(patterns.LABEL.regex.finditer(line))
            for one, end in zip(labels, [*(after.start() for after in labels[1:]), len(line)], strict=False):
                value = _NEXT_FIELD.split(line[one.end() : end].strip())[0].strip()
                if value:
                    found.setdefault(one["name"], Found(value, f"取自“{one['name']}：{value}”"))
        return found


def head_lines(lines: list[str]) -> list[str]:
    """The lines before the first numbered heading, 40 at most; a path through the site set as a list is none."""
    for number, line in enumerate(lines[:_HEAD_LINES]):
        if MARKER.match(line) and not _is_crumb(lines, number):
            return lines[:number]
    return lines[:_HEAD_LINES]


def _is_crumb(lines: list[str], number: int) -> bool:
    """Whether a numbered line is a step of the way from the start page, which opens the text: 1. 某网首页, 2. 栏目.

    Cleaning may have taken the first step out.
    """
    above = lines[: number + 1]
    return bool(_CRUMB.match(above[0])) and all(_CRUMBS.match(line) for line in above)


def _title(stated: Stated) -> Title | None:
    found = [words for _, _, words in titles(stated.head)]
    letters = [one for one in found if _enclosed(one)]
    texts = [one for one in found if one not in letters]
    if letters:
        inside = _enclosed(letters[0])
        below = next((one for one in texts if _same(one, inside)), "")
        if below:
            longer = max((below, inside), key=len) if _bare(below) == _bare(inside) else below
            return Title(longer, f"取自印发件自身的标题“{below}”", letters[0])
        return Title(inside, f"取自通知标题“{letters[0]}”", letters[0])
    opened = stated.opened
    if texts:
        words = _repeated(texts, stated.lines)
        if opened and words in opened["title"]:
            words = opened["title"]
        return Title(words, f"取自标题行“{words}”")
    for line in stated.head:
        labelled = patterns.LABELLED_TITLE.find(line)
        if labelled and len(_CHINESE.findall(labelled["title"])) >= _LEAST:
            words = labelled["title"].strip(" ")
            return Title(words, f"取自网页信息“{words}”")
    if opened:
        return Title(opened["title"], f"取自开头“{opened['title']}”")
    for line in stated.lines[:_HEAD_LINES]:
        if sent := patterns.SENDS.find(line):
            return Title(sent["name"] or sent["other"], f"取自“{sent.group()[:60]}”")
    return _headline(stated.head[:_HEADLINES])


def _repeated(texts: list[str], lines: list[str]) -> str:
    """The title that a text states: the first one, unless that stands once, and a later one again in what follows."""
    words = _bare("".join(lines[:_HEAD_LINES]))
    times = {one: words.count(_bare(one)) for one in texts}
    if times[texts[0]] > 1:
        return texts[0]
    again = next((one for one in texts if times[one] > 1 and len(one) >= _LEAST_REPEATED), texts[0])
    return texts[0] if again in texts[0] and not _TWO.search(texts[0]) else again


def _headline(lines: list[str]) -> Title | None:
    """The first short line above the body, which is neither of the site nor a date, a number or a name."""
    for line in map(_whole, lines):
        if _is_headline(line):
            return Title(line, f"没有文件标题，取首行“{line}”", headline=True)
        if called := patterns.OPENING_CALL.find(line):
            return Title(called["title"], f"没有文件标题，取首行“{line}”", headline=True)
        if _BODY.search(line) and not is_no_title(line):
            return None
    return None


def _whole(line: str) -> str:
    """A line without the edges of cells and the page's table behind it."""
    table = patterns.TABLE_BEHIND.find(line)
    return (line[: table.start()] if table else line).rstrip(_BARS)


def _is_headline(line: str) -> bool:
    if (
        not (_HEADLINE.match(line) or patterns.COMMA_HEADLINE.find(line))
        or len(_CHINESE.findall(line)) < _LEAST
        or _SITE.search(line)
        or is_no_title(line)
        or only_day(line)
    ):
        return False
    if _ENCLOSURE.match(line) or _FILE_NAME.search(line) or line.startswith(("（", "*", "-", "《")):
        return False
    if line.endswith(("、", "：", ":")) or patterns.LABEL.find(line) or patterns.PAGE_DAY.find(line):
        return False
    return not (patterns.DOCUMENT_NUMBER.find(line) or patterns.BODY.find(line))


def titles(lines: list[str]) -> list[tuple[int, int, str]]:
    """(first line, line behind the last, words) of every title among ``lines``, with what belongs to it around."""
    found: list[tuple[int, int, str]] = []
    for at, line in enumerate(line.rstrip(_BARS) for line in lines):
        words = _stripped(line)
        if not 4 <= len(words) <= 110 or _SITE.search(line) or _SENTENCE.search(re.sub("《.*》", "", words)):
            continue
        if is_no_title(line) or not patterns.KIND.find(words) or words.startswith("附件") or MARKER.match(line):
            continue
        first, end = at, at + 1
        if at and _wraps(lines[at - 1], words):
            first, words = at - 1, _stripped(lines[at - 1]) + words
        while end < len(lines) and end < at + 3 and patterns.BRACKET_LINE.find(lines[end]):
            words += lines[end]
            end += 1
        found.append((first, end, words))
    return found


def _wraps(above: str, words: str) -> bool:
    """Whether a title goes on from the line above it."""
    if words.startswith("关于") or len(above) > 60 or _SENTENCE.search(above) or _SITE.search(above):
        return False
    if patterns.KIND.find(above) or patterns.DOCUMENT_NUMBER.find(above) or only_day(above):
        return False
    if above.endswith(("）", "》", "号", "”")) or patterns.BODY.find(above):
        return False
    opened = above.count("《") > above.count("》")
    region = places_in(words[:8])
    starts_anew = bool(region) and region[0][0] == 0 and "关于" not in above
    named = places_in(above[:8])
    return opened or (
        not starts_anew and (bool(_JOINS.search(above)) or (bool(named) and named[0][0] == 0 and len(above) <= 30))
    )


def _stripped(line: str) -> str:
    """A title line without its number, the name of the site's column and the marks around it."""
    words = _PREFIX.sub("", _LABELLED.sub("", _FILE_NAME.sub("", line)))
    found = patterns.DOCUMENT_NUMBER.find(words)
    if found and found.start() == 0:
        words = words[found.end() :]
    elif found and found.end() == len(words.rstrip("）)")) and not words[: found.start()].endswith(("（", "(")):
        words = words[: found.start()]
    if label := patterns.LABEL.find(words):
        words = words[: label.start()]
    words = words.strip(" ")
    quoted = _QUOTED.match(words)
    return quoted[1] if quoted else words


def _enclosed(words: str) -> str:
    """What a letter sends, by its title; "" for any other title."""
    found = patterns.ENCLOSES.find(words)
    if not found:
        return ""
    inside = found["quoted"] or found["asked"] or found["plain"] or ""
    return re.sub(r"^《(.*)》$", r"\1", inside).replace("〈", "《").replace("〉", "》")


def _bare(words: str) -> str:
    return re.sub(r"[（(][^（）()]*[）)]|[\s《》〈〉]", "", words)


def _same(one: str, other: str) -> bool:
    short, long = sorted((_bare(one), _bare(other)), key=len)
    return bool(short) and (short in long and len(short) >= 0.6 * len(long))


def signatures(lines: list[str]) -> list[Signature]:
    """Every signature: lines that are names of bodies, with a line below them that is a date; dates alone as well."""
    found: list[Signature] = []
    for at, line in enumerate(lines):
        day = only_day(line)
        if day is None:
            continue
        first = at
        names: list[list[str]] = []
        while first and (patterns.CLOSING_NOTE.find(lines[first - 1]) or _signs(lines[first - 1])):
            first -= 1
            if _signs(lines[first]):
                names.append(split_names(lines[first]))
        end = at + 1
        while end < len(lines) and patterns.CLOSING_NOTE.find(lines[end]):
            end += 1
        found.append(Signature(tuple(chain.from_iterable(reversed(names))), day.iso, line, first, end))
    return found


def _signs(line: str) -> bool:
    return 2 <= len(line) <= 60 and patterns.BODY.find(line) is not None and MARKER.match(line) is None


def split_names(line: str) -> list[str]:
    """``某省科技厅某省财政厅`` -> both: a new name starts where the place that opens the line comes again.

    Names of ministries (科技部教育部) hold no place; they end with their kind.
    """
    line = re.sub(r"[（(](?:代章|盖章|章)[）)]$", "", line.strip())
    named = places_in(line)
    if not named or line[: named[0][0]] not in ("", "中共"):
        return [line]
    if named[0][2].level is Level.NATION:
        parts = re.findall(_MINISTRY, line)
    else:
        place = line[named[0][0] : named[0][1]]
        starts = [found.start() for found in re.finditer(f"(?:中共)?{re.escape(place)}", line)]
        parts = [line[start:end].strip("、 ") for start, end in zip(starts, [*starts[1:], len(line)], strict=True)]
    whole = "".join(parts) == re.sub("[、 ]", "", line)
    return parts if whole and all(patterns.BODY.find(part) for part in parts) else [line]


def is_no_title(line: str) -> bool:
    """Whether ``line`` belongs to the page and not to the text on it."""
    words = line.strip()
    return any(
        pattern.find(words) is not None
        for pattern in (patterns.NO_TITLE, patterns.NO_TITLE_IN, patterns.COLUMN, patterns.LABEL_LINE)
    )
