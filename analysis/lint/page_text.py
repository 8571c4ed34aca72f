"""What stands in a file and is no part of a draft: what a web page puts around a text, and news about a document.

A line is furniture where all of it is: the path to the page, a menu, a row of the index of a government site (索引号,
主题分类), buttons (打印, 关闭), where and when it was put up. A text is news where its card says so and nothing in it
is built like a document: no number, no addressee, no articles, hardly a numbered item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.lint.draft import Draft
from analysis.lint.lines import Line, Role, Style
from analysis.model import TextKind

_BUTTONS = "|".join(
    (
        "打印|關閉|关闭|本页|本頁|收藏|分享|返回|顶部|頂部|字[体體号號]|大|中|小|微信|微博|QQ空间|朗读|纠错|下载|下載",
        "复制链接|扫一扫|保存|加入收藏|繁體|简体|登录|登錄|注册|無障礙|无障碍|长者模式|搜索|检索",
    )
)
_INDEX = (
    r"索\s*引\s*[号號]|主\s*题\s*(?:分\s*类|词)|发\s*[文布]\s*(?:机\s*[关构]|单\s*位|日\s*期|时\s*间)"
    r"|成\s*文\s*日\s*期|有\s*效\s*性|信\s*息\s*(?:分\s*类|来\s*源|索\s*引)|组\s*配\s*分\s*类|服\s*务\s*对\s*象"
)
_AMONG_INDEX = r"文\s*(?:件\s*编)?\s*号|名\s*称|标\s*题|体\s*裁|关\s*键\s*词|公\s*开\s*(?:方\s*式|范\s*围|形\s*式)"
_FURNITURE = re.compile(
    rf"(?:[【\[（(]?\s*(?:{_BUTTONS})\s*[：:】\]）)|｜、/+-]*\s*){{2,20}}"  # a row of buttons
    r"|[【\[]\s*(?:打印|关闭|關閉|字[体體号號]|收藏|纠错|返回)[^】\]\n]{0,20}[】\]]?.{0,20}"
    r"|(?:您?当?前?的?(?:位置|所在位置)|當前位置|您的位置)\s*[：:]?[^>＞»\n]{0,20}(?:[>＞»]{1,2}[^>＞»\n]{0,24}){1,8}"
    r"|[^\s>＞»]{1,14}\s*(?:[>＞»]{1,2}[^>＞»\n]{0,24}){2,8}"  # a path
    rf"|(?:{_INDEX})\s*[：:].{{0,120}}"
    r"|(?:浏\s*览|瀏\s*覽|点\s*击|阅\s*读|閱\s*讀)\s*(?:量|次\s*数|数|人\s*数)?\s*[：:]?\s*\d*\s*次?.{0,40}"
    r"|(?:上一[篇页]|下一[篇页]|相关(?:链接|阅读|文章|新闻|附件|解读)[：:]?|推荐阅读|猜你喜欢|版权所有|网站标识码)[^。]{0,80}"
    r"|扫[一码描].{0,30}(?:分享|手机|打开|关注|查看).{0,20}"
    r"|[（(•·\s]*(?:[\u4e00-\u9fff]{2,5}\s+)?(?:信息|文章|稿件|新闻)?(?:责任编[辑輯]|責任編輯|编辑|編輯|来源|來源|作者|记者)\s*[：:].{0,60}"
)
_ROWS = re.compile(rf"(?:{_AMONG_INDEX})\s*[：:].{{0,120}}")
_SURE = re.compile(rf"(?:{_INDEX})\s*[：:]")
_MENU = re.compile(r"(?:[•·\s]*[^\s|｜。，；：]{1,14}\s*[|｜]\s*){2,30}[^|｜。；\n]{0,16}")
_FEW = 3  # numbered items of a text that reports, at most
_LONG = 160  # characters; a longer line is text


def page_lines(draft: Draft) -> Iterator[Line]:
    """The lines of plain text that a web page puts around a document."""
    if draft.layout is not None or any(line.cell for line in draft.lines):
        return
    lines = [line for line in draft.lines if line.text]
    index = any(_SURE.match(line.text) for line in lines)
    for at, line in enumerate(lines):
        outside = line.role not in (Role.NUMBER, Role.ADDRESSEE, Role.ENCLOSURE_LIST) and not line.ordinal
        if not outside or len(line.text) > _LONG or line.text.endswith("。") or "\t" in line.text:
            continue
        beside = (*lines[max(at - 1, 0) : at], *lines[at + 1 : at + 2])
        menu = _MENU.fullmatch(line.text) is not None and not any(_barred(each) for each in beside)
        if menu or _FURNITURE.fullmatch(line.text) or (index and _ROWS.fullmatch(line.text)):
            yield line


def _barred(line: Line) -> bool:
    """Whether a line looks like the row of a table; what stands beside one is one, too."""
    return line.text.count("|") > 1


def is_news(draft: Draft) -> bool:
    """Whether a text reports on documents and is none."""
    if draft.reading.document.card.kind is not TextKind.NEWS:
        return False
    built = any(line.role in (Role.NUMBER, Role.ADDRESSEE, Role.ENCLOSURE) for line in draft.lines)
    articles = any(node.ordinal.style is Style.ARTICLE for node in draft.nodes)
    return not built and not articles and len(draft.nodes) < _FEW
