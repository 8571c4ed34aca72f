"""How well texts are read that were seen before: rates, fields, documents, rows at fault, known failures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from markupsafe import Markup

from analysis.chinese_words import COMPARATORS, FIELDS, SIGNS, TARGET_KINDS, instrument_name, receiver_name
from analysis.citation import cite
from analysis.model import Card, Citation, Comparator, Corpus, Instrument, Receiver, TargetKind
from analysis.present import export
from analysis.present.markup import render
from analysis.present.names import document_name
from analysis.present.numbers import THIN_SPACE, spaced, with_unit
from analysis.score import Pair, Part, Score, Tally
from analysis.score.agree import SIX_NUMBERS
from analysis.score.count import interval
from analysis.score.gold import GoldRow, Known

PARTS = {"targets": "目标", "incentives": "写明数额的激励"}
MISSED, EXTRA, WRONG, MINOR = "漏读", "多读", "未全对", "次要不符"
KINDS = (MISSED, EXTRA, WRONG, MINOR)
COMPARED = {
    "targets": ("value", "unit", "comparator", "target_year", "indicator", "kind", "baseline_year", "recurring"),
    "incentives": (*SIX_NUMBERS, "instrument", "rate_comparator", "receiver", "beneficiary", "rate_base"),
}
_BINDING = frozenset(("value", "value_high", "comparator", "target_year", "indicator", "instrument", *SIX_NUMBERS))
_SOURCE = "人工标注与程序读出的逐条对照"
_TEXTS = {
    "plan": "规划、方案",
    "measure": "政策措施",
    "statute": "法规",
    "question and answer": "政策问答",
    "news": "报道",
}


def lead(seeds: Score, development: Score | None, recorded: Mapping[str, Tally] | None = None) -> Markup:
    """What the rows of both sets say, and what they cannot say.

    ``recorded``: counts by part of the last run over the texts of development, said where those are not at hand.
    """
    sets = [_told("随产品保存的", seeds)]
    if development is not None:
        sets.append(_told("开发时用来检验的", development))
        recorded = None
    named = [(PARTS[part], tally) for part, tally in (recorded or {}).items()]
    return render("quality.lead", sets=sets, recorded=named)


def _told(which: str, result: Score) -> dict[str, object]:
    parts = [(PARTS[part.name], part.tally()) for part in result.parts]
    return {"which": which, "documents": len(result.gold.documents), "parts": parts, "lesser": _lesser(result)}


def _lesser(result: Score) -> dict[str, object] | None:
    """The lesser field that differs most often: a row counts as right all the same, and a reader should know."""
    wrong = Counter(
        (part.name, one.field)
        for part in result.parts
        for pair in part.pairs
        for one in pair.differences
        if one.field not in _BINDING
    )
    if not wrong:
        return None
    (part, field), count = wrong.most_common(1)[0]
    return {"part": PARTS[part][-2:], "field": FIELDS[field], "count": count}


def summary_html(result: Score, *, ambiguous: bool) -> Markup:
    """Found and right by kind: counts, precision, recall, F1."""
    rows: list[list[object]] = []
    for part in result.parts:
        tally = part.tally(ambiguous=ambiguous)
        for word, hits in (("找到", tally.found), ("全对", tally.right)):
            precision, recall, f1 = (None if rate is None else f"{rate:.3f}" for rate in tally.rates(hits))
            reach = interval(hits, tally.gold)
            within = None if reach is None else f"{reach[0]:.3f}—{reach[1]:.3f}"
            name = {"part": PARTS[part.name], "word": word}
            rows.append([name, tally.gold, tally.predicted, hits, precision, recall, within, f1])
    return render("quality.summary", rows=rows)


def fields_html(result: Score, *, ambiguous: bool) -> Markup:
    """For every field of the rows found, how many agree."""
    rows = []
    for part in result.parts:
        pairs = [pair for pair in part.pairs if ambiguous or not pair.gold.ambiguous]
        wrong = Counter(one.field for pair in pairs for one in pair.differences)
        for field in COMPARED[part.name]:
            compared = sum(_annotated(pair, field) for pair in pairs)
            share = f"{(compared - wrong[field]) / compared:.3f}" if compared else None
            name = f"{PARTS[part.name][-2:]}　{FIELDS[field]}"
            # 万家 and 家, 億 and 亿 are one unit.
            counts = "折算后一致即可" if field == "unit" else "是" if field in _BINDING else None
            rows.append([name, compared, wrong[field], share, counts])
    return render("quality.fields", rows=rows)


def _annotated(pair: Pair, field: str) -> bool:
    """A kind that the annotator left open is compared with nothing."""
    return field != "kind" or bool(pair.gold.fields.get("kind"))


def documents_html(result: Score, names: Mapping[str, str], *, ambiguous: bool) -> Markup:
    """Counts by document; those that must give nothing say so."""
    rows = []
    for document in result.gold.documents:
        tallies = [part.tally(document, ambiguous=ambiguous) for part in result.parts]
        negative = document in result.gold.negative
        too_many = sum(tally.predicted for tally in tallies) if negative else None
        rows.append([names.get(document, document), *tallies, too_many])
    return render("quality.documents", rows=rows)


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
    rows = [
        (document, part.name, part.tally(document, ambiguous=ambiguous))
        for document in (None, *result.gold.documents)
        for part in result.parts
    ]
    columns: export.Columns[tuple[str | None, str, Tally]] = {
        "文本": lambda row: row[0] or "合计",
        "内容": lambda row: PARTS[row[1]],
        "标注（项）": lambda row: row[2].gold,
        "读出（项）": lambda row: row[2].predicted,
        "找到（项）": lambda row: row[2].found,
        "全对（项）": lambda row: row[2].right,
        "全对的精确率": lambda row: row[2].rates(row[2].right)[0],
        "全对的召回率": lambda row: row[2].rates(row[2].right)[1],
        "全对的 F1": lambda row: row[2].rates(row[2].right)[2],
        "应为空": lambda row: row[0] in result.gold.negative if row[0] else None,
    }
    return export.tabulate(f"抽取质量 {name}", f"抽取质量 {name}", columns, rows, _SOURCE)


@dataclass(frozen=True, slots=True)
class Fault:
    """A row at fault; ``citation`` where its words can be opened."""

    kind: str  # one of KINDS
    part: str  # targets, incentives
    document: str
    clause: str
    quote: str
    what: str
    ambiguous: bool
    citation: Citation | None


def faults(result: Score, corpus: Corpus, *, ambiguous: bool) -> tuple[Fault, ...]:
    """Every row at fault: missed first, then too many, then wrong where it counts, then wrong in lesser fields."""
    found = [fault for part in result.parts for fault in _of_part(part, corpus)]
    kept = [fault for fault in found if ambiguous or not fault.ambiguous]
    return tuple(sorted(kept, key=lambda fault: KINDS.index(fault.kind)))


def _of_part(part: Part, corpus: Corpus) -> list[Fault]:
    rows = []
    for row in part.missed:
        stated = "标注为" + _listed((field, row.fields.get(field, "")) for field in FIELDS if field != "clause")
        rows.append(_from_gold(MISSED, part.name, row, stated, corpus))
    for one in part.extra:
        there = one.citation if corpus.reading(one.document) else None
        read = "读作" + _listed((field, getattr(one, field)) for field in COMPARED[part.name])
        rows.append(Fault(EXTRA, part.name, one.document, one.clause, one.quote, read, False, there))
    for pair in part.pairs:
        if pair.differences:
            words = "；".join(
                f"{FIELDS[one.field]}应为{_said(one.field, one.gold)}，读作{_said(one.field, one.predicted)}"
                for one in pair.differences
            )
            rows.append(_from_gold(MINOR if pair.right else WRONG, part.name, pair.gold, words, corpus))
    return rows


def _from_gold(kind: str, part: str, row: GoldRow, what: str, corpus: Corpus) -> Fault:
    reading = corpus.reading(row.document)
    span = reading.document.clean_span(row.start, row.end) if reading and row.located else None
    citation = cite(reading.document, *span) if reading and span else None
    quote, clause = row.fields.get("quote", ""), row.fields.get("clause", "")
    return Fault(kind, part, row.document, clause, quote, what, row.ambiguous, citation)


_CODES: dict[str, Callable[[str], str]] = {
    "comparator": lambda code: COMPARATORS[Comparator(code)],
    "rate_comparator": lambda code: COMPARATORS[Comparator(code)],
    "instrument": lambda code: instrument_name(Instrument(code)),
    "receiver": lambda code: receiver_name(Receiver(code)),
    "kind": lambda code: TARGET_KINDS[TargetKind(code)],
    "recurring": lambda _: "每年",
}


def _said(field: str, value: object) -> str:
    """A value in Chinese, in quotation marks; 空 where there is none."""
    words = "" if value is None else str(value)
    with suppress(ValueError):  # an annotation may hold a word of its own
        words = _CODES[field](words) if words and field in _CODES else words
    return f"“{words}”" if words else "空"


def _listed(stated: Iterable[tuple[str, object]]) -> str:
    """The fields that have a value, in Chinese."""
    return "，".join(f"{FIELDS[field]}{_said(field, value)}" for field, value in stated if value)


def faults_heading(rows: Sequence[Fault]) -> str:
    """How many rows are at fault, by kind."""
    counts = Counter(fault.kind for fault in rows)
    told = "，".join(f"{kind} {counts[kind]}{THIN_SPACE}条" for kind in KINDS if counts[kind])
    return f"不符的条目：{told}" if told else "不符的条目"


def no_faults(rows: Sequence[Fault]) -> str:
    """What to say where no row is shown."""
    return "所选的这几种不符一条也没有。" if rows else "这一组里没有不符的条目。"


def faults_html(rows: Sequence[Fault], called: Mapping[str, str]) -> Markup:
    """The rows at fault with their words; a link where the text is in the corpus."""
    cells = [
        [
            {"kind": fault.kind, "ambiguous": fault.ambiguous, "part": PARTS[fault.part]},
            called.get(fault.document, fault.document),
            fault,
            fault.what,
        ]
        for fault in rows
    ]
    return render("quality.faults", rows=cells)


def faults_table(rows: Sequence[Fault], called: Mapping[str, str], name: str) -> export.Table:
    """The rows at fault as a file."""
    columns: export.Columns[Fault] = {
        "不符": lambda fault: fault.kind,
        "内容": lambda fault: PARTS[fault.part],
        "文本": lambda fault: called.get(fault.document, fault.document),
        "条款": lambda fault: fault.clause,
        "原话": lambda fault: fault.quote,
        "怎么不符": lambda fault: fault.what,
        "存疑": lambda fault: fault.ambiguous,
    }
    return export.tabulate(f"不符的条目 {name}", f"不符的条目 {name}", columns, rows, _SOURCE)


def known_html(cases: Sequence[tuple[Known, Sequence[tuple[str, ...]]]]) -> Markup:
    """Sentences known to be read wrongly, what a careful reader takes from each and what is read; "" without any."""
    if not cases:
        return Markup()
    rows = []
    for known, read in cases:
        said = _target if known.part == "targets" else _incentive
        text = {"text": known.text, "kind": _TEXTS.get(known.kind, known.kind)}
        rows.append([text, [said(row) for row in known.rows], [said(row) for row in read]])
    return render("quality.known", cases=rows)


def _target(row: tuple[str, ...]) -> str:
    indicator, comparator, value, unit, year, kind = row
    sign = SIGNS[Comparator(comparator)]
    words = f"{indicator}{THIN_SPACE}{sign}{THIN_SPACE}{_unit(value, unit)}"
    if kind != TargetKind.LEVEL:
        words += f"，{TARGET_KINDS[TargetKind(kind)]}"
    return f"{words}，{year}{THIN_SPACE}年" if year else words


def _incentive(row: tuple[str, ...]) -> str:
    instrument, receiver, threshold, comparator, rate, low, high, item, yearly = row
    bound = SIGNS[Comparator(comparator)] + THIN_SPACE if comparator else ""
    parts = [f"{receiver_name(Receiver(receiver))}，{instrument_name(Instrument(instrument))}"]
    parts += [f"起点 {_unit(threshold, '万元')}"] if threshold else []
    parts += [f"比例 {bound}{_unit(rate, '%')}"] if rate else []
    if low or high:
        upto = f"{_unit(low, '')}—" if low and high and low != high else ""
        parts.append(f"金额 {upto}{_unit(high or low, '万元')}")
    parts += [f"单项最高 {_unit(item, '万元')}"] if item else []
    parts += [f"每年最高 {_unit(yearly, '万元')}"] if yearly else []
    return "，".join(parts)


def _unit(value: str, unit: str) -> str:
    try:
        return with_unit(Decimal(value), unit)
    except InvalidOperation:
        return f"{value}{unit}"
