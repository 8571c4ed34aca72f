"""Web pages as saved from government sites: the text of the document, without the page around it.

The main text is the smallest element that holds nearly all running text, which is text with sentence marks that is
no link. Government sites name their documents in ``<meta name="ArticleTitle">``; that, or the main heading, comes
first where the main text does not begin with it.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as markup

from analysis.corpus.formats import tables
from analysis.corpus.formats.kinds import decoded
from analysis.model import InputError

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.I)
_DROPPED = frozenset(
    re.findall(
        r"\w+",
        "script style noscript template nav header footer aside button select textarea iframe object svg canvas audio "
        "video head",
    )
)
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article blockquote body center dd div dl dt fieldset figure form h1 h2 h3 h4 h5 h6 hr li main ol p "
        "pre section table tbody td tfoot th thead tr ul",
    )
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SENTENCE = re.compile("[，。；]")
# A page carries a little running text of its own (notices, disclaimers): so many characters, and no greater share.
_OTHER, _OTHER_SHARE = 150, 0.3
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NUMBER = re.compile(r"\d[\d,.]*\D{0,3}")
_LINKS = 3  # so many links and hardly a word beside them are a menu
# Lines that the page adds to the document; each must be a line of its own.
_PAGE_LINES = re.compile(
    r"(?:浏览|阅读|点击|访问)(?:次数|量|数)?\s*(?:[：:]\s*)?(?:\d+\s*)?次?|字\s*(?:[体号]\s*)?[：:][\[【(（大中小\s|]++.*|[【\[]?\s*打\s*印.{0,12}|"
    r".{0,4}扫一扫.{0,24}|分享(?:到)?\s*[：:]?.{0,24}|(?:当前|您所在的)?位置\s*[：:].{0,60}|首页\s*[>＞»/].{0,60}|"
    r"(?:上|下)一[篇条]\s*[：:]?.{0,80}|(?:关闭|打印|收藏|返回顶部|返回|复制链接|微信|微博|QQ空间)(?:本页|窗口|页面)?|"
    r"(?:来源|信息来源|发布时间|发布日期|时间|作者|责任编辑|编辑|审核)\s*[：:][^。]{0,80}|(?:相关|附件)(?:阅读|链接|下载|文档)\s*[：:]?|"
    r"(?:版权所有|主办单位|主办|承办|网站标识码|ICP备案|.{0,6}ICP备).{0,80}|.{0,4}公网安备.{0,40}"
)


def read(data: bytes, name: str) -> str:
    """The main text of a web page, one line a paragraph. Raises InputError: no page, or a page without text."""
    fault = InputError(name, "", "网页里没有读到正文", "请在浏览器里另存为网页，或把正文复制到 .txt 文件")
    root = page(data, fault)
    title = _title(root)
    _prune(root)
    main = _main(root)
    _drop_menus(main)
    lines = [line for line in _lines(main) if line and not _PAGE_LINES.fullmatch(line)]
    if not any(_SENTENCE.search(line) for line in lines):
        raise fault
    if title and not any(_bare(title) in _bare(line) for line in (*lines[:12], "".join(lines[:12]))):
        lines.insert(0, title)
    return "\n".join(lines) + "\n"


def page(data: bytes, fault: InputError) -> Any:
    """The root element of a web page. Raises ``fault`` where there is none."""
    try:
        return markup.document_fromstring(_decoded(data), parser=markup.HTMLParser(huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        raise fault from None


def read_archive(data: bytes, name: str) -> str:
    """The main text of a page saved as one file (mht). Raises InputError where it holds no page."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                return read(page, name)
    raise InputError(name, "", "网页归档里没有网页", "请在浏览器里另存为网页，或把正文复制到 .txt 文件")


def _decoded(data: bytes) -> str:
    """The characters of a page. What it says of its encoding counts only where the bytes bear it out."""
    text = decoded(data)
    if text is None:
        said = _CHARSET.search(data[:4096])
        encoding = said[1].decode("ascii", "replace").lower() if said else "gb18030"
        try:
            text = data.decode("gb18030" if encoding in ("gb2312", "gbk") else encoding, "replace")
        except LookupError:
            text = data.decode("utf-8", "replace")
    # A declaration of an encoding would contradict a text that is decoded already.
    return re.sub(r"^\s*<\?xml[^>]*>", "", _CONTROL.sub("", text))


def _title(root: Any) -> str:
    for found in root.iter("meta"):
        if (found.get("name") or "").lower() == "articletitle" and (found.get("content") or "").strip():
            return " ".join(found.get("content").split())
    headings = [" ".join(found.text_content().split()) for found in root.iter("h1")]
    return headings[0] if len(headings) == 1 else ""


def _bare(words: str) -> str:
    return re.sub(r"\s+", "", words)


def _prune(root: Any) -> None:
    """Take out what is no text or not shown; the words after an element stay."""
    for element in root.iter():  # references such as &#1; give characters that no tree takes back
        for name in ("text", "tail"):
            if (words := getattr(element, name)) and _CONTROL.search(words):
                setattr(element, name, _CONTROL.sub("", words))
    for element in list(root.iter()):
        tag = element.tag
        dropped = not isinstance(tag, str) or tag in _DROPPED or element.get("hidden") is not None
        if (dropped or _HIDDEN.search(element.get("style") or "")) and element.getparent() is not None:
            element.drop_tree()


def _drop_menus(main: Any) -> None:
    """Take out lists of links inside the main text: menus, related documents, shares."""
    for element in [each for each in main.iter("ul", "ol", "div", "table", "p", "dl") if each is not main]:
        links = [len(_bare(link.text_content())) for link in element.iter("a")]
        menu = len(links) >= _LINKS and sum(links) >= 0.8 * len(_bare(element.text_content()))
        if menu and main in element.iterancestors():  # none that held it was taken out before
            element.drop_tree()


def _main(root: Any) -> Any:
    """The smallest element with nearly all running text; where several share it, the one that holds them."""
    held: Counter[Any] = Counter()
    for element in root.iter():
        if element.tag == "a":
            continue
        linked = next(element.iterancestors("a"), None) is not None
        own = "".join(["" if linked else element.text or "", *(child.tail or "" for child in element)])
        if _SENTENCE.search(own) and not _PAGE_LINES.fullmatch(own.strip()):
            held[element] += len(_bare(own))
    for element in reversed(list(root.iter())):  # children before their parents
        parent = element.getparent()
        if parent is not None and held[element]:
            held[parent] += held[element]
    body = root.find("body")
    main = root if body is None else body
    least = held[main] - min(_OTHER, _OTHER_SHARE * held[main])
    figures = [each for each in main.iter("table") if _has_figures(each)]
    while True:
        inner = next((child for child in main if held[child] >= least and child.tag in _BLOCKS), None)
        if inner is None or (inner.tag in ("p", "li", "tr", "td", "tbody", "table") and not _holds_page(inner)):
            return main
        if any(inner is not table and inner not in table.iterancestors() for table in figures):
            return main  # a table beside the text belongs to it: rather a line too many than a number lost
        main = inner


def _has_figures(table: Any) -> bool:
    """Whether a table is one of data with two numbers at least."""
    return _is_data(table) and sum(bool(_NUMBER.fullmatch(cell)) for row in _grid(table) for cell in row) >= 2


def _holds_page(element: Any) -> bool:
    """Whether an element of a table lays out the page instead of being part of a table of figures."""
    return next(element.iterdescendants("p", "div", "table"), None) is not None and not _is_data(element)


def _lines(element: Any) -> Iterator[str]:
    """The paragraphs below an element, space folded."""
    words: list[str] = []
    last = ""
    for piece in _pieces(element):
        if piece is None or isinstance(piece, list):
            line = "".join(words).strip(" \t\r\n\u3000\xa0")
            words = []
            if line:
                yield line
                last = line
            if piece:
                yield from tables.lines(piece, last)
        else:
            words.append(re.sub(r"[ \t\r\n]+", " ", piece))


def _pieces(element: Any) -> Iterator[str | list[list[str]] | None]:
    """Words, the grids of tables, and None where a line ends; without recursion, as pages nest at will."""
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        if node.tag in _BLOCKS or node.tag == "br":
            yield None
        if event == "end":
            if node.tail and node is not element:
                yield node.tail
        elif node.tag == "table" and _is_data(node):
            for title in node.iterchildren("caption"):
                yield title.text_content()
                yield None
            yield _grid(node)
            walk.skip_subtree()
        elif node.text:
            yield node.text
    yield None


def _is_data(table: Any) -> bool:
    """Whether a table is one of figures and words in cells, not one that lays out the page."""
    if table.tag != "table" or next(table.iterdescendants("table"), None) is not None:
        return False
    rows = _grid(table)
    return len(rows) >= 2 and max(map(len, rows)) >= 2 and all(len(cell) <= 400 for row in rows for cell in row)


def _grid(table: Any) -> list[list[str]]:
    """The cells of a table, merged ones in each of their places (at most 100 by 100)."""
    rows: list[list[str]] = []
    waiting: dict[int, tuple[int, str]] = {}
    for row in table.iter("tr"):
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            _carry(cells, waiting)
            words = " ".join(cell.text_content().split())
            across, down = span(cell, "colspan"), span(cell, "rowspan")
            for _ in range(across):
                if down > 1:
                    waiting[len(cells)] = (down - 1, words)
                cells.append(words)
        _carry(cells, waiting)
        rows.append(cells)
    return rows


def _carry(cells: list[str], waiting: dict[int, tuple[int, str]]) -> None:
    """Cells that reach down from rows above take their places first."""
    while len(cells) in waiting:
        left, words = waiting.pop(len(cells))
        if left > 1:
            waiting[len(cells)] = (left - 1, words)
        cells.append(words)


def span(cell: Any, which: str) -> int:
    """How many columns (``colspan``) or rows (``rowspan``) a cell takes, at most 100."""
    value = (cell.get(which) or "").strip()
    return min(max(int(value), 1), 100) if value.isdecimal() and len(value) < 6 else 1
