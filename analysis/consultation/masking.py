"""Comments as they may be published: who sent them cannot be told, and nobody can be reached through their words.

Persons keep their surname (朱**), bodies are called by what they are (某企业). From the words go the sender's names,
numbers of telephones, identity cards and accounts, and addresses of mail and the web. A name of somebody else cannot
be told from other words: whoever publishes reads the table once.
"""

from __future__ import annotations

import re

from analysis.consultation.comments import SenderType

HIDDEN = "***"
_BODIES = {
    SenderType.ENTERPRISE: "某企业",
    SenderType.UNIVERSITY: "某高校院所",
    SenderType.ASSOCIATION: "某协会",
    SenderType.DEPARTMENT: "某部门",
}
_BODY = re.compile(
    "公司|集团|厂|店|大学|学院|学校|医院|研究院|研究所|协会|学会|联盟|商会|促进会|联谊会|中心|局|厅|委|处|政府|办公室|科$"
)
_PERSON = re.compile(r"[\u3400-\u9fff]{2,4}(?:先生|女士|老师|教授|同志)?|[\u3400-\u9fff]{1,8}·[\u3400-\u9fff·]{1,16}")
_NOBODY = re.compile(r"匿名|网友|用户|市民|群众|群眾|游客|热心|\*+|未知|不详|无名")
# Compound surnames in use: 百家姓 and the census of 2010.
_COMPOUND = re.compile(
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|宇文|长孙|轩辕|端木|百里|南宫|东郭|呼延|澹台|独孤|第五|歐陽|司馬|諸葛"
)
_DIGIT = "[0-9０-９]"
_DASH = "[-－—‐ ]?"
_REACHED = re.compile(
    # in this order: mail, web, identity card, mobile and other telephones, accounts
    rf"[A-Za-z0-9._%+＋-]{{1,64}}[@＠][A-Za-z0-9.-]{{1,190}}"
    rf"|(?:https?://|www\.)[^\s\u3000-\u9fff，。；）]{{1,300}}"
    rf"|(?<![0-9０-９]){_DIGIT}{{17}}[0-9０-９XxＸ](?![0-9０-９])"
    rf"|(?<![0-9０-９])(?:[+＋]?86{_DASH})?[1１]{_DIGIT}{{2}}{_DASH}{_DIGIT}{{4}}{_DASH}{_DIGIT}{{4}}(?![0-9０-９])"
    rf"|(?<![0-9０-９])[(（]?[0０]{_DIGIT}{{2,3}}[)）]?{_DASH}{_DIGIT}{{7,8}}(?![0-9０-９])"
    rf"|(?<![0-9０-９]){_DIGIT}{{16,19}}(?![0-9０-９])"
    r"|(?<=微信)(?:号|號)?[:：]?\s?[A-Za-z][A-Za-z0-9_-]{5,19}"
    r"|(?<=[QqＱ][QqＱ])(?:号|號)?[:：]?\s?[1-9]\d{4,10}"
)
_TOLD = re.compile(
    r"(?<=联系人)[:：是为]\s?[\u3400-\u9fff]{2,4}|(?<=我叫)[\u3400-\u9fff]{2,3}(?=[，。,.、；]|$)"
    r"|(?<=聯繫人)[:：是為]\s?[\u3400-\u9fff]{2,4}"
)


def masked_sender(sender: str, kind: SenderType) -> str:
    """Who sent a comment, as it may be published: 朱**, 某企业, 匿名."""
    words = sender.strip()
    if not words or words == HIDDEN or _NOBODY.match(words):
        return "匿名"
    parts = re.split(r"[\s　/、，,（()）]+", words)
    persons = [each for each in parts if _PERSON.fullmatch(each) and not _BODY.search(each)]
    bodies = len(persons) < len([each for each in parts if each])
    body = _BODIES.get(kind, "某单位") if bodies else ""
    return " ".join(filter(None, (body, _masked_name(persons[0]) if persons else "")))


def masked_text(text: str, sender: str = "") -> str:
    """The words of a comment without its sender's names and without what reaches anybody."""
    for name in sorted(_names(sender), key=len, reverse=True):
        text = text.replace(name, HIDDEN)
    return _TOLD.sub(HIDDEN, _REACHED.sub(HIDDEN, text))


def _names(sender: str) -> set[str]:
    """The names in a sender's cell that could show in its words; one of a single character cannot be told."""
    words = sender.strip()
    if _NOBODY.match(words):
        return set()
    parts = {words, *re.split(r"[\s　/、，,（()）]+", words)}
    return {each for each in parts if len(each) >= 2}


def _masked_name(name: str) -> str:
    surname = _COMPOUND.match(name)
    return (surname.group() if surname else name[:1]) + "**"
