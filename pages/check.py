"""草案检查: a draft with what rules found in it, to be decided on, corrected and taken away."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any

import streamlit as st
from markupsafe import Markup

from analysis import pipeline
from analysis.pipeline import Finding
from analysis.present import charts_tiers, drafting_text
from analysis.present import findings as exports
from analysis.present.drafting_text import Standing
from analysis.present.export import XLSX_TYPE
from analysis.present.findings_report import report_docx, report_xlsx
from analysis.present.markup import render
from analysis.present.numbers import THIN_SPACE
from pages import _desk, _finding, _ui
from pages._kept import kept
from pages._session import Desk, OwnDraft

LISTED = 20  # corrections, and findings set aside, on a page
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": XLSX_TYPE,
    "json": "application/json",
    "sarif": "application/json",
}
_SEVERITIES = {name: severity.value for severity, name in exports.SEVERITIES.items()}


def start() -> None:
    """Before there is a draft: what is looked for, and the ways in."""
    own, faults = _desk.own_rules()
    rules = (*pipeline.draft_rules(), *own)
    _ui.header("这份草案发出去之前，还有哪里要改？", render("drafting.opening", rules=len(rules)))
    _desk.intake()
    _ui.html(render("drafting.unusable", sentences=[fault.message for fault in faults]))
    _ui.section("查什么")
    _ui.html(drafting_text.families_html(rules))
    _ui.html(render("drafting.privacy"))


def checked(desk: Desk, draft: OwnDraft) -> None:
    """The answer, the text with the findings beside it, and below what can be done with all of them."""
    standing = _desk.standing(desk, draft)
    rules = {rule.id: rule for rule in draft.checked.rules}
    tiers = draft.checked.tiers
    _ui.header(
        drafting_text.headline(standing.left, bool(standing.every)),
        drafting_text.lead(standing, draft.number, len(tiers)),
    )
    _ui.html(render("drafting.notes", notes=draft.checked.notes))
    _ui.html(render("drafting.held_against", texts=draft.checked.beside))
    _ui.html(render("drafting.unusable", sentences=[fault.message for fault in _desk.own_rules()[1]]))
    another(draft)
    shown = filtered(standing, rules) if standing.left else ()
    with st.container(key="check-columns"):
        beside, side = st.columns([8, 5], gap="large")
    with side, st.container(key="check-panel"):
        current = _finding.panel(standing, shown, rules, desk.ticked)
    with beside:
        if standing.left:
            _ui.html(render("drafting.legend"))
        _ui.html(text(draft, tuple(each.fingerprint for each in shown)))
        if current:
            _finding.light(draft.checked.draft, current)
    fixes(draft, standing, desk)
    if tiers:
        _ui.section("分档画成数轴", render("drafting.tiers_key"), name="tiers")
        for drawing in charts_tiers.drawings(tiers, draft.checked.draft, _ui.chart_width(), _ui.is_dark()):
            _ui.html(drawing)
    decided(desk, draft, standing, rules)
    _ui.html(render("drafting.privacy"))


def another(draft: OwnDraft) -> None:
    """The ways in for the next version, folded away, and the way out."""
    with st.expander("放入下一稿，或换一份草案", key=f"draft-next-{draft.digest[:8]}"):
        _desk.intake()
        st.button("移除这份草案和取舍记录", key="draft-clear", type="tertiary", on_click=_desk.clear)


def filtered(standing: Standing, rules: Mapping[str, pipeline.Rule]) -> tuple[Finding, ...]:
    """The findings that the filters leave; drawn where it is called."""
    counts = Counter(exports.SEVERITIES[each.severity] for each in standing.left)
    families = Counter(drafting_text.family_of(each, rules).value for each in standing.left)
    clauses = {name: path for path, name in drafting_text.clauses_of(standing.left).items()}
    with _ui.controls("check"):
        severity = st.pills(
            "程度",
            list(_SEVERITIES),
            key="severity",
            bind="query-params",
            format_func=lambda name: f"{name}{THIN_SPACE}{counts[name]}",
        )
        family = _select("类别", "family", families, 190)
        clause = _select("条目", "clause", dict.fromkeys(clauses, 0), 230)
    return drafting_text.chosen(
        standing.left, rules, _SEVERITIES.get(severity or "", ""), family or "", clauses[clause] if clause else None
    )


def _select(label: str, key: str, offered: Mapping[str, int], width: int) -> str | None:
    """One of the names offered, with counts where there are any; None for all."""
    chosen: str | None = st.selectbox(
        label,
        list(offered),
        index=None,
        key=key,
        bind="query-params",
        placeholder="全部",
        width=width,
        format_func=lambda name: f"{name}（{offered[name]}）" if offered.get(name) else name,
    )
    return chosen if chosen in offered else None


@kept(most=8)
def text(draft: OwnDraft, fingerprints: tuple[str, ...]) -> Markup:
    """The text with these findings marked."""
    wanted = set(fingerprints)
    shown = [each for each in draft.checked.findings if each.fingerprint in wanted]
    return drafting_text.text_html(draft.checked.draft, shown)


# Corrections and what is taken away ----------------------------------------------------------------------------------


def fixes(draft: OwnDraft, standing: Standing, desk: Desk) -> None:
    """The mechanical corrections, a tick each, and the files to take away."""
    fixable = standing.fixable
    _ui.section("改好带走", name="fixes")
    if fixable:
        sets = [one for each in fixable for one in each.change_sets]
        places = sum(one.count for one in sets)
        taken = sum(one.count for one in sets if one.token in desk.ticked)
        together = f"（合起来 {places} 处）" if places > len(fixable) else ""
        with st.container(horizontal=True, key="fix-head", gap="medium", vertical_alignment="center"):
            words = f"{len(fixable)} 项{together}可以直接改，已勾选 {taken} 处；看过改前改后再勾选。"
            _ui.say_inline(words, "zh-fix-head")
            _tick_all([one.token for one in sets], taken == places)
        number = _ui.page_within(len(fixable), LISTED, "fixes")
        _ui.pager(len(fixable), number, LISTED, key="fixes", unit="处")
        for each in fixable[(number - 1) * LISTED : number * LISTED]:
            with st.container(key=f"fix-{each.fingerprint}", gap=None):
                _finding.fix(each, standing.draft, desk.ticked)
    else:
        _ui.say("没有可以直接改的地方；其余的要人来定。")
    downloads(draft, standing, desk)


def _tick_all(tokens: list[str], every: bool) -> None:
    st.button(
        "全不选" if every else "全选",
        key="tick-all",
        type="tertiary",
        on_click=_desk.tick,
        args=(tokens, not every),
    )


def downloads(draft: OwnDraft, standing: Standing, desk: Desk) -> None:
    """The files: a copy with comments and tracked changes, findings for other tools."""
    name = PurePath(draft.name).stem
    left, checked = standing.left, draft.checked
    kept_rules = [each for each in checked.findings if each.rule not in standing.decisions.off]
    sets = [one for each in standing.fixable for one in each.change_sets if one.token in desk.ticked]
    wanted, places = frozenset(one.token for one in sets), sum(one.count for one in sets)
    if checked.word is not None:
        st.download_button(
            f"下载 Word 批注稿，含 {places} 处修订" if wanted else "下载 Word 批注稿",
            _ui.unnamed(lambda: pipeline.annotated_word(checked, *exports.notes_and_corrections(left, wanted))),
            file_name=f"{name}-批注稿.docx",
            mime=_TYPES["docx"],
            key="download-word",
            on_click="ignore",
            type="primary",
        )
    with st.container(horizontal=True, key="downloads-check-draft", gap="small", vertical_alignment="center"):
        _ui.html_inline(render("page.downloads", what="检查结果"))
        if checked.word is None and wanted:
            _ui.download(
                f"改好 {places} 处的文字",
                lambda: exports.corrected(checked.draft.received, left, wanted).encode(errors="replace"),
                f"{name}-改.txt",
                "text/plain",
                key="download-text",
            )
        done, reasons = replace(checked, findings=tuple(kept_rules), word=None), standing.decisions.reasons
        for label, end, make in (
            ("检查表 Excel", "xlsx", lambda: _made(report_xlsx, done, reasons)),
            ("报告 Word", "docx", lambda: _made(report_docx, done, reasons)),
            ("JSON", "json", lambda: _json(exports.values(draft.name, left))),
            ("SARIF", "sarif", lambda: exports.sarif([(draft.name, left)], checked.rules).encode(errors="replace")),
        ):
            _ui.download(label, make, f"{name}-检查.{end}", _TYPES[end], key=f"download-{end}")
    if checked.word is None:
        _ui.small_print(["这份草案不是 Word 文件，勾选的修改写进纯文字；放入 docx、doc 或 wps 就有批注稿。"])


def _made(report: Callable[..., bytes], done: pipeline.CheckedDraft, reasons: Mapping[str, str]) -> bytes:
    """A report, made where time and memory are bounded."""
    return pipeline.in_reading_process(done.draft.name, report, done, dict(reasons))


def _json(values: Any) -> bytes:
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode(errors="replace")


# What was decided ----------------------------------------------------------------------------------------------------


def decided(desk: Desk, draft: OwnDraft, standing: Standing, rules: Mapping[str, pipeline.Rule]) -> None:
    """Findings set aside, rules that are off, and the record of both."""
    _ui.section("取舍", name="decided")
    dismissed = standing.dismissed
    if not dismissed:
        _ui.say("还没有忽略的发现。忽略一处要写理由；下一稿里同一处不再列出。", "zh-second")
    number = _ui.page_within(len(dismissed), LISTED, "aside")
    _ui.pager(len(dismissed), number, LISTED, key="aside", unit="处")
    for each, found in dismissed[(number - 1) * LISTED : number * LISTED]:
        with st.container(horizontal=True, key=f"aside-{each.fingerprint}", gap="medium", vertical_alignment="center"):
            _ui.html_inline(drafting_text.dismissed_html(each, found))
            st.button(
                "恢复",
                key=f"restore-{each.fingerprint}",
                type="tertiary",
                on_click=_finding.restore,
                args=(each.fingerprint,),
            )
    if desk.former != pipeline.Decisions():
        with st.container(horizontal=True, key="draft-former", gap="medium", vertical_alignment="center"):
            _ui.say_inline("这份草案与上一份少有相同的字句，取舍从头开始。", "zh-second")
            st.button("沿用上一份的取舍", key="draft-take-over", type="tertiary", on_click=_desk.take_over)
    off = standing.decisions.off
    st.session_state.rules_off = [rule for rule in rules if rule in off]
    with _ui.controls("rules"):
        st.multiselect(
            "关闭的规则",
            list(rules),
            key="rules_off",
            format_func=lambda rule: drafting_text.rule_name(rules[rule]),
            placeholder="没有关闭的规则",
            select_all=False,
            width=640,
            on_change=_switch,
            args=(frozenset(rules),),
        )
    with st.container(horizontal=True, key="downloads-decided", gap="small", vertical_alignment="center"):
        _ui.html_inline(render("page.downloads", what="取舍记录"))
        decisions = standing.decisions
        _ui.download(
            "JSON",
            lambda: pipeline.decisions_json(draft.name, decisions),
            f"{PurePath(draft.name).stem}-取舍.json",
            "application/json",
            key="download-record",
        )
    _ui.small_print(["下次把这个 JSON 和草案一起放进来，取舍就恢复了；命令行用 --baseline 读同一个文件。"])


def _switch(known: frozenset[str]) -> None:
    off = frozenset(st.session_state.rules_off)
    _desk.decide(lambda held: pipeline.Decisions(held.dismissed, (held.off - known) | off))


for sheet in ("reader", "checking", "check"):
    st.html(Path(__file__).with_name(f"{sheet}.css"))
held = _desk.here()
if held.draft is None:
    start()
else:
    checked(held, held.draft)
