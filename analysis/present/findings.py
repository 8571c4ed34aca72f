"""Findings of a check as text for a terminal, as JSON of our own, and as SARIF 2.1.0 for other tools."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Sequence
from typing import Any

from analysis.lint.findings import Change, Finding, Severity
from analysis.lint.registry import Rule
from analysis.word.annotate import Correction, Note

SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.INFO: "参考"}
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def counted(findings: Iterable[Finding]) -> str:
    """How many there are of each kind: 错误 1 处，提醒 2 处，参考 0 处."""
    found = list(findings)
    return "，".join(
        f"{name} {sum(each.severity is severity for each in found)} 处" for severity, name in SEVERITIES.items()
    )


def as_text(document: str, findings: Sequence[Finding]) -> str:
    """A paragraph for each finding, and what they come to."""
    lines: list[str] = []
    for each in findings:
        place = f"{document}:{each.start}" + (f"（{each.clause}）" if each.clause else "")
        lines.append(f"{place} {SEVERITIES[each.severity]} {each.rule} {each.message}")
        if each.quote:
            lines.append(f"    原文：{short(each.quote)}")
        if each.suggestion:
            lines.append(f"    建议：{each.suggestion}")
        lines.append(f"    依据：{each.source}（{each.source.force.value}）  指纹 {each.fingerprint}")
    return "\n".join([*lines, f"{document}：{counted(findings)}。" if findings else f"{document}：没有发现问题。", ""])


def short(quote: str) -> str:
    """Words of a draft on one line, with the middle left out where they are long."""
    words = quote.replace("\n", " ")
    return words if len(words) <= 60 else f"{words[:40]}……{words[-16:]}"


def values(document: str, findings: Iterable[Finding]) -> dict[str, Any]:
    """The findings as the wire format has them; offsets into the text as received."""
    return {
        "document": document,
        "findings": [
            {
                "rule": each.rule,
                "severity": each.severity.value,
                "clause": each.clause,
                "start": each.start,
                "end": each.end,
                "quote": each.quote,
                "message": each.message,
                "suggestion": each.suggestion,
                "source": str(each.source),
                "force": each.source.force.value,
                "fingerprint": each.fingerprint,
                "places": [list(place) for place in each.places],
                "changes": [[change.start, change.end, change.words] for change in each.changes],
            }
            for each in findings
        ],
    }


def sarif(documents: Iterable[tuple[str, Sequence[Finding]]], rules: Sequence[Rule]) -> str:
    """The findings of several documents as one SARIF log; places are characters of the text as received."""
    results = [_result(document, each) for document, findings in documents for each in findings]
    driver = {
        "name": "政衡",
        "rules": [
            {
                "id": rule.id,
                "shortDescription": {"text": rule.title},
                "fullDescription": {"text": rule.why},
                "help": {"text": f"{rule.source}（{rule.source.force.value}）"},
                "defaultConfiguration": {"level": _LEVELS[rule.severity]},
            }
            for rule in rules
        ],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _result(document: str, finding: Finding) -> dict[str, Any]:
    spans = [(finding.start, finding.end), *finding.places]
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.message}。{finding.suggestion}".rstrip("。") + "。"},
        "locations": [_location(document, finding.start, finding.end, finding.quote)],
        "partialFingerprints": {"zhengheng/v1": finding.fingerprint},
    }
    if len(spans) > 1:
        result["relatedLocations"] = [_location(document, start, end) for start, end in spans[1:]]
    return result


def _location(document: str, start: int, end: int, words: str = "") -> dict[str, Any]:
    region: dict[str, Any] = {"charOffset": start, "charLength": end - start}
    if words:
        region["snippet"] = {"text": words}
    return {"physicalLocation": {"artifactLocation": {"uri": document}, "region": region}}


def notes_and_corrections(
    findings: Iterable[Finding], correct: Container[str] = ()
) -> tuple[list[Note], list[Correction]]:
    """Findings as comments of a Word file, and the change sets whose token is in ``correct`` as tracked changes."""
    found = list(findings)
    notes = [Note(each.start, each.end, comment(each)) for each in found]
    changes = _taken(found, correct)
    return notes, [Correction(change.start, change.end, change.words) for change in changes]


def corrected(text: str, findings: Iterable[Finding], correct: Container[str]) -> str:
    """A text that is no Word file, with those change sets taken; of changes that overlap the first counts."""
    changes = _taken(findings, correct)
    parts: list[str] = []
    at = 0
    for change in sorted(changes, key=lambda one: (one.start, one.end)):
        if change.start >= at:
            parts += [text[at : change.start], change.words]
            at = change.end
    return "".join([*parts, text[at:]])


def _taken(findings: Iterable[Finding], correct: Container[str]) -> list[Change]:
    sets = (each for finding in findings for each in finding.change_sets if each.token in correct)
    return [change for each in sets for change in each.changes]


def comment(finding: Finding) -> str:
    """What a comment in Word says of a finding."""
    remedy = f"建议：{finding.suggestion}。" if finding.suggestion else ""
    source = f"依据：{finding.source}（{finding.source.force.value}）。"
    return f"【{SEVERITIES[finding.severity]} {finding.rule}】{finding.message}。{remedy}{source}"


def explained(rule: Rule) -> str:
    """All that is to be said of a rule: what it asks, why, on whose authority, with examples of both kinds."""
    lines = [
        f"{rule.id}  {rule.title}（{rule.family.value}，{SEVERITIES[rule.severity]}）",
        "",
        f"为什么：{rule.why}",
        f"依据：{rule.source}（{rule.source.force.value}）",
    ]
    for name, examples in (("不合要求的例子", rule.bad), ("合乎要求的例子", rule.good)):
        lines += ["", f"{name}："] if examples else []
        for example in examples:
            shown = example if len(example) <= 400 else example[:200] + "\n……\n"
            lines += [*(f"    {line}" for line in shown.strip("\n").split("\n")), ""]
    return "\n".join(lines).rstrip() + "\n"
