"""新旧对照: what became of the provisions of a text, as sentences, page, Word file, workbook, JSON and text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from analysis.lint.changed_words import Run
from analysis.lint.provisions import PREAMBLE, Provision
from analysis.lint.versions import Comparison, Fate, Row
from analysis.present.export import COME, GONE, Columns, MarkedText, Table, tabulate, to_xlsx
from analysis.present.markup import render
from analysis.present.names import clause_name
from analysis.word.comparison import ComparedRow, Mark, Words, comparison_docx

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TITLE = "新旧条文对照表"
#: Names of what becomes of provisions, in the order in which they are counted and offered.
FATES = {
    Fate.CHANGED: "修改",
    Fate.ADDED: "新增",
    Fate.DELETED: "删除",
    Fate.MERGED: "合并",
    Fate.SPLIT: "拆分",
    Fate.MOVED: "移动",
    Fate.KEPT: "未改",
}
_SAID = {
    Fate.CHANGED: "改了 {} 条",
    Fate.DELETED: "删了 {} 条",
    Fate.ADDED: "增加 {} 条",
    Fate.MERGED: "合并 {} 处",
    Fate.SPLIT: "拆分 {} 处",
    Fate.MOVED: "移动 {} 条",
}
_NOTHING = "（无）"
_FEW = 0.3  # share of the provisions that have a counterpart below which two texts may be none of one document
KEY = "加粗并有下划线的是新稿里添上或改成的字，有删除线的是旧稿里去掉或改掉的字；空白、标点的全角半角不算改动。"
NOTES = (
    KEY,
    "条文按编号划分，编号下没有编号的段落随它；只因前面增删而改了编号的算未改。说明由程序从两稿字面得出，请对照原文。",
)
PRIVACY = ("放入的文件只留在这次浏览器会话的内存里，不写入磁盘，关掉网页或点“移除”后就没有了。",)
_KINDS = ("力度", "数值", "范围", "条件")


# In sentences -------------------------------------------------------------------------------------------------------


def headline(compared: Comparison) -> str:
    """What the new version did, in numbers: 新稿改了 12 条、删了 3 条、增加 5 条."""
    said = [words.format(count) for fate, words in _SAID.items() if (count := compared.count(fate))]
    return f"新稿{'、'.join(said)}" if said else "两稿逐条相同"


def lead(compared: Comparison) -> str:
    """How many provisions there were and are, and what of the changes deserves a look first."""
    olds = sum(len(row.old) for row in compared.rows)
    news = sum(len(row.new) for row in compared.rows)
    if not compared.rows:
        return "两份文件里都没有找到条文。"
    said = [f"旧稿 {olds} 条，新稿 {news} 条，未改 {compared.count(Fate.KEPT)} 条。"]
    pairs = sum(bool(row.old and row.new) for row in compared.rows)
    if pairs < _FEW * min(olds, news):
        said.append(f"能对上的只有 {pairs} 条，两份可能不是同一份文件的前后两稿。")
    notes = [note for row in compared.rows for note in row.notes]
    stricter, looser = (sum(word in note for note in notes) for word in ("要求加严", "要求放宽"))
    if turned := [f"{word} {count} 处" for word, count in (("加严", stricter), ("放宽", looser)) if count]:
        said.append(f"要求{'、'.join(turned)}。")
    kinds = [(kind, sum(note.startswith(f"{kind}：") for note in notes)) for kind in _KINDS[1:]]
    if changed := [f"{kind} {count} 条" for kind, count in kinds if count]:
        said.append(f"涉及{'、'.join(changed)}。")
    return "".join(said)


def counted(compared: Comparison) -> str:
    """How many of each kind: 修改 12 条，新增 5 条，…"""
    return "，".join(f"{name} {compared.count(fate)} 条" for fate, name in FATES.items())


def place(provision: Provision) -> str:
    """How a provision is cited: 二（四）; 前言 for the paragraph before the first number."""
    if provision.heading == PREAMBLE:
        return "前言"
    return clause_name(provision.path) if provision.path else "正文"


def places(provisions: Sequence[Provision]) -> str:
    """How several are cited."""
    return "、".join(place(one) for one in provisions)


def remarks(row: Row) -> tuple[str, ...]:
    """What is said of a row, a sentence each: what became of the provision, then what the change does."""
    old, new = places(row.old), places(row.new)
    match row.fate:
        case Fate.ADDED | Fate.DELETED:
            return (f"{FATES[row.fate]}。",)
        case Fate.MERGED:
            return (f"合并：{old}合为{new}。", *row.notes)
        case Fate.SPLIT:
            return (f"拆分：{old}分为{new}。", *row.notes)
        case Fate.MOVED:
            return (f"移动：由{old}移至{new}。",)
    numbers = [side[0].path.split("/")[-1] if side[0].number else "" for side in (row.old, row.new)]
    renumbered = f"，序号由{old}改为{new}" if all(numbers) and numbers[0] != numbers[1] else ""
    moved = f"，并由{old}移至{new}" if row.moved else renumbered
    return (f"{FATES[row.fate]}{moved}。", *row.notes)


# Sides ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """One provision of a side with its words."""

    provision: Provision
    runs: tuple[Run, ...]


def parts(provisions: Sequence[Provision], runs: Sequence[Run]) -> tuple[Part, ...]:
    """The words of a side by provision. ``runs`` joined are their texts, joined by line ends."""
    left = [(run.words, run.same) for run in reversed(runs)]
    found = []
    for one in provisions:
        found.append(Part(one, tuple(_taken(left, len(one.text)))))
        for _ in _taken(left, 1):  # the line end
            pass
    return tuple(found)


def _taken(left: list[tuple[str, bool]], length: int) -> Iterator[Run]:
    """The next ``length`` characters off the end of ``left``."""
    while length and left:
        words, same = left.pop()
        if len(words) > length:
            left.append((words[length:], same))
        yield Run(words[:length], same)
        length -= min(len(words), length)


def sides(row: Row) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Both sides of a row. What is new or gone as a whole is not marked: there is nothing that it differs from."""
    whole = row.fate in (Fate.ADDED, Fate.DELETED)
    old, new = ([Run(run.words, run.same or whole) for run in side] for side in (row.old_runs, row.new_runs))
    return parts(row.old, old), parts(row.new, new)


# Files ----------------------------------------------------------------------------------------------------------------


def file_stem(compared: Comparison) -> str:
    """The name of files to download, without ending."""
    shown = re.sub(r"[^\w（）()]", "", compared.new_title or re.sub(r"\.\w{2,5}$", "", compared.new_name))
    return f"{TITLE}-{shown[:40]}".rstrip("-")


def head_lines(compared: Comparison) -> tuple[str, ...]:
    """Counts, files and how to read the table, as they stand above it in files."""
    names = [
        f"{side}：{name}{f'（{title}）' if title and title not in name else ''}"
        for side, name, title in (
            ("旧稿", compared.old_name, compared.old_title),
            ("新稿", compared.new_name, compared.new_title),
        )
    ]
    return (f"结果：{counted(compared)}。", *names, KEY)


def to_docx(compared: Comparison) -> bytes:
    """新旧条文对照表 as a Word file."""
    rows = []
    for row in compared.rows:
        old, new = sides(row)
        rows.append(ComparedRow(_in_word(old, Mark.GONE), _in_word(new, Mark.COME), remarks(row)))
    return comparison_docx(TITLE, (*head_lines(compared), "由政衡生成。"), rows)


def _in_word(side: Sequence[Part], mark: Mark) -> list[Words]:
    if not side:
        return [Words(_NOTHING)]
    words: list[Words] = []
    for at, part in enumerate(side):
        number = part.provision.number
        words += [Words("\n")] if at else []
        words += [Words(number, Mark.NUMBER)] if number else []
        words += [Words(run.words, Mark.PLAIN if run.same else mark) for run in part.runs]
    return words


def workbook(compared: Comparison) -> bytes:
    """The same as a workbook, with the words marked."""
    return to_xlsx(table(compared))


def table(compared: Comparison) -> Table:
    """The rows as a table to leave the product."""
    rows = [(at, row, *sides(row)) for at, row in enumerate(compared.rows, start=1)]
    columns: Columns[tuple[int, Row, tuple[Part, ...], tuple[Part, ...]]] = {
        "序号": lambda row: row[0],
        "变化": lambda row: FATES[row[1].fate],
        "旧稿位置": lambda row: places(row[1].old),
        "原条文": lambda row: _marked(row[2], GONE),
        "新稿位置": lambda row: places(row[1].new),
        "新条文": lambda row: _marked(row[3], COME),
        "说明": lambda row: "\n".join(remarks(row[1])),
    }
    source = f"旧稿 {compared.old_name}；新稿 {compared.new_name}"
    return tabulate(file_stem(compared), f"{TITLE}：{headline(compared)}", columns, rows, source, NOTES)


def _marked(side: Sequence[Part], style: str) -> MarkedText:
    found: list[tuple[str, str]] = []
    for at, part in enumerate(side):
        found.append((("\n" if at else "") + part.provision.number, ""))
        found += [(run.words, "" if run.same else style) for run in part.runs]
    return MarkedText(tuple((words, style) for words, style in found if words))


# Other programs and terminals -----------------------------------------------------------------------------------------


def values(compared: Comparison) -> dict[str, Any]:
    """The comparison for other programs; offsets into the texts as received."""
    return {
        "old": {"document": compared.old_name, "title": compared.old_title},
        "new": {"document": compared.new_name, "title": compared.new_title},
        "counts": {fate.value: compared.count(fate) for fate in Fate},
        "rows": [
            {
                "fate": row.fate.value,
                "moved": row.moved,
                "old": [_provision(one) for one in row.old],
                "new": [_provision(one) for one in row.new],
                "old_runs": [[run.words, run.same] for run in row.old_runs],
                "new_runs": [[run.words, run.same] for run in row.new_runs],
                "notes": list(row.notes),
            }
            for row in compared.rows
        ],
    }


def _provision(one: Provision) -> dict[str, str | int]:
    return {"clause": one.path, "number": one.number, "text": one.text, "start": one.start, "end": one.end}


def as_text(compared: Comparison) -> str:
    """For a terminal: what changed, the words that are gone in ［-…-］ and those that have come in ［+…+］."""
    lines = [f"{headline(compared)}。", lead(compared), ""]
    for row in compared.rows:
        if row.fate is Fate.KEPT:
            continue
        old, new = sides(row)
        lines.append(f"【{FATES[row.fate]}】{places(row.old) or '无'} → {places(row.new) or '无'}")
        if row.fate is not Fate.MOVED:
            lines += [f"  旧：{_in_text(old, '-')}"] if old else []
            lines += [f"  新：{_in_text(new, '+')}"] if new else []
        lines += [f"  {note}" for note in remarks(row)[1:]]
        lines.append("")
    return "\n".join(lines)


def _in_text(side: Sequence[Part], sign: str) -> str:
    words = [
        part.provision.number + "".join(run.words if run.same else f"［{sign}{run.words}{sign}］" for run in part.runs)
        for part in side
    ]
    return "\n".join(words).replace("\n", "\n      ")


# On the page ----------------------------------------------------------------------------------------------------------


def offered(compared: Comparison) -> dict[str, Fate]:
    """The kinds of change that there are, by name."""
    return {name: fate for fate, name in FATES.items() if fate is not Fate.KEPT and compared.count(fate)}


def brought_html(side: str, name: str, characters: int) -> Markup:
    """A file that was brought for a side."""
    return render("versions.brought", side=side, name=name, characters=characters)


def changes(compared: Comparison, fates: Sequence[Fate] = ()) -> tuple[int, ...]:
    """The rows that are gone through one by one, by their place in the comparison: those that changed, of ``fates``."""
    return tuple(
        at for at, row in enumerate(compared.rows) if row.fate is not Fate.KEPT and (not fates or row.fate in fates)
    )


def anchor(at: int) -> str:
    """The id of a row that changed."""
    return f"v{at}"


def rows_html(compared: Comparison, fates: Sequence[Fate] = ()) -> Markup:
    """The table, with what did not change folded where it stands; of ``fates`` only, where some are chosen."""
    blocks: list[tuple[bool, list[dict[str, Any]]]] = []
    for at, row in enumerate(compared.rows):
        if fates and row.fate not in fates:
            continue
        folded = row.fate is Fate.KEPT
        if not blocks or blocks[-1][0] != folded:
            blocks.append((folded, []))
        blocks[-1][1].append({"id": anchor(at), **_shown(row)})
    names = (compared.old_title or compared.old_name, compared.new_title or compared.new_name)
    if names[0] == names[1]:
        names = (f"{names[0]}（{compared.old_name}）", f"{names[1]}（{compared.new_name}）")
    return render("versions.table", blocks=blocks, old=names[0], new=names[1])


def _above(provision: Provision) -> str:
    """Where a provision stands, unless its number says it already."""
    return "" if provision.number and "/" not in provision.path else place(provision)


def _shown(row: Row) -> dict[str, Any]:
    old, new = sides(row)
    said = remarks(row)
    return {
        "fate": row.fate.value,
        "name": FATES[row.fate],
        "old": [(_above(part.provision), part) for part in old],
        "new": [(_above(part.provision), part) for part in new],
        "places": places(row.new or row.old),
        "what": said[0].removeprefix(FATES[row.fate]).lstrip("，：").rstrip("。"),
        "notes": [tuple(note.rstrip("。").split("：", 1)) for note in said[1:]],
    }
