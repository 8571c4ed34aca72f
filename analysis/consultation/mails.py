"""E-mails as comments, as they are pasted below each other or as a mail program saves one.

What a person answers or passes on, and signatures, are set apart with their reason: they are no words of the sender.
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import parseaddr

from analysis.consultation.comment_patterns import ANSWERS, EARLIER_MAIL, MAIL_FIELD, PASSED_ON, SIGNATURE
from analysis.consultation.comments import Comment, Received, Rejected
from analysis.consultation.letters import Piece, in_order, letter, says
from analysis.model import InputError

EARLIER = "所引的来信，不是本人意见"
SIGNED = "邮件签名"
PASSING_ON = "转发说明，不是意见"
_HEAD_LINES = 12  # lines that the head of an e-mail has at most
_PASSED_ON = 3  # times that a mail was passed on at most; what is deeper stays as it is
_SHORT = 15  # characters that one who only passes a mail on adds at most
_LONGEST_LINE = 2_000
_FIELDS = {
    **dict.fromkeys(("发件人", "发送人", "寄件者", "寄件人", "From"), "from"),
    **dict.fromkeys(("收件人", "收件者", "To"), "to"),
    **dict.fromkeys(("主题", "主旨", "標題", "主題", "邮件主题", "Subject"), "subject"),
    **dict.fromkeys(
        ("发送时间", "发件时间", "发送日期", "日期", "时间", "寄件日期", "傳送時間", "Sent", "Date"), "date"
    ),
}
_OPENING = str.maketrans("[(（<", "    ")


def pasted_mails(text: str) -> Received | None:
    """The comments of e-mails pasted below each other; None where a text has no head of an e-mail."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    heads = _heads(lines)
    return in_order(_of_mails(lines, heads)) if heads else None


def mail_file(data: bytes, name: str) -> Received:
    """The comment of an e-mail as a mail program saves it. Raises InputError: it cannot be read."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        part = message.get_body(("plain", "html"))
        body = str(part.get_content()).replace("\x00", "\ufffd") if part else ""
        if part and part.get_content_type() == "text/html":
            body = _words_of_page(body)
        head = {key: str(message.get(key, "")) for key in ("From", "Date", "Subject")}
    except Exception:  # the package raises many kinds on damaged mails
        raise InputError(name, "", "邮件已损坏，读不出正文", "请把正文复制出来再提交") from None
    mail = _Mail({"from": head["From"], "date": head["Date"], "subject": head["Subject"]}, body.splitlines())
    return in_order(_of_mail(mail))


@dataclass(frozen=True)
class _Head:
    """The head of an e-mail: its lines, from and to, and what they say."""

    start: int
    end: int
    fields: dict[str, str]


@dataclass
class _Mail:
    """An e-mail: what its head says, its own lines, and those of the mail that it answers or passes on."""

    fields: dict[str, str]
    lines: list[str]
    earlier: list[str] = field(default_factory=list)


def _heads(lines: Sequence[str]) -> list[_Head]:
    """The heads of e-mails: lines that follow each other, with who sent it and when or about what."""
    found: list[_Head] = []
    at = 0
    while at < len(lines):
        fields: dict[str, str] = {}
        end = at
        while end < len(lines) and end - at < _HEAD_LINES and (match := _field(lines[end])):
            key, words = match
            fields.setdefault(key, words)
            end += 1
        if "from" in fields and len(fields) > 1:
            found.append(_Head(at, end, fields))
        at = max(end, at + 1)
    return found


def _field(line: str) -> tuple[str, str] | None:
    match = MAIL_FIELD.find(line) if len(line) <= _LONGEST_LINE else None
    if match is None:
        return None
    name = match["name"]
    return _FIELDS.get(name, name), match["words"].strip().strip("*").strip()


def _of_mails(lines: Sequence[str], heads: Sequence[_Head]) -> list[Piece]:
    """Mails pasted below each other; the head of a mail that is answered opens no new one."""
    pieces: list[Piece] = []
    before = "\n".join(lines[: heads[0].start]).strip()
    if before and not all(says(EARLIER_MAIL, line) for line in before.split("\n") if line.strip()):
        pieces.append(letter(before.split("\n")))
    mail: _Mail | None = None
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        body = list(lines[head.end : following.start if following else len(lines)])
        if mail is not None and _is_earlier(mail, head, lines):
            mail.earlier += [*lines[head.start : head.end], *body]
            continue
        if mail is not None:
            pieces += _of_mail(mail)
        mail = _Mail(head.fields, body)
    return pieces + (_of_mail(mail) if mail else [])


def _is_earlier(mail: _Mail, head: _Head, lines: Sequence[str]) -> bool:
    """Whether a head is that of the mail which ``mail`` answers or passes on."""
    above = [line for line in lines[max(head.start - 3, 0) : head.start] if line.strip()]
    if above and says(EARLIER_MAIL, above[-1]):
        return True
    if lines[head.start].lstrip().startswith(">"):
        return True
    _, address = _sender(head.fields["from"])
    if address and address in mail.fields.get("to", ""):  # what is answered came from whom it is sent to
        return True
    subject, earlier = mail.fields.get("subject", ""), head.fields.get("subject", "")
    bare = ANSWERS.regex.sub("", subject).strip()
    return bare != subject.strip() and ANSWERS.regex.sub("", earlier).strip() == bare


def _of_mail(mail: _Mail, passed_on: int = 0) -> list[Piece]:
    """The comment of a mail, then its signature and what it answers; of one that is passed on, the comment inside.

    ``passed_on``: how many mails it stands in.
    """
    own, signature, earlier = _parted(mail.lines)
    earlier += mail.earlier
    subject = mail.fields.get("subject", "")
    inner = _first_of(earlier) if PASSED_ON.find(subject[:_LONGEST_LINE]) and len("".join(own)) <= _SHORT else None
    if inner and passed_on < _PASSED_ON:
        above, passed = inner
        note = "\n".join([mail.fields.get("from", ""), *own, *signature, *above]).strip()
        return [Rejected(0, PASSING_ON, (note,)), *_of_mail(passed, passed_on + 1)]
    name, address = _sender(mail.fields.get("from", ""))
    pieces: list[Piece] = [
        Comment(
            0,
            "\n".join(own).strip() or subject,
            name or address,
            subject if "".join(own).strip() else "",
            contact=address,
            submitted=mail.fields.get("date", ""),
        )
    ]
    for reason, words in ((SIGNED, signature), (EARLIER, earlier)):
        if "".join(words).strip():
            pieces.append(Rejected(0, reason, ("\n".join(words).strip(),)))
    return pieces


def _first_of(lines: Sequence[str]) -> tuple[Sequence[str], _Mail] | None:
    """The first mail in the lines of those that were passed on, and the lines above it."""
    heads = _heads(lines)
    if not heads:
        return None
    end = heads[1].start if len(heads) > 1 else len(lines)
    return lines[: heads[0].start], _Mail(heads[0].fields, list(lines[heads[0].end : end]), list(lines[end:]))


def _sender(words: str) -> tuple[str, str]:
    """Name and address, as mail programs write them or as people paste them (马小明 [mailto:…], 马小明（…）)."""
    words = words[:400]
    name, address = parseaddr(words)
    if "@" not in address:
        name = ""
        parts = words.translate(_OPENING).split()
        address = next((part for part in parts if "@" in part), "").strip("<>[]（）()；;,").removeprefix("mailto:")
    if not name:
        name = words.translate(_OPENING).partition(address)[0] if address else words
    return name.removesuffix("mailto:").strip(" <\"'“”"), address


def _parted(lines: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    """The lines of a mail: its own, its signature, and what it answers (marked by > or below a line that says so)."""
    own: list[str] = []
    signature: list[str] = []
    earlier: list[str] = []
    into = own
    for line in lines:
        if says(EARLIER_MAIL, line):
            into = earlier
        elif line.lstrip().startswith(">") and into is not earlier:
            earlier.append(line)
            continue
        elif into is own and says(SIGNATURE, line) and own:
            into = signature
        into.append(line.rstrip())
    return own, signature, earlier


def _words_of_page(page: str) -> str:
    """The words of a mail written as a web page, a line for each block."""
    from lxml import etree
    from lxml import html as markup  # here: few mails need it

    try:
        root = markup.fromstring(page)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    for node in list(root.iter("br", "p", "div", "tr", "li", "blockquote")):
        node.tail = "\n" + (node.tail or "")
    for node in list(root.iter("script", "style", "head")):
        node.text = ""
        for child in list(node):
            node.remove(child)
    lines = ["".join(line.split("\xa0")).strip() for line in root.text_content().split("\n")]
    return "\n".join(line for line in lines if line)
