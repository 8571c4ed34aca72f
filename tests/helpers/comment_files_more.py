"""Further made-up files of comments, written when those of ``comment_files`` were read rightly."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import docx
from comment_files import MADE_UP, Made, comment, lines_of, rejected, workbook


def document_of(*blocks: str | Sequence[Sequence[str]]) -> bytes:
    """A Word file of paragraphs and tables."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(rows=len(block), cols=max(map(len, block)))
        for at, row in enumerate(block):
            for column, words in enumerate(row):
                table.cell(at, column).text = words
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def sender_above() -> Made:
    """The table that one office sends back: its name and telephone stand above the header."""
    rows = [
        ["附件3", None, None],
        [f"意见反馈表{MADE_UP}", None, None],
        ["反馈单位（盖章）：禾洲市税务局", None, "联系人：孙某 0000-0000010"],
        ["条款", "意见建议", "理由"],
        ["第五条", "建议删除“一律”。", "与税法不一致"],
        ["第六条", "建议增加“依法”。", None],
        ["其他", "无", None],
    ]
    expected = (
        comment(
            "建议删除“一律”。", "禾洲市税务局", clause="第五条", reason="与税法不一致", contact="孙某 0000-0000010"
        ),
        comment("建议增加“依法”。", "禾洲市税务局"),
        comment("无", "禾洲市税务局", clause="其他"),
    )
    return Made("税务局.xlsx", workbook(("Sheet1", rows, ("A2:C2",))), expected)


def sender_above_in_word() -> Made:
    """The same as a Word file: the name of the office is a paragraph."""
    data = document_of(
        "意见反馈表" + MADE_UP,
        "单位名称：澄川市大数据局    填表日期：2025年7月8日",
        [["序号", "原条文", "建议修改为", "理由"], ["1", "第三条 数据归集。", "第三条 数据依法归集。", "上位法要求"]],
    )
    expected = (
        comment("建议修改为：第三条 数据依法归集。", "澄川市大数据局", clause="第三条 数据归集。", reason="上位法要求"),
    )
    return Made("大数据局.docx", data, expected)


def online_form() -> Made:
    """The export of an online form: automatic columns, headings with marks, a choice before the opinion."""
    rows = [
        [
            "提交者（自动）",
            "提交时间（自动）",
            "*1. 您属于（单选）",
            "*2. 单位全称/姓名",
            "*3. 您对本次征求意见稿是否有修改意见（单选）",
            "4. 如有，请写明具体意见",
            "5. 联系方式（选填）",
        ],
        [
            "微信用户A",
            "2025/8/1 09:00:01",
            "企业",
            "岚浦数联公司",
            "有",
            "建议第十条的“五日”改为“五个工作日”。",
            "13900000011",
        ],
        ["微信用户B", "2025/8/1 09:10:01", "个人", "卢某", "无", "", ""],
        ["微信用户C", "2025/8/1 09:20:01", "高校院所", "岚浦大学", "有", "支持，建议尽快出台", ""],
    ]
    expected = (
        comment(
            "建议第十条的“五日”改为“五个工作日”。",
            contact="13900000011",
            sender_kind="企业",
            submitted="2025/8/1 09:00:01",
        ),
        rejected("没有意见"),
        comment("支持，建议尽快出台", sender_kind="高校院所"),
    )
    return Made("收集结果.csv", lines_of(rows).encode("utf-8-sig"), expected)


def grouped_headings() -> Made:
    """A header of two lines with groups over several columns, and a total above the comments."""
    rows = [
        ["基本信息", None, None, "意见情况", None, "办理情况", None],
        ["序号", "单位", "类别", "条款", "内容", "是否采纳", "理由"],
        ["合计", None, None, None, "2条", "1条", None],
        ["1", "榆陵市住建局", "部门", "第二条", "“城区”的范围应写明。", "是", "已写明"],
        ["2", "榆陵市民 卫女士", "个人", None, "希望多听群众意见。", "否", "已另行安排"],
    ]
    expected = (
        rejected("合计"),
        comment("“城区”的范围应写明。", "榆陵市住建局", clause="第二条", sender_kind="部门", reason=""),
        comment("希望多听群众意见。", "榆陵市民 卫女士"),
    )
    return Made("台账.xlsx", workbook(("台账", rows, ("A1:C1", "D1:E1", "F1:G1"))), expected)


def two_languages() -> Made:
    """Headings in two languages, an English comment, an empty column between."""
    rows = [
        ["No.", "姓名 Name", None, "国籍 Nationality", "意见 Comments", "邮箱 E-mail", "日期 Date"],
        [
            1,
            "J. Example",
            None,
            "XX",
            "Article 9 should mention foreign-invested R&D centres.",
            "j@example.com",
            "2025-05-06",
        ],
        [2, "金某", None, "中国", "请提供英文版。", None, "2025-05-07"],
    ]
    expected = (
        comment("Article 9 should mention", "J. Example", contact="j@example.com", submitted="2025-05-06"),
        comment("请提供英文版。", "金某"),
    )
    return Made("bilingual.xlsx", workbook(("Sheet1", rows, ())), expected)


def three_forms() -> Made:
    """A Word file with a form for each sender."""
    blocks: list[str | Sequence[Sequence[str]]] = []
    for name, words in (("何甲", "建议公开评审专家。"), ("吕乙", "第七条看不懂。"), ("施丙", "")):
        blocks += ["征求意见反馈表", [["姓名", name], ["电话", "13900000012"], ["意见内容", words]]]
    expected = (
        comment("建议公开评审专家。", "何甲", contact="13900000012"),
        comment("第七条看不懂。", "吕乙"),
        rejected("没有意见"),
    )
    return Made("反馈表合集.docx", document_of(*blocks), expected)


FORWARDED = """发件人：办公室 <office@example.com>
发送时间：2025年6月3日 8:30
收件人：政策处 <zcc@example.com>
主题：转发：关于管理办法的建议

请阅处。

-----原始邮件-----
发件人：柏某 <bai@example.com>
发送时间：2025年6月2日 22:15
收件人：办公室 <office@example.com>
主题：关于管理办法的建议

一、第四条太笼统。
二、第八条与省里的规定冲突。

发自我的手机
"""


def forwarded_mail() -> Made:
    """A mail that an office passes on: the comment is the mail inside."""
    expected = (
        rejected("转发"),
        comment("一、第四条太笼统。\n二、第八条与省里的规定冲突。", "柏某", contact="bai@example.com"),
        rejected("签名"),
    )
    return Made("转来的邮件.txt", FORWARDED.encode("utf-8"), expected)


PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
</head><body><table border="1"><tr><td colspan="4">网上征集意见列表（虚构，供测试使用）</td></tr>
<tr><th>序号</th><th>网友</th><th>意见内容</th><th>提交时间</th></tr>
<tr><td>1</td><td>匿名网友</td><td>第三条<br>应当删除。</td><td>2025-03-01 10:00</td></tr>
<tr><td>2</td><td rowspan="2">小潘</td><td>支持&lt;b&gt;出台&lt;/b&gt;</td><td>2025-03-02 11:00</td></tr>
<tr><td>3</td><td>补充：第五条也很好。</td><td>2025-03-02 11:05</td></tr>
<tr><td>4</td><td>某人</td><td></td><td>2025-03-03</td></tr></table></body></html>"""


def page_as_workbook() -> Made:
    """A web page with a table that a system saves under the name of a workbook."""
    expected = (
        comment("第三条\n应当删除。", "匿名网友", submitted="2025-03-01 10:00"),
        comment("支持<b>出台</b>", "小潘"),
        comment("补充：第五条也很好。", "小潘", submitted="2025-03-02 11:05"),
        rejected("没有意见"),
    )
    return Made("列表.xls", PAGE.encode(), expected)


XML = """<?xml version="1.0" encoding="UTF-8"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="意见"><Table>
<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">意见列表</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">单位</Data></Cell>
<Cell><Data ss:Type="String">意见</Data></Cell>
<Cell><Data ss:Type="String">电话</Data></Cell></Row>
<Row ss:Index="4"><Cell><Data ss:Type="String">某院</Data></Cell>
<Cell><Data ss:Type="String">好。</Data></Cell>
<Cell><Data ss:Type="Number">13900000013</Data></Cell></Row>
<Row><Cell ss:Index="2"><Data ss:Type="String">建议：再短些</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


def xml_workbook() -> Made:
    """The XML that spreadsheets wrote in 2003, and some systems still do."""
    expected = (
        rejected("空", "意见"),
        comment("好。", "某院", "意见", contact="13900000013"),
        comment("建议：再短些", "", "意见"),
    )
    return Made("导出.xls", XML.encode(), expected)


def by_clause() -> Made:
    """A table by clause: the clause is merged over the opinions on it, and its text stands beside it."""
    rows = [
        ["条款", "条款内容", "反馈意见", "提出单位"],
        ["第一条", "为了促进成果转化，制定本办法。", "建议增加依据。", "甲市科技局"],
        [None, None, "“促进”改“规范”。", "乙大学"],
        ["第二条", "本办法适用于本省。", "无意见。", "丙公司"],
    ]
    expected = (
        comment("建议增加依据。", "甲市科技局", clause="第一条\n为了促进成果转化，制定本办法。"),
        comment("“促进”改“规范”。", "乙大学", clause="第一条\n为了促进成果转化，制定本办法。"),
        comment("无意见。", "丙公司"),
    )
    return Made("按条款.xlsx", workbook(("Sheet1", rows, ("A2:A3", "B2:B3"))), expected)


def with_separator_line() -> Made:
    """A csv that tells the spreadsheet its separator, without any quotation marks."""
    text = "sep=;\r\n留言编号;留言者;留言;时间\r\nL1;阿南;补助能不能按月发？;2025-04-05\r\nL2;;同意;\r\n"
    expected = (comment("补助能不能按月发？", "阿南", submitted="2025-04-05"), comment("同意", ""))
    return Made("留言.csv", text.encode("gb18030"), expected)


LETTERBOX = """写信人：贺某
联系电话：13900000014
来信时间：2025-02-03 12:00
主题：关于职称
内容：技术经理人的职称应当单列，
不要和工程系列混评。

写信人：匿名
来信时间：2025-02-04
主题：其他
内容：办公地点在哪里？
"""


def letterbox() -> Made:
    """Letters to an office's letter box, field by field."""
    expected = (
        comment("技术经理人的职称应当单列，\n不要和工程系列混评。", "贺某", contact="13900000014", title="关于职称"),
        comment("办公地点在哪里？", "匿名", submitted="2025-02-04"),
    )
    return Made("信箱.txt", LETTERBOX.encode("gb18030"), expected)


def plain_words() -> Made:
    """What somebody pasted: a paragraph or two without a name."""
    expected = (comment("我是一名退休教师。\n\n第九条的比例应该再高一些，理由有三：一是", ""),)
    text = "我是一名退休教师。\n\n第九条的比例应该再高一些，理由有三：一是成果少，二是周期长，三是风险大。\n"
    return Made("粘贴.txt", text.encode(), expected)


def explained_headings() -> Made:
    """Headings with instructions in brackets, lines that part the rows in the column of opinions, a column too many."""
    rows = [
        [
            "序号",
            "单位名称（请填写全称，并加盖公章。）",
            "企业简介",
            "意见建议（请逐条填写，写明理由！）",
            "联系电话（手机，必填。）",
        ],
        [None, None, None, "一、书面反馈", None],
        [1, "朔桥某厂", "成立于2001年，生产轴承。员工三百人，年产值两亿元。", "第四条的期限应延长。", "13900000015"],
        [None, None, None, "一、支持", None],
        [None, None, None, "共收集意见2条，其中企业1条", None],
    ]
    expected = (
        rejected("标题"),
        comment("第四条的期限应延长。", "朔桥某厂", contact="13900000015"),
        comment("一、支持", ""),
        rejected("合计"),
    )
    return Made("带说明.xlsx", workbook(("Sheet1", rows, ("D2:E2",))), expected)


ANSWERED = """From: Ann <ann@example.com>
Sent: Monday, 1 Sep 2025 10:00
To: office@example.com
Subject: comments on Article 5

Please clarify Article 5.

From: office@example.com
Sent: Friday
To: Ann
Subject: RE: comments

Thanks
"""


def answered_mail() -> Made:
    """A mail with the one that it answers below, which no line parts from it."""
    expected = (
        comment("Please clarify Article 5.", "Ann", contact="ann@example.com", title="comments on Article 5"),
        rejected("来信"),
    )
    return Made("thread.txt", ANSWERED.encode(), expected)


def callers() -> Made:
    """A record of calls: whoever called has a heading of its own kind; numbers of papers are no clauses."""
    rows = [
        ["岚浦市某办法来电记录" + MADE_UP],
        ["填报单位：某处", "", "2025年1月"],
        ["编号", "投诉人", "身份证号", "反映内容", "反映时间"],
        ["1", "阮某", "110101190001010011", "看不懂第三条。", "1月2日"],
        ["共1条"],
    ]
    expected = (comment("看不懂第三条。", "阮某", clause="", submitted="1月2日"), rejected("合计"))
    return Made("来电.csv", lines_of(rows).encode("gb18030"), expected)


MORE: tuple[Callable[[], Made], ...] = (
    sender_above, sender_above_in_word, online_form, grouped_headings, two_languages, three_forms, forwarded_mail,
    page_as_workbook, xml_workbook, by_clause, with_separator_line, letterbox, explained_headings, plain_words,
    answered_mail, callers,
)  # fmt: skip
