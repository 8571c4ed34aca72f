"""Made-up files of comments in many layouts, with what a careful reader makes of each row.

All senders, addresses and numbers are invented. What is expected was written down before any program read the files.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import docx
import openpyxl
import xlwt

MADE_UP = "（虚构，供测试使用）"


@dataclass(frozen=True)
class Row:
    """What a row should come to: a comment with these fields (``text`` by its beginning), or a rejection."""

    text: str = ""
    sender: str | None = None
    fields: tuple[tuple[str, str], ...] = ()
    rejected: str = ""  # a word of the reason
    sheet: str = ""


def comment(text: str, sender: str | None = None, sheet: str = "", **fields: str) -> Row:
    """A row that is a comment."""
    return Row(text, sender, tuple(fields.items()), sheet=sheet)


def rejected(word: str, sheet: str = "") -> Row:
    """A row that is none, with a word of the reason."""
    return Row(rejected=word, sheet=sheet)


@dataclass(frozen=True)
class Made:
    """A file and, in order, its rows below the header."""

    name: str
    data: bytes
    rows: tuple[Row, ...]


def workbook(*sheets: tuple[str, Sequence[Sequence[Any]], Sequence[str]]) -> bytes:
    """An xlsx of (name, rows, merged ranges)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows, merged in sheets:
        sheet = book.create_sheet(name)
        for at, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                if value is not None:
                    cell = sheet.cell(at, column)
                    cell.value = value
                    if isinstance(value, str) and value.startswith("'="):
                        cell.value, cell.data_type = value[1:], "s"
        for each in merged:
            sheet.merge_cells(each)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_stored_values(data: bytes, stored: dict[str, str]) -> bytes:
    """A workbook whose formula cells also hold the text that a spreadsheet computed for them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = part.decode()
                for cell, words in stored.items():
                    text, count = re.subn(
                        rf'<c r="{cell}"([^>]*)><f>(.*?)</f><v\s*/?>(</v>)?</c>',
                        rf'<c r="{cell}" t="str"><f>\2</f><v>{words}</v></c>',
                        text,
                    )
                    assert count == 1, cell
                part = text.encode()
            new.writestr(name, part)
    return out.getvalue()


def lines_of(rows: Sequence[Sequence[str]], delimiter: str = ",", ending: str = "\r\n") -> str:
    """Rows as csv."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=ending).writerows(rows)
    return out.getvalue()


def web_board() -> Made:
    """A message board's export: UTF-8 with BOM, an answer column that is no opinion, columns nobody needs."""
    rows = [
        ["编号", "网友昵称", "留言标题", "留言内容", "留言时间", "IP地址", "回复内容", "状态"],
        [
            "1",
            "江畔的风",
            "关于第八条",
            "第八条“三年内”从哪一天算起？\r\n请写明。",
            "2025/3/4 9:12",
            "10.0.0.1",
            "感谢关注",
            "已回复",
        ],
        ["2", "", "无标题", "建议奖励直接发到团队账户。", "2025/3/4 10:02", "10.0.0.2", "", "未回复"],
        ["3", "测试用户", "", "", "2025/3/4 10:05", "10.0.0.3", "", "未回复"],
        ["4", "匿名", "支持出台", "非常支持！！", "2025/3/5 08:00", "10.0.0.4", "已转办", "已回复"],
        ["", "", "", "", "", "", "", ""],
        ["5", "小何", "建议", "=1+1 这样的算式不要出现在附表里。", "2025/3/6 08:00", "10.0.0.5", "", ""],
    ]
    expected = (
        comment("第八条“三年内”从哪一天算起？", "江畔的风", title="关于第八条", submitted="2025/3/4 9:12"),
        comment("建议奖励直接发到团队账户。", ""),
        rejected("没有意见"),
        comment("非常支持！！", "匿名", title="支持出台"),
        rejected("空"),
        comment("=1+1 这样的算式", "小何"),
    )
    return Made("留言导出.csv", lines_of(rows).encode("utf-8-sig"), expected)


def departments() -> Made:
    """A table of departments: three title lines, a header of two lines, units merged over rows, total, signatures."""
    rows = [
        ["附件2", None, None, None, None, None, None, None],
        [f"岚川省促进成果转化办法（征求意见稿）意见汇总表{MADE_UP}", None, None, None, None, None, None, None],
        ["填报单位：岚川省某厅（盖章）", None, None, None, None, "填报时间：2025年6月3日", None, None],
        ["序号", "征求意见单位", "条款", "修改意见", None, "理由", "联系人", None],
        [None, None, None, "原文", "修改建议", None, "姓名", "电话"],
        [
            1,
            "岚川省财经局",
            "第五条",
            "省财政安排专项资金",
            "省级财政统筹安排资金",
            "与预算法一致",
            "丁一",
            "010-00000001",
        ],
        [2, None, "第九条", "给予最高100万元奖励", "删除该句", "没有资金来源", None, None],
        [3, None, "第十二条", None, None, None, None, None],
        [4, "岚川省人事局", None, None, "建议增加“兼职创新”的规定。", None, "乙二", "010-00000002"],
        [5, "岚川省教育局", None, None, "无意见", None, None, None],
        ["合计", None, None, None, "3条", None, None, None],
        ["填表人：丙三", None, None, "审核人：丁四", None, None, "联系电话：010-00000003", None],
    ]
    merged = ["A2:H2", "A4:A5", "B4:B5", "C4:C5", "D4:E4", "F4:F5", "G4:H4", "B6:B8"]
    expected = (
        comment(
            "省级财政统筹安排资金",
            "岚川省财经局",
            clause="第五条\n省财政安排专项资金",
            reason="与预算法一致",
            contact="丁一 010-00000001",
        ),
        comment("删除该句", "岚川省财经局"),
        rejected("没有意见"),
        comment("建议增加“兼职创新”的规定。", "岚川省人事局", contact="乙二 010-00000002"),
        comment("无意见", "岚川省教育局"),
        rejected("合计"),
        rejected("说明"),
    )
    return Made("汇总.xlsx", workbook(("Sheet1", rows, merged)), expected)


def without_header() -> Made:
    """A table that begins with its first comment."""
    rows = [
        [
            1,
            "汀源凌越机械有限公司",
            "建议第三条的奖励比例由2%提高到5%，否则对小企业没有吸引力。",
            "13900000001",
            datetime(2025, 4, 1, 9, 30),
        ],
        [
            2,
            "周小满",
            "担心审批时间太长，希望能够明确十个工作日内办结，并且公开进度。",
            "13900000002",
            datetime(2025, 4, 2),
        ],
        [
            3,
            "汀源理工学院",
            "支持设立概念验证中心，同时建议把中试平台也列进来，一并给予支持。",
            "kj@example.com",
            datetime(2025, 4, 2),
        ],
        [4, "吴文", "不同意！", None, datetime(2025, 4, 3)],
    ]
    expected = (
        comment("建议第三条的奖励", "汀源凌越机械有限公司", contact="13900000001", submitted="2025-04-01 09:30:00"),
        comment("担心审批时间太长", "周小满", submitted="2025-04-02"),
        comment("支持设立概念验证", "汀源理工学院", contact="kj@example.com"),
        comment("不同意！", "吴文"),
    )
    return Made("没有表头.xlsx", workbook(("Sheet1", rows, ())), expected)


def traditional() -> Made:
    """Traditional characters in BIG5, fields parted by semicolons."""
    rows = [
        ["項次", "機關（單位）名稱", "意見或建議", "聯絡電話", "填寫日期"],
        ["1", "某市電子同業公會", "建議將補助上限提高，並簡化申請程序。", "02-0000001", "2025.5.1"],
        ["2", "陳先生", "第四條所稱「技術經理人」的資格應明確；目前的寫法過於籠統。", "", "2025.5.2"],
        ["3", "", "反對收取登記費用。", "", ""],
    ]
    expected = (
        comment("建議將補助上限提高", "某市電子同業公會", contact="02-0000001"),
        comment("第四條所稱「技術經理人」的資格應明確；", "陳先生", submitted="2025.5.2"),
        comment("反對收取登記費用。", ""),
    )
    return Made("意見.csv", lines_of(rows, ";").encode("big5"), expected)


def unicode_text() -> Made:
    """What a spreadsheet saves as Unicode text: UTF-16 with tabs, an empty first line, a line of column numbers."""
    rows = [
        ["", "", "", ""],
        ["序号", "姓名", "您的意见和建议（必填）", "手机号码*"],
        ["(1)", "(2)", "(3)", "(4)"],
        ["1", "方一帆", "一、补贴太少；二、手续太多。", "13900000003"],
        ["2", "罗敏", "合计比例应为100%，现在加起来只有95%。", "13900000004"],
        ["3", "共明科技有限公司", "共3条建议：一是取消备案，二是延长期限，三是公开结果。", ""],
    ]
    expected = (
        rejected("栏次"),
        comment("一、补贴太少；二、手续太多。", "方一帆", contact="13900000003"),
        comment("合计比例应为100%", "罗敏"),
        comment("共3条建议：", "共明科技有限公司"),
    )
    return Made("导出.txt", lines_of(rows, "\t").encode("utf-16"), expected)


def questionnaire() -> Made:
    """A survey's export: questions as headings, an opinion for each of several clauses, statements about the sender."""
    rows = [
        [
            "序号",
            "提交答卷时间",
            "所用时间",
            "来源",
            "1、您的身份是？",
            "2、您的姓名或单位名称：",
            "3、您对《办法》第六条的意见建议：",
            "4、您对《办法》第七条的意见建议：",
            "5、其他意见建议：",
            "总分",
        ],
        [
            1,
            "2025/7/1 10:00:00",
            "120秒",
            "微信",
            "企业",
            "朔桥云联软件有限公司",
            "30%的比例偏低。",
            "(空)",
            "希望早日出台。",
            0,
        ],
        [2, "2025/7/1 11:00:00", "44秒", "链接", "个人", "(空)", "(空)", "建议明确由谁审核。", "(空)", 0],
        [3, "2025/7/1 12:00:00", "10秒", "链接", "个人", "小叶", "(空)", "(空)", "(空)", 0],
    ]
    expected = (
        comment(
            "3、您对《办法》第六条的意见建议：30%的比例偏低。",
            "朔桥云联软件有限公司",
            sender_kind="企业",
            submitted="2025/7/1 10:00:00",
        ),
        comment("4、您对《办法》第七条的意见建议：建议明确由谁审核。", ""),
        rejected("没有意见"),
    )
    return Made("问卷.xlsx", workbook(("问卷结果", rows, ())), expected)


def one_column() -> Made:
    """Opinions and nothing else."""
    rows = [["意见"], ["支持。"], ["建议删除第三条第二款。"], [None], ["意见"], ["一、总体可行"]]
    expected = (
        comment("支持。", ""),
        comment("建议删除第三条第二款。"),
        rejected("空"),
        rejected("表头"),
        comment("一、总体可行"),
    )
    return Made("只有意见.xlsx", workbook(("Sheet1", rows, ())), expected)


def hostile() -> Made:
    """Words that look like something else: totals, notes, headings and formulas inside real comments."""
    rows = [
        ["序号", "反馈人", "单位名称", "反馈意见", "备注", "采纳情况", "处理意见"],
        [1, "=cmd|' /C calc'!A0", None, '\'=HYPERLINK("http://example.invalid","点这里")', None, None, None],
        [2, "合计科技有限公司", None, "注：第五条的“注”应当删去。", None, "未采纳", "与上位法不符"],
        [3, "备注", "说明书出版社", "<script>alert(1)</script>建议修改", "<b>x</b>", None, None],
        [4, "张三", "反馈意见有限公司", "反馈意见", None, None, None],
        ["小计", None, None, None, 4, None, None],
        [5, "@某某", None, "-10%太多", None, None, None],
        [6, "李四", None, "+1", None, None, None],
        ["序号", "反馈人", "单位名称", "反馈意见", "备注", "采纳情况", "处理意见"],
        [7, "王五", None, " \u3000\n ", "电话未接通", None, None],
        [8, "赵六\u202e", None, "总计", "总数是多少？", None, None],
        [9, "孙七", None, "=D2", None, None, None],
    ]
    expected = (
        comment("=HYPERLINK(", "=cmd|' /C calc'!A0"),
        comment("注：第五条的“注”应当删去。", "合计科技有限公司"),
        comment("<script>", "说明书出版社 备注"),
        comment("反馈意见", "反馈意见有限公司 张三"),
        rejected("合计"),
        comment("-10%太多", "@某某"),
        comment("+1", "李四"),
        rejected("表头"),
        rejected("没有意见"),
        comment("总计", "赵六\u202e"),
        comment("公式算出的意见", "孙七"),
    )
    data = with_stored_values(workbook(("意见", rows, ())), {"D12": "公式算出的意见"})
    return Made("敌意.xlsx", data, expected)


def several_sheets() -> Made:
    """Two sheets of comments with different layouts, one of instructions, one of choices, one empty."""
    first = [["单位", "意见"], ["鹭湾市某局", "建议增加罚则。"], ["鹭湾市某委", "无。"]]
    second = [
        [f"电话意见登记{MADE_UP}", None, None],
        ["来电时间", "来电人", "反映内容"],
        ["6月1日", "何女士", "请问什么时候执行？"],
        [None, None, None],
        ["6月2日", "不愿透露姓名", "门槛太高了。"],
    ]
    told = [["填表说明"], ["1. 每条意见占一行，写明修改意见和理由。"], ["2. 请于6月30日前反馈单位意见。"]]
    choices = [["企业"], ["高校"], ["个人"]]
    data = workbook(
        ("书面", first, ()), ("电话", second, ("A1:C1",)), ("填写说明", told, ()), ("选项", choices, ()), ("空", [], ())
    )
    expected = (
        comment("建议增加罚则。", "鹭湾市某局", "书面"),
        comment("无。", "鹭湾市某委", "书面"),
        comment("请问什么时候执行？", "何女士", "电话", submitted="6月1日"),
        rejected("空", "电话"),
        comment("门槛太高了。", "不愿透露姓名", "电话"),
    )
    return Made("多表.xlsx", data, expected)


def with_sections() -> Made:
    """Sections by kind of sender, an example row, subtotals, notes; the number column comes last."""
    rows = [
        ["提出单位（个人）", "章条编号", "意见内容", "处理意见及理由", "序号"],
        ["（一）省直部门", None, None, None, None],
        ["示例", "5.2", "建议将“应”改为“宜”", "采纳", "例"],
        ["岚浦市商务局", "第三章", "建议增加跨境内容。", "采纳", 1],
        ["岚浦市水务局", "全文", "没有意见", None, 2],
        ["小计：2条", None, None, None, None],
        ["（二）企业和个人", None, None, None, None],
        ["黎明", "附件1", "表格第三列看不懂。", None, 3],
        ["岚浦远航股份公司", "1、", None, None, 4],
        ["说明：本表由某处汇总，建议存档备查。", None, None, None, None],
        ["总计", None, "共计4条", None, None],
    ]
    expected = (
        rejected("标题"),
        rejected("示例"),
        comment("建议增加跨境内容。", "岚浦市商务局", clause="第三章"),
        comment("没有意见", "岚浦市水务局"),
        rejected("合计"),
        rejected("标题"),
        comment("表格第三列看不懂。", "黎明", clause="附件1"),
        rejected("没有意见"),
        rejected("说明"),
        rejected("合计"),
    )
    data = workbook(("Sheet1", rows, ("A2:E2", "A7:E7", "A10:E10")))
    return Made("分节.xlsx", data, expected)


def word_tables() -> Made:
    """A Word file: a title, a table, and the table going on after a page without its header."""
    document = docx.Document()
    document.add_paragraph(f"《若干措施（征求意见稿）》意见征集情况{MADE_UP}")
    first = document.add_table(rows=4, cols=4)
    for at, row in enumerate(
        [
            ["序号", "意见来源", "意见内容", "备注"],
            ["1", "澄川市经信局", "建议第二条增加“中小企业”。\n理由：覆盖面更广。", ""],
            ["2", "", "建议第四条删去“原则上”。", ""],
            ["", "", "", ""],
        ]
    ):
        for column, words in enumerate(row):
            first.cell(at, column).text = words
    first.cell(1, 1).merge(first.cell(2, 1))
    document.add_paragraph("")
    second = document.add_table(rows=2, cols=4)
    for at, row in enumerate([["3", "市民徐某", "补贴何时到账？", ""], ["合计", "", "3", ""]]):
        for column, words in enumerate(row):
            second.cell(at, column).text = words
    document.add_paragraph("以上为征集到的全部意见。")
    out = io.BytesIO()
    document.save(out)
    expected = (
        comment("建议第二条增加“中小企业”。", "澄川市经信局"),
        comment("建议第四条删去“原则上”。", "澄川市经信局"),
        rejected("空"),
        comment("补贴何时到账？", "市民徐某"),
        rejected("合计"),
    )
    return Made("意见表.docx", out.getvalue(), expected)


def word_form() -> Made:
    """A form with its labels beside the answers: one comment."""
    document = docx.Document()
    document.add_heading("意见反馈表", 1)
    table = document.add_table(rows=4, cols=4)
    for at, row in enumerate(
        [
            ["姓名", "宋清", "联系电话", "13900000005"],
            ["工作单位", "澜东省农业机械研究所", "", ""],
            ["意见建议", "一、第十条的期限太短，建议三年。\n二、第十一条与第三条重复。", "", ""],
            ["修改理由", "农机成果见效慢", "", ""],
        ]
    ):
        for column, words in enumerate(row):
            if words:
                table.cell(at, column).text = words
    for at in (1, 2, 3):
        table.cell(at, 1).merge(table.cell(at, 3))
    out = io.BytesIO()
    document.save(out)
    expected = (
        comment(
            "一、第十条的期限太短，建议三年。",
            "澜东省农业机械研究所 宋清",
            contact="13900000005",
            reason="农机成果见效慢",
        ),
    )
    return Made("反馈表.docx", out.getvalue(), expected)


LETTER = (
    "关于《禾洲市科技成果转化条例（征求意见稿）》的修改意见",
    "禾洲市科学技术局：",
    "贵局来函收悉。经研究，提出以下意见：",
    "一、建议将第七条“可以”改为“应当”。",
    "二、第十三条的罚款幅度过大，建议缩小。",
    "三、其余无意见。",
    "特此函复。",
    "禾洲市农业农村局",
    "2025年8月12日",
    "（联系人：钱某，电话：0000-0000006）",
)


def letter() -> Made:
    """A letter of an office: several points, one comment."""
    document = docx.Document()
    for words in LETTER:
        document.add_paragraph(words)
    out = io.BytesIO()
    document.save(out)
    expected = (
        comment(
            "禾洲市科学技术局：\n贵局来函收悉",
            "禾洲市农业农村局",
            submitted="2025年8月12日",
            contact="联系人：钱某，电话：0000-0000006",
        ),
    )
    return Made("复函.docx", out.getvalue(), expected)


MAILS = """发件人: 马小明 <maxm@example.com>
发送时间: 2025年9月1日 星期一 10:11
收件人: 意见征集邮箱 <zqyj@example.com>
主题: 对征求意见稿第五条的意见

您好：
第五条规定的“连续三年”门槛过高，
建议改为“近三年内有两年”。

谢谢！
--
马小明
汀源星火电机有限公司
电话：0000-0000007

发件人: "韩梅" <hanm@example.com>
日期: 2025-09-02 08:00
主题: 回复: 征求意见

附件2的表样与正文第十六条不一致，请核对。

---原始邮件---
发件人: "意见征集邮箱" <zqyj@example.com>
日期: 2025-09-01 17:00
主题: 征求意见
请各单位于9月30日前反馈意见。
"""


def pasted_mails() -> Made:
    """Two e-mails pasted below each other, one with the mail that it answers."""
    expected = (
        comment(
            "您好：\n第五条规定的“连续三年”门槛过高",
            "马小明",
            title="对征求意见稿第五条的意见",
            contact="maxm@example.com",
            submitted="2025年9月1日 星期一 10:11",
        ),
        rejected("签名"),
        comment("附件2的表样与正文第十六条不一致", "韩梅", submitted="2025-09-02 08:00"),
        rejected("来信"),
    )
    return Made("邮件.txt", MAILS.encode(), expected)


def mail_file() -> Made:
    """An e-mail as a mail program saves it."""
    body = "现就第二十条提出建议：增加容错条款。\n\n> 请反馈意见\n> 谢谢\n"
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"] = "某协会 <xh@example.com>"
    message["To"] = "zqyj@example.com"
    message["Subject"] = "修改建议"
    message["Date"] = "Tue, 02 Sep 2025 09:00:00 +0800"
    message.set_content(body)
    message.add_alternative("<html><body><p>现就第二十条提出建议：增加容错条款。</p></body></html>", subtype="html")
    expected = (comment("现就第二十条提出建议：增加容错条款。", "某协会", title="修改建议"), rejected("来信"))
    return Made("来信.eml", bytes(message), expected)


def numbered() -> Made:
    """A list of opinions, one by one, each with its sender behind it or none."""
    text = (
        "电话记录" + MADE_UP + "\n"
        "1. 第六条的“有关部门”是谁？请写清楚。（某街道居民）\n"
        "2．建议延长公示期。\n"
        "   现在只有五天。\n"
        "3、收费标准要公开。\n"
        "\n"
        "4、 支持。\n"
    )
    expected = (
        rejected("说明"),
        comment("第六条的“有关部门”是谁？"),
        comment("建议延长公示期。\n现在只有五天。"),
        comment("收费标准要公开。"),
        comment("支持。"),
    )
    return Made("电话记录.txt", text.encode("gb18030"), expected)


def odd_quotes() -> Made:
    """A csv made by hand: quotation marks that do not close, rows of different lengths, no line end at the end."""
    text = (
        '姓名,意见,日期\n甲,第二条"三年改为五年,2025-1-1\n乙,"支持,但应公开",2025-1-2\n丙,太慢\n,,\n'
        "丁,要有监督,2025-1-4,多出的格"
    )
    expected = (
        comment('第二条"三年改为五年', "甲", submitted="2025-1-1"),
        comment("支持,但应公开", "乙"),
        comment("太慢", "丙", submitted=""),
        rejected("空"),
        comment("要有监督", "丁", submitted="2025-1-4"),
    )
    return Made("手工.csv", text.encode(), expected)


def joint() -> Made:
    """One opinion merged over the rows of two senders, and one opinion of one sender over the rows of two clauses."""
    rows = [
        ["序号", "反馈单位", "对应条款", "意见", "联系方式"],
        [1, "甲县科技局", "第三条", "建议统一资金渠道。", "a@example.com"],
        [2, "乙县科技局", "第三条", None, "b@example.com"],
        [3, "丙市大学", "第五条", "两处表述应一致。", "c@example.com"],
        [None, None, "第八条", None, None],
    ]
    expected = (
        comment("建议统一资金渠道。", "甲县科技局"),
        comment("建议统一资金渠道。", "乙县科技局", contact="b@example.com"),
        comment("两处表述应一致。", "丙市大学", clause="第五条\n第八条"),
        rejected("同一条意见"),
    )
    return Made("合并.xlsx", workbook(("Sheet1", rows, ("D2:D3", "A4:A5", "B4:B5", "D4:D5", "E4:E5"))), expected)


def old_workbook() -> Made:
    """The first format of workbooks: numbers, a day, a merged sender."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("意见表")
    sheet.write_merge(0, 0, 0, 4, f"意见汇总{MADE_UP}")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for column, words in enumerate(["序号", "反馈单位", "意见", "电话", "日期"]):
        sheet.write(1, column, words)
    sheet.write_merge(2, 3, 1, 1, "某市科协")
    for row, (words, phone) in enumerate([("支持。", 13900000008), ("建议第二条\n另起一段。", None)], 2):
        sheet.write(row, 0, row - 1)
        sheet.write(row, 2, words)
        if phone:
            sheet.write(row, 3, phone)
        sheet.write(row, 4, datetime(2025, 10, row), day)
    sheet.write(5, 0, "合计")
    out = io.BytesIO()
    book.save(out)
    expected = (
        comment("支持。", "某市科协", contact="13900000008", submitted="2025-10-02"),
        comment("建议第二条\n另起一段。", "某市科协", submitted="2025-10-03"),
        rejected("空"),
        rejected("合计"),
    )
    return Made("旧.xls", out.getvalue(), expected)


MADE: tuple[Callable[[], Made], ...] = (
    web_board, departments, without_header, traditional, unicode_text, questionnaire, one_column, hostile,
    several_sheets, with_sections, word_tables, word_form, letter, pasted_mails, mail_file, numbered, odd_quotes, joint,
    old_workbook,
)  # fmt: skip
