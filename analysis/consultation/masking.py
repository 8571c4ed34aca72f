"""Comments as they may be published: who sent them cannot be told, and nobody can be reached through their words.

Persons keep their surname (朱**), bodies are called by what they are (某企业). From the words go the sender's names,
what follows 联系人 or 我叫, signatures, addresses, numbers of telephones, identity cards and accounts, addresses of
mail and the web. A name of somebody else in a sentence cannot be told from other words: ``doubtful`` names the places
that a person reads before publishing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from analysis.consultation.comment_text import as_simple
from analysis.consultation.comments import Comment, SenderType
from analysis.consultation.masking_patterns import ADDRESS, DOUBTFUL, LABELLED, NAMED, REACHES, SIGNED
from analysis.consultation.sender_patterns import (
    ASSOCIATION,
    CITIZEN,
    COMPOUND_SURNAMES,
    DEPARTMENT,
    ENTERPRISE,
    MAIL,
    NOBODY,
    UNIVERSITY,
)
from analysis.grammar.pattern import Pattern
from analysis.grammar.places import all_places_in

HIDDEN = "***"
NO_NAME, SOMEBODY, SOME_BODY = "匿名", "个人", "某单位"
_BODIES = {
    SenderType.ENTERPRISE: "某企业",
    SenderType.UNIVERSITY: "某高校院所",
    SenderType.ASSOCIATION: "某协会",
    SenderType.DEPARTMENT: "某部门",
}
_BODY_WORDS = (ENTERPRISE, UNIVERSITY, ASSOCIATION, DEPARTMENT)
_BODY_END = re.compile("公司|厂|店|中心|[局厅委处]$|科$|办公室|集团|(?<=[\u3400-\u9fff]{3})[会院所站社]$")
_PART = re.compile(r"[\s\u3000/、，,；;：:|｜]+")
_BRACKETS = re.compile(r"[（(【\[]([^（()）【】\[\]]{0,60})[）)】\]]")
_ROLES = re.compile(
    "法定代表人|法人代表|法人|负责人|联系人|经办人|承办人|代表|委托代理人|代理人|签名|签字|盖章|姓名|单位|等?[0-9一二三四五六七八九十]+人"
    "|本人|先生|女士|老师|教授|同志|同学|博士|律师|工程师|研究员|主任|经理|总经理|董事长|院长|校长|所长|处长|科长|局长"
)
_PERSON = re.compile(
    r"[\u3400-\u9fff]{1,4}|[\u3400-\u9fff]{1,12}[·•・‧．.][\u3400-\u9fff·•・‧．.]{1,24}|[A-Z][A-Za-z.·-]{0,24}"
)
_LATIN = re.compile(r"([A-Z][a-z.]{0,20}) (?=[A-Z])")
_COMPOUND = re.compile(COMPOUND_SURNAMES + "|第五|百里")
_KIND = re.compile(
    "(?:股份|有限|责任|集团|控股|总|分|子|公司|科技|技术|生物|信息|网络|智能|新材料|材料|医药|制药|药业|农业|机械|电子|环保|能源|化工|实业"
    "|工业|工程|咨询|服务|管理|知识产权|代理|事务所|贸易|商贸|文化|传媒|教育|投资|发展|产业|开发|设备|制造|建设|数据|软件|食品"
    "|大学|学院|学校|医院|研究[院所]|协会|学会|商会|联合会|促进会|中心|[省市县区厅局委处办院所厂店会校])+$"
)
_GENERIC = re.compile(
    r"(?:[某一本我该全省市县区级家的各地方位名]|企业|公司|高校|大学|学校|院校|学院|科研|院所|机构|医院|协会|学会|部门|单位|政府|机关|中心|集团|个人|市民|群众|网友"
    r"|职工|教师|学生|居民|村民|农民|代表|负责人|法定代表人|法人|联系人|技术|经理人|转移|创新|科技|工作者|人员|员工|从业|者)+"
)
_LONG_ENOUGH = 4  # characters of the name of a body by which it is known


def masked_sender(sender: str, kind: SenderType) -> str:
    """Who sent a comment, as it may be published: 朱**, 某企业, 某高校院所 褚**, 个人, 匿名."""
    persons, bodies = _told(sender)
    if kind is SenderType.CITIZEN:  # 高校教师
        bodies = [body for body in bodies if not _GENERIC.fullmatch(body)]
    body = _BODIES.get(kind, SOME_BODY) if bodies else ""
    person = _masked_name(persons[0]) + (" 等" if len(persons) > 1 else "") if persons else ""
    if body or person:
        return " ".join(filter(None, (body, person)))
    words = as_simple(sender)
    if CITIZEN.find(words) and not NOBODY.find(words):
        return SOMEBODY
    return _BODIES.get(kind, NO_NAME) if _GENERIC.fullmatch(words.strip()) else NO_NAME


def _told(sender: str) -> tuple[list[str], list[str]]:
    """The persons and the bodies that the cell of a sender names; what only reaches them is neither."""
    words = MAIL.regex.sub(" ", as_simple(sender).strip().strip("*"))
    words = _LATIN.sub(r"\1·", words)
    inner = [part for found in _BRACKETS.findall(words) for part in _PART.split(found)]
    outer = _PART.split(_BRACKETS.sub(" ", words))
    bodies = [part for part in outer if _is_body(part)]
    persons = [part for part in outer if not _is_body(part)]
    if bodies:  # 中国石油大学（华东）: what stands in brackets behind a body is part of its name
        inner = [part for part in inner if _ROLES.search(part)]
    bodies += [part for part in inner if _is_body(part)]
    persons += [part for part in inner if not _is_body(part)]
    return [name for each in persons if (name := _person(each))], bodies


def _is_body(words: str) -> bool:
    return bool(_BODY_END.search(words)) or any(pattern.find(words) for pattern in _BODY_WORDS)


def _person(words: str) -> str:
    """The name of a person without roles and forms of address; "" where there is none."""
    if NOBODY.find(words):
        return ""
    name = _ROLES.sub("", words)
    if not name or CITIZEN.find(name) or _GENERIC.fullmatch(name) or not _PERSON.fullmatch(name):
        return ""
    return name


def _masked_name(name: str) -> str:
    surname = _COMPOUND.match(name)
    return (surname.group() if surname and len(name) > surname.end() else name[:1]) + "**"


def masked_text(text: str, sender: str = "") -> str:
    """The words of a comment without its sender's names and without what reaches anybody.

    A name that stands behind 联系人 or 我叫 goes from the whole text.
    """
    return _until_nothing_more(text, sender, lambda words: HIDDEN)


def covered_text(text: str, sender: str = "") -> str:
    """The same with a star for each character: every other word stays in its place, and spans in it hold."""
    return _until_nothing_more(text, sender, lambda words: "*" * len(words))


def _until_nothing_more(text: str, sender: str, instead: Callable[[str], str]) -> str:
    """What is hidden can show what else is to be."""
    for _ in range(_MOST_PASSES):
        simple = as_simple(text)
        masked = _cut(text, sorted({*_hidden(simple), *_named(simple, sender)}), instead)
        if masked == text:
            break
        text = masked
    return text


_MOST_PASSES = 6
_LETTER_END = 240  # characters in which a signature stands


def covered_comment(comment: Comment, kind: SenderType | None) -> Comment:
    """A comment for people who need not know its sender: no name, no contact; every other word stays in its place."""

    def covered(words: str) -> str:
        return covered_text(words, comment.sender)

    return replace(
        comment,
        text=covered(comment.text),
        title=covered(comment.title),
        reason=covered(comment.reason),
        clause=covered(comment.clause),
        sender=masked_sender(comment.sender, kind or SenderType.UNKNOWN),
        contact="",
    )


def _hidden(simple: str) -> Iterator[tuple[int, int]]:
    """Where words reach somebody."""
    for pattern in (REACHES, LABELLED, ADDRESS):
        yield from (span for span, _ in _spans(pattern, simple))
    end = len(simple.rstrip())
    start = max(end - _LETTER_END, 0)
    yield from ((start + first, start + last) for (first, last), _ in _spans(SIGNED, simple[start:end]))


def _named(simple: str, sender: str) -> Iterator[tuple[int, int]]:
    """Where the sender's names stand, and names that the words themselves say are names."""
    names = _names(sender)
    for span, words in _spans(NAMED, simple):
        yield span
        names.add(words)
    for name in names:
        at = simple.find(name)
        while at >= 0:
            yield at, at + len(name)
            at = simple.find(name, at + len(name))


def _spans(pattern: Pattern, simple: str) -> Iterator[tuple[tuple[int, int], str]]:
    blanked = simple
    for words in pattern.except_:
        blanked = blanked.replace(words, "\0" * len(words))
    for match in pattern.regex.finditer(blanked):
        hidden = next((name for name, words in match.groupdict().items() if words), 0)
        if match.end(hidden) > match.start(hidden):
            yield match.span(hidden), match[hidden]


def _cut(text: str, spans: list[tuple[int, int]], instead: Callable[[str], str]) -> str:
    """``text`` with something else in place of the spans, given in order; those that overlap or touch are one."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    pieces: list[str] = []
    at = 0
    for start, end in joined:
        pieces += [text[at:start], instead(text[start:end])]
        at = end
    return "".join([*pieces, text[at:]])


def _names(sender: str) -> set[str]:
    """The names in a sender's cell that could show in its words; words that any sender could have are none."""
    if NOBODY.find(sender):
        return set()
    persons, bodies = _told(sender)
    found = {each for each in persons if len(each) >= 2}
    found |= {each for each in _PART.split(as_simple(sender).strip()) if each in persons or each in bodies}
    for body in bodies:
        brand = _brand(body)
        found |= {body, brand} if len(brand) >= _LONG_ENOUGH else {body}
        found |= {brand + kind for kind in ("公司", "集团", "厂", "科技", "生物", "大学", "学院") if len(brand) >= 2}
    return {each for each in found if len(each) >= 2 and HIDDEN not in each and not _GENERIC.fullmatch(each)}


def _brand(body: str) -> str:
    """What a body is known by: its name without its place in front and its kind behind; "" where nothing is left."""
    places = [end for start, end, _ in all_places_in(body) if start == 0]
    rest = body[max(places, default=0) :].lstrip("省市县区")
    rest = _BRACKETS.sub("", rest)
    return "" if _GENERIC.fullmatch(brand := _KIND.sub("", rest)) else brand


def doubtful(text: str, sender: str = "") -> tuple[str, ...]:
    """Words of a masked text that may still point to somebody."""
    return tuple(words for _, words in _spans(DOUBTFUL, as_simple(masked_text(text, sender))))
