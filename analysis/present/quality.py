"""How well texts are read, in words and tables: rates with their uncertainty, fields, documents, every row at fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from html import escape

from analysis.model import Card, Corpus
from analysis.present import export, numbers
from analysis.present.quality_faults import COMPARED, FIELDS, PARTS
from analysis.present.tables import document_name, silent, table
from analysis.present.trend_text import spaced
from analysis.score import Pair, Part, Score, Tally
from analysis.score.agree import SIX_NUMBERS
from analysis.score.interval import interval

_THIN = numbers.THIN_SPACE
_BINDING = frozenset(("value", "value_high", "comparator", "target_year", "indicator", "instrument", *SIX_NUMBERS))


def lead(seeds: Score, development: Score | None, recorded: Mapping[str, Tally] | None = None) -> str:
    """What the rows of both sets say, and what they cannot say: markup.

    ``recorded``: counts by part of the last run over the texts of development, said where those are not at hand.
    """
    said = f"{_told('随产品保存的', seeds)}。"
    if development is not None:
        said += f"{_told('开发时用来检验的', development)}。"
    elif recorded:
        rows = "；".join(_counted(part, tally) for part, tally in recorded.items())
        said += f"开发时用来检验的另一组文本不在本机，最近一次记录是：{rows}。"
    return (
        f"{said}这些文本在编写读法时都看过，成绩说明它们读得怎样，"
        "<strong>不保证没见过的文本也读得一样好</strong>：请点回原文核对。"
    )


def _told(which: str, result: Score) -> str:
    rows = [_counted(part.name, part.tally()) for part in (result.targets, result.incentives)]
    return f"{which} {len(result.gold.documents)}{_THIN}份文本里，{'；'.join(rows)}{_besides(result)}"


def _counted(part: str, tally: Tally) -> str:
    return (
        f"{PARTS[part]} {tally.gold}{_THIN}项，读对 <strong>{tally.right}</strong>{_THIN}项，"
        f"漏 {tally.gold - tally.found}{_THIN}项，多 {tally.predicted - tally.found}{_THIN}项"
    )


def _besides(result: Score) -> str:
    """The lesser field that differs most often: a row counts as right all the same, and a reader should know."""
    wrong = Counter(
        (part.name, one.field)
        for part in (result.targets, result.incentives)
        for pair in part.pairs
        for one in pair.differences
        if one.field not in _BINDING
    )
    if not wrong:
        return ""
    (part, field), count = wrong.most_common(1)[0]
    return f"（{PARTS[part][-2:]}的“{FIELDS[field]}”另有 {count}{_THIN}项与标注写法不同，不计入对错）"


def summary_html(result: Score, *, ambiguous: bool) -> str:
    """Found and right by kind: counts, precision, recall, F1: markup."""
    head = ["", "标注", "读出", "相符", "精确率", "召回率", "召回率的 95% 区间", "F1"]
    labels = [*head[:6], "95% 区间", "F1"]
    rows = []
    for part in (result.targets, result.incentives):
        tally = part.tally(ambiguous=ambiguous)
        for word, hits in (("找到", tally.found), ("全对", tally.right)):
            precision, recall, f1 = (_rate(rate) for rate in tally.rates(hits))
            name = f"<strong>{escape(PARTS[part.name])}</strong>　{word}"
            counts = [f"{count}" for count in (tally.gold, tally.predicted, hits)]
            rows.append([name, *counts, precision, recall, _reach(hits, tally.gold), f1])
    return table("", [escape(label) for label in head], labels, rows, css="zh-scores")


def _rate(rate: float | None) -> str:
    return silent("无从计算") if rate is None else f"{rate:.3f}"


def _reach(hits: int, total: int) -> str:
    found = interval(hits, total)
    return silent("无从计算") if found is None else f"{found[0]:.3f}—{found[1]:.3f}"


def fields_html(result: Score, *, ambiguous: bool) -> str:
    """For every field of the rows found, how many agree: markup."""
    labels = ["字段", "对过", "不符", "相符的比例", "计入全对"]
    rows = []
    for part in (result.targets, result.incentives):
        pairs = _pairs(part, ambiguous)
        wrong = Counter(one.field for pair in pairs for one in pair.differences)
        for field in COMPARED[part.name]:
            compared = sum(_annotated(pair, field) for pair in pairs)
            share = f"{(compared - wrong[field]) / compared:.3f}" if compared else silent("没有标注")
            missed = f"<strong>{wrong[field]}</strong>" if wrong[field] else "0"
            name = f"{PARTS[part.name][-2:]}　{FIELDS[field]}"
            rows.append([escape(name), f"{compared}", missed, share, _counts(field)])
    return table("", [escape(label) for label in labels], labels, rows, css="zh-scores")


def _counts(field: str) -> str:
    if field == "unit":
        return "折算后一致即可"  # 万家 and 家, 億 and 亿
    return "是" if field in _BINDING else silent("否")


def _annotated(pair: Pair, field: str) -> bool:
    """A kind that the annotator left open is compared with nothing."""
    return field != "kind" or bool(pair.gold.fields.get("kind"))


def _pairs(part: Part, ambiguous: bool) -> list[Pair]:
    return [pair for pair in part.pairs if ambiguous or not pair.gold.ambiguous]


def documents_html(result: Score, names: Mapping[str, str], *, ambiguous: bool) -> str:
    """Counts by document; those that must give nothing say so: markup."""
    head = ["文本", "目标", "写明数额的激励", "应为空"]
    labels = ["文本", "目标", "激励", "应为空"]
    rows = []
    for document in result.gold.documents:
        tallies = [part.tally(document, ambiguous=ambiguous) for part in (result.targets, result.incentives)]
        empty = silent("—")
        if document in result.gold.negative:
            read = sum(tally.predicted for tally in tallies)
            empty = f"<strong>读出 {read}{_THIN}项</strong>" if read else "确实没有读出"
        name = f'<span class="zh-as-received">{escape(names.get(document, document))}</span>'
        rows.append([name, *(_told_counts(tally) for tally in tallies), empty])
    return table("", [escape(label) for label in head], labels, rows)


def _told_counts(tally: Tally) -> str:
    if not tally.gold and not tally.predicted:
        return silent("没有")
    words = (("标注", tally.gold), ("读出", tally.predicted), ("找到", tally.found), ("全对", tally.right))
    return "，".join(f"{word} {count}" for word, count in words)


def names(result: Score, corpus: Corpus) -> dict[str, str]:
    """How each document is called: its short name where it is in the corpus, else its file's name with spaces."""
    cards: dict[str, Card] = {reading.document.id: reading.document.card for reading in corpus.readings}
    return {
        document: document_name(cards[document]) if document in cards else document.replace("_", " ")
        for document in result.gold.documents
    }


def checks(result: Score) -> tuple[str, ...]:
    """What else was checked, one plain sentence each."""
    gold = result.gold
    said = []
    if gold.traps:
        said.append(f"容易误认作目标的数字标注了 {len(gold.traps)} 处，误认 {len(result.taken)} 处。")
    if gold.negative:
        read = len(gold.negative & set(gold.documents))
        said.append(f"{read} 份文本里没有目标也没有带数字的激励，其中读出了东西的 {len(result.not_empty)} 份。")
    if gold.qualitative:
        said.append(
            f"没有数字的激励标注了 {len(gold.qualitative)} 项，漏列 {len(result.unlisted)} 项，"
            f"另列标注里没有的 {len(result.unasked)} 项。"
        )
    if gold.quantities:
        said.append(f"数量标注了 {len(gold.quantities)} 处，数值或关系词不符 {len(result.quantities)} 处。")
    if gold.structure:
        said.append(f"章条结构标注了 {len(gold.structure)} 份，不符 {len(result.structure)} 处。")
    return tuple(spaced(sentence) for sentence in said)


def notes(result: Score, development: bool) -> tuple[str, ...]:
    """What the words mean and what the figures do not say."""
    rows = len(result.gold.targets) + len(result.gold.incentives)
    which = (
        f"这一组有 {len(result.gold.documents)} 份文本、{rows} 条带数字的标注。"
        "开发时反复用它检验，并照着不符的条目改过读法，所以是偏高的成绩；文本是别人的，不随产品保存，只在有它的机器上显示。"
        if development
        else f"这一组只有 {len(result.gold.documents)} 份文件、{rows} 条带数字的标注，读法就是照着它们写的，"
        "没有不符是应当的。"
    )
    return tuple(
        spaced(note)
        for note in (
            which,
            "“找到”：位置重叠且数值、单位一致；“全对”：目标还要年份、关系词、指标一致，激励还要六个数字和方式一致。"
            "“存疑”是标注人认为别人也可能判断不同的条目。",
            "精确率是读出的里面对的比例，召回率是标注的里面读到的比例，F1 是两者的调和平均。95% 区间按威尔逊法计算，"
            "只反映条数有限，不反映这些文本事先看过。成绩由程序在打开本页时算出。",
        )
    )


def summary_table(result: Score, name: str, *, ambiguous: bool) -> export.Table:
    """The rates as a file, by document and in all."""
    columns = (
        export.Column("document", "文本"),
        export.Column("part", "内容"),
        export.Column("gold", "标注", "项"),
        export.Column("predicted", "读出", "项"),
        export.Column("found", "找到", "项"),
        export.Column("right", "全对", "项"),
        export.Column("precision", "全对的精确率"),
        export.Column("recall", "全对的召回率"),
        export.Column("f1", "全对的 F1"),
        export.Column("negative", "应为空"),
    )
    rows: list[Mapping[str, export.Cell]] = []
    for document in (None, *result.gold.documents):
        for part in (result.targets, result.incentives):
            tally = part.tally(document, ambiguous=ambiguous)
            precision, recall, f1 = tally.rates(tally.right)
            rows.append(
                {
                    "document": document or "合计",
                    "part": PARTS[part.name],
                    "gold": tally.gold,
                    "predicted": tally.predicted,
                    "found": tally.found,
                    "right": tally.right,
                    "precision": precision,
                    "recall": recall,
                    "f1": f1,
                    "negative": document in result.gold.negative if document else None,
                }
            )
    source = "人工标注与程序读出的逐条对照"
    return export.Table(f"抽取质量 {name}", f"抽取质量 {name}", columns, tuple(rows), source)
