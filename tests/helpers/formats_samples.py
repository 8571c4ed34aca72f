"""Small files of every format, made by the tests themselves."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence

import docx
from docx.oxml import parse_xml
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))

POLICY = (
    "某某省技术转移体系建设实施方案",
    "一、总体目标",
    "到2027年，全省技术合同成交额达到900亿元，技术转移机构达到120家以上，培养技术经理人2000名。",
    "二、支持措施",
    "对新认定的国家级技术转移机构，给予一次性奖励50万元；对促成技术转移的机构，按实际成交额的2%给予补助，"
    "每家机构每年最高不超过100万元。",
)


def saved(document: docx.document.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word(paragraphs: Sequence[str] = POLICY) -> bytes:
    """A docx of plain paragraphs."""
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    return saved(document)


def word_of(*blocks: str, parts: dict[str, str] | None = None) -> bytes:
    """A docx whose body is given as XML; ``parts`` replaces or adds files by name."""
    document = docx.Document()
    body = document.element.body
    for block in reversed(blocks):
        body.insert(0, parse_xml(block.replace(">", f" {W}>", 1) if "xmlns:w" not in block else block))
    return with_parts(saved(document), parts or {})


def with_parts(data: bytes, parts: dict[str, str]) -> bytes:
    """A zip with some of its parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, words in parts.items():
            new.writestr(name, words)
    return out.getvalue()


def pdf(pages: Sequence[Sequence[tuple[float, float, str]]], *, size: int = 12, password: str | None = None) -> bytes:
    """A PDF (A4, points) of lines at (left, from the top)."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), encrypt=password)
    for page in pages:
        canvas.setFont(FONT, size)
        for left, top, words in page:
            canvas.drawString(left, 842 - top, words)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def pages_of(
    paragraphs: Sequence[str], *, width: int = 34, left: float = 90, top: float = 100, rows: int = 30, head: str = ""
) -> list[list[tuple[float, float, str]]]:
    """Paragraphs laid out as pages: first lines indented, lines cut, a running head and a page number."""
    lines: list[tuple[float, str]] = []
    for words in paragraphs:
        row, room, indent = "", width - 2.0, 24.0
        for part in re.findall(r"[!-~]+|.", words):  # a number or a Latin word is not cut
            size = len(part) / 2 if part.isascii() else 1.0
            if size > room and part not in "，。、；：）》”":
                lines.append((indent, row))
                row, room, indent = "", float(width), 0.0
            row, room = row + part, room - size
        lines.append((indent, row))
    pages: list[list[tuple[float, float, str]]] = []
    for start in range(0, len(lines), rows):
        page = [(left + indent, top + 20 * at, words) for at, (indent, words) in enumerate(lines[start : start + rows])]
        number = len(pages) + 1
        page.append((285, 800, f"{number}"))
        if head:
            page.append((90, 40, head))
        pages.append(page)
    return pages


def ofd(lines: Sequence[str]) -> bytes:
    """An OFD of one page, as an office program writes it."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    objects = "".join(
        f'<ofd:TextObject ID="{at + 10}" Boundary="30 {30 + 8 * at} 150 6" Font="1" Size="5">'
        f'<ofd:TextCode X="0" Y="5" DeltaX="g {max(len(words) - 1, 1)} 5">{words}</ofd:TextCode></ofd:TextObject>'
        for at, words in enumerate(lines)
    )
    parts = {
        "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        "</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        "</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>"
        '<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>',
        "Doc_0/Pages/Page_0/Content.xml": f"<ofd:Page {space}><ofd:Content><ofd:Layer>{objects}</ofd:Layer>"
        "</ofd:Content></ofd:Page>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, words in parts.items():
            new.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + words)
    return out.getvalue()


def page(main: str, *, title: str = "", charset: str = "utf-8") -> bytes:
    """A page as a government site serves it: bars, menus, share buttons and a footer around the text."""
    menu = "".join(
        f'<li><a href="/{at}">{name}</a></li>' for at, name in enumerate(("首页", "政务公开", "办事服务", "互动交流"))
    )
    related = "".join(f'<li><a href="/r{at}">关于印发某办法的通知，第{at}号</a></li>' for at in range(9))
    words = f"""<!DOCTYPE html><html><head><meta charset="{charset}"><meta name="ArticleTitle" content="{title}">
<title>{title}_某某省科学技术厅</title><script>var a = "正文，不是。";</script><style>p {{ color: red; }}</style></head>
<body>
<div class="top"><ul>{menu}</ul><form><input value="搜索"></form></div>
<div class="wrap"><div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/a">政策文件</a></div>
<div class="content"><h1>{title}</h1>
<div class="info">来源：某某省科学技术厅 发布时间：2024-05-06 <span>浏览次数：1234</span>
<span>字体：【大 中 小】</span></div><div class="text">{main}</div>
<div class="share">分享到：<a href="#">微信</a><a href="#">微博</a></div>
<p>扫一扫在手机打开当前页</p><p style="display:none">隐藏的话，不该读出，达到1亿元。</p></div>
<div class="side"><h3>相关文件</h3><ul>{related}</ul></div></div>
<div class="bottom"><p>版权所有：某某省科学技术厅　网站标识码：5100000000</p><p>ICP备案号：蜀ICP备00000000号</p></div>
</body></html>"""
    return words.encode(charset)
