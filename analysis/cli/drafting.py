"""The verb for drafts: check."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from analysis import pipeline
from analysis.cli.arguments import Outcome, Parser, Usage, Verb, as_json
from analysis.cli.texts import STDIN, read_all
from analysis.lint.findings import Finding, Severity
from analysis.lint.packs import read_packs
from analysis.lint.registry import Rule, rules
from analysis.lint.run import CheckedDraft, worst_first
from analysis.model import InputError, Reading
from analysis.present import findings as shown
from analysis.present.findings_report import report_xlsx

FOUND = 1  # exit code where errors were found


def _arguments(parser: Parser) -> None:
    parser.add_argument("files", nargs="*", metavar="FILE", help="草案文件；- 或不写为标准输入")
    parser.add_format("text", "json", "sarif")
    parser.add_argument("--strict", action="store_true", help="有提醒时退出码也是 1")
    parser.add_argument("--off", action="append", default=[], metavar="RULE", help="关掉这条规则，可以写多次")
    parser.add_argument("--peers", action="store_true", help="另与语料中最相近的文件对照：缺什么，哪里更宽更严")
    parser.add_argument("--earlier", metavar="FILE", help="另与本地以前的文件（或语料编号）对照")
    parser.add_argument("--rules", metavar="DIR", help="另读这个文件夹里的自定义规则（TOML）")
    parser.add_argument(
        "--baseline", metavar="FILE", help="只列出这份 JSON 结果或取舍记录里没有的发现；记录里关闭的规则也关闭"
    )
    parser.add_argument("--explain", metavar="RULE", help="说明这条规则的理由、依据和例子")


def _run(given: argparse.Namespace) -> Outcome:
    own = read_packs(Path(given.rules)) if given.rules else ()
    every = (*rules(), *own)
    if given.explain:
        return Outcome(shown.explained(_rule(every, given.explain)).encode())
    known, switched_off = _known(Path(given.baseline)) if given.baseline else (frozenset(), frozenset())
    off = {*switched_off, *(_rule(every, name).id for name in given.off)}
    against, peers = _against(given), _peers(given)

    def checked(name: str) -> CheckedDraft:
        """A draft with the findings that are not known already."""
        result = pipeline.check_file(*_read(name), off=off, own=own, against=against, peers=peers)
        return replace(result, findings=tuple(each for each in result.findings if each.fingerprint not in known))

    ending = Path(given.output or "").suffix.lower()
    if ending in _WRITTEN:
        return _written(given, checked, _WRITTEN[ending])
    found: list[CheckedDraft] = []
    faults: list[str] = []
    for name in given.files or [STDIN]:
        try:
            found.append(checked(name))
        except InputError as fault:
            faults.append(str(fault))
    code = _code(given, [each for draft in found for each in draft.findings])
    notes = tuple(note for draft in found for note in _notes(draft))
    results = [(draft.draft.name, draft.findings) for draft in found]
    return Outcome(_output(given.format, results, every), tuple(faults), notes=notes, code=code)


def _written(given: argparse.Namespace, check: Callable[[str], CheckedDraft], write: Writer) -> Outcome:
    """One draft as a Word or Excel file."""
    if len(given.files) != 1:
        raise InputError(given.output, "", "写批注稿或检查报告只能给出一个文件", "请一次检查一份")
    checked = check(given.files[0])
    summary = f"{checked.draft.name}：{shown.counted(checked.findings)}。"
    code = _code(given, checked.findings)
    return Outcome(write(checked), binary=True, notes=(*_notes(checked), summary), code=code)


def _annotated(checked: CheckedDraft) -> bytes:
    if checked.word is None:
        raise InputError(checked.draft.name, "", "不是 Word 文件，写不成批注稿", "请给出 docx、doc 或 wps 文件")
    return pipeline.annotated_word(checked, *shown.notes_and_corrections(checked.findings))


Writer = Callable[[CheckedDraft], bytes]
_WRITTEN: dict[str, Writer] = {".docx": _annotated, ".xlsx": lambda checked: report_xlsx(checked, {})}


def _notes(checked: CheckedDraft) -> list[str]:
    notes = [f"{checked.draft.name}：{note}。" for note in checked.notes]
    titles = "".join(f"《{title}》" for _, title in checked.beside)
    return [*notes, f"{checked.draft.name}：对照了{titles}。"] if titles else notes


def _against(given: argparse.Namespace) -> pipeline.Against:
    """The series of the corpus, and the earlier text that was given."""
    earlier = None
    if given.earlier:
        found, faults = read_all([given.earlier])
        if not found:
            raise Usage(faults[0])
        earlier = found[0]
    return pipeline.Against(pipeline.series_points(pipeline.default_root()), (), earlier)


def _peers(given: argparse.Namespace) -> Callable[[pipeline.DraftWords], tuple[Reading, ...]] | None:
    """What chooses the texts of the corpus that a draft is held against, where that is asked for."""
    if not given.peers:
        return None
    collection = pipeline.open_collection(pipeline.default_root())
    return lambda words: pipeline.texts_nearest(collection, words)


def _code(given: argparse.Namespace, findings: Sequence[Finding]) -> int:
    grave = (Severity.ERROR, Severity.WARNING) if given.strict else (Severity.ERROR,)
    return FOUND if any(each.severity in grave for each in findings) else 0


def _output(form: str, found: list[tuple[str, tuple[Finding, ...]]], every: Sequence[Rule]) -> bytes:
    if form == "sarif":
        return shown.sarif(found, every).encode(errors="replace")
    if form == "json":
        values = [shown.values(name, findings) for name, findings in found]
        return as_json(values[0] if len(values) == 1 else values)
    return "".join(shown.as_text(name, worst_first(findings)) for name, findings in found).encode(errors="replace")


def _read(name: str) -> tuple[bytes, str]:
    if name != STDIN:
        return pipeline.file_bytes(Path(name), name), Path(name).name
    if sys.stdin.isatty():
        raise InputError("标准输入", "", "没有给出文件", "请写上文件名，或用管道送入文本")
    return sys.stdin.buffer.read(), "标准输入"


def _rule(every: Sequence[Rule], name: str) -> Rule:
    found = next((rule for rule in every if rule.id.upper() == name.upper()), None)
    if found is None:
        raise InputError(name, "", "没有这条规则", f"请改为下列之一：{'、'.join(rule.id for rule in every)}")
    return found


def _known(path: Path) -> tuple[frozenset[str], frozenset[str]]:
    """The fingerprints of an earlier result, or of what was decided on the page; rules that are switched off there."""
    data = pipeline.file_bytes(path, str(path))
    try:
        values = json.loads(data.decode("utf-8-sig"))
        results = values if isinstance(values, list) else [values]
        found = frozenset(str(each["fingerprint"]) for result in results for each in result["findings"])
        return found, frozenset(str(rule) for result in results for rule in result.get("off", ()))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        remedy = "请给出 check --format json 写出的文件，或草案检查页下载的取舍记录"
        raise InputError(str(path), "", "不是检查结果", remedy) from None


CHECK = Verb(
    "check",
    "检查草案：编号、引用、数字、日期、用语和前后是否一致，逐处给出依据。",
    "python -m analysis check 草案.docx\npython -m analysis check 草案.docx --format json -o 结果.json"
    "\npython -m analysis check 草案.docx -o 批注稿.docx\npython -m analysis check 草案.docx -o 检查报告.xlsx"
    "\npython -m analysis check 草案.docx --baseline 结果.json"
    "\npython -m analysis check --explain N2",
    _arguments,
    _run,
)
