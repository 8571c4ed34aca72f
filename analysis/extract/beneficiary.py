"""Who receives, as written and as the class that provinces are compared by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis import grammar
from analysis.extract.sentences import Part
from analysis.model import Receiver

UNWRITTEN = "未写明"
NOUN = (
    "(?:企业|机构|高校|院校|院所|人员|经理人|经纪人|团队|单位|专员|人才|负责人|完成人|发明人|持有者|平台|基地|项目|学校"
    "|一方|方|企業|機構)"
)
NOUNS = rf"{NOUN}(?:[、和及与][^，；]{{0,8}}?{NOUN})*"
# 第四条 · （三） · 3. · 一、 in front of the words.
NUMBERING = r"(?:第[一二三四五六七八九十百零]+条[\s　]*|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[.、．]\s*|[一二三四五六七八九十]+、)?"
GENERIC = re.compile(r"(?:我[省市]|本[省市])?(?:各类)?(?:企业|单位|机构|高校|高校院所|团队|人员|项目|企業|機構)?")

# Each pattern finds `who`; the order in _named is the order of how directly the words say it.
TO = re.compile(
    rf"^{NUMBERING}(?:对于?|對|凡)(?P<who>[^，；]+?)(?=，|,|；|$|一次性|给予|予以|給予|按|分别|分別|省级财政|市级财政|奖励|应当?给予|應"
    r"|可(?:按|以|破格|申报|享受))"
)
LEANING = re.compile(r"向(?P<who>[^，；]{2,24}?)(?:适当)?倾斜")
CHOSEN = re.compile(r"评选(?:\d+[位名家个])?(?P<who>[^，；]{2,20}?)(?:予以|给予|并)")
SUBMITTED = re.compile(r"将(?P<who>[^，；]{2,24}?)纳入")
HOLDER = re.compile(
    rf"^{NUMBERING}(?:其中|并|且|可)?(?P<who>[^，；]{{2,40}}?{NOUNS})(?:(?:可以|可|应当)(?!从|将|按|在|对|给予|提取|根据|与)|获得|享有|持有|依法|取得)"
)
SET_UP = re.compile(r"(?:设立|聘用|配备|配置)(?P<who>[^，；]{2,16}?(?:专员|人员|经理人|经纪人))")
URGED = re.compile(rf"(?:支持|鼓励|引导|允许)(?:和鼓励|和支持)?(?P<who>[^，；]{{0,24}}?{NOUNS})(?!转移|建设|与|配备)")
MERITED = re.compile(rf"对(?P<who>[^，；：]{{2,40}}?{NOUNS})(?:给予|予以|进行)")
GRANTED = re.compile(rf"(?:用于一次性奖励|用于奖励|奖励给|奖励|给予|用于|作为)(?P<who>[^，；。\d]{{2,30}}?{NOUN})(?:等支出|奖励)?")
SUBJECT = re.compile(rf"^{NUMBERING}(?P<who>[^，；]{{2,60}}?{NOUN})，$")


@dataclass(frozen=True, slots=True)
class Beneficiary:
    """Name as written, class, and the words that say when it is given."""

    name: str
    receiver: Receiver
    trigger: str


def beneficiary(parts: Sequence[Part], before: Sequence[Part], previous: Sequence[Part]) -> Beneficiary:
    """Who a statement gives to.

    ``parts`` are the statement's, ``before`` those before it in its sentence, ``previous`` those of the sentence
    before; each is asked only where the nearer one is silent.
    """
    text = "".join(part.text for part in parts)
    name, condition = _named(parts, before)
    if not name:
        name, _ = _named(previous, ())
        if not name and previous and (found := MERITED.search("".join(part.text for part in previous))):
            name = _short(found["who"])
    context = "".join(part.text for part in before)
    return Beneficiary(name or UNWRITTEN, _receiver(name, text, context), condition or _condition(text))


def _named(parts: Sequence[Part], before: Sequence[Part]) -> tuple[str, str]:
    """(who, in which case): either may be empty."""
    if not parts:
        return "", ""
    condition = ""
    if found := TO.match(parts[0].text.strip("，；。、 ")):
        who = found["who"]
        if not who.endswith("的") and re.search(NOUN, who):
            return _short(who), ""
        condition = _short(who)
    for pattern in (SUBMITTED, LEANING, CHOSEN, MERITED, HOLDER):
        for part in parts:
            if found := pattern.search(part.text):
                return _short(found["who"]), condition
    for pattern in (SET_UP, URGED):
        for part in reversed((*before, *parts)):
            if found := pattern.search(part.text):
                return _short(found["who"]), condition
    for part in parts:
        if found := GRANTED.search(part.text):
            return _short(found["who"]), condition
    for part in (*before, *parts):
        if found := SUBJECT.search(part.text):
            return _short(found["who"]), condition
    return (f"{condition}的" if condition else ""), condition  # 对重新认定的: the text names no other receiver


def _short(who: str) -> str:
    who = who.split("对")[-1] if re.match("[^对]{1,6}对", who) else who  # 银行对科技型企业
    return re.sub(r"^(?:我[省市](?:设立的)?|符合条件的|一次性|对|于|其他)", "", who).strip("，、；的")


def _condition(text: str) -> str:
    """The first stretch that ends in 的， (the case that is supported)."""
    found = re.search(r"(?:^|，)([^，；]{4,60}?)的(?:（含[^）]*）)?，", text)
    return found[1].strip("，") if found else ""


def _receiver(name: str, text: str, context: str) -> Receiver:
    """The class of the name; of a name that could be anybody (企业), that of the words around it."""
    for words in (name, *((text, context) if GENERIC.fullmatch(name) else ())):
        for receiver in grammar.receivers():
            bare = words
            for exception in receiver.exceptions:
                bare = bare.replace(exception, "")
            if any(cue in bare for cue in receiver.cues):
                return Receiver(receiver.id)
    return Receiver.OTHER
