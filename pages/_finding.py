"""One finding beside the draft: read, corrected, set aside with a reason, its rule switched off, by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from analysis import pipeline
from analysis.pipeline import Decisions, Draft, Finding
from analysis.present import drafting_text
from analysis.present.corrections import changes_html
from analysis.present.drafting_text import Standing
from analysis.present.links import page_link
from analysis.present.markup import render
from pages import _desk, _ui

_REASONS = ("上级文件这样写", "本地惯例", "已经核对，无误", "这里不适用")
_ASIDE = "draft_aside"  # the finding whose reason is being asked for
_APART = "draft_apart"  # the findings whose places are ticked one by one
_FILTERS = ("severity", "family", "clause")


def panel(
    standing: Standing, shown: Sequence[Finding], rules: Mapping[str, pipeline.Rule], ticked: frozenset[str]
) -> Finding | None:
    """The finding that is open, what can be done with it, and the list; gives back the finding."""
    with st.container(key="finding-asked"):
        st.text_input("所选的发现", key="finding_asked", on_change=_asked)
    if not shown:
        _ui.say("筛选之后没有发现。" if standing.left else "没有要处理的发现。", "zh-empty")
        _steps(shown, None, standing)
        return None
    asked = _ui.query("finding")
    current = next((each for each in shown if each.fingerprint == asked), shown[0])
    _ui.html(drafting_text.card_html(current, shown.index(current) + 1, len(shown), standing, rules.get(current.rule)))
    if current.changes:
        _ui.html(changes_html(current.changes, standing.draft))
    if st.session_state.get(_ASIDE) == current.fingerprint:
        _reason(current, shown, standing)
    else:
        _actions(current, ticked)
    _steps(shown, current, standing)
    _ui.html(drafting_text.list_html(shown, current, standing, ticked, _address))
    return current


def light(draft: Draft, current: Finding) -> None:
    """Light the words of the open finding in the text, and bring them into view where it was asked for."""
    _ui.html(render("drafting.lit", fingerprint=current.fingerprint))
    if _ui.query("finding") and _ui.chart_width() > 760:  # on a phone the panel stands above and shows the words
        _ui.into_view(drafting_text.anchor(draft, current))


def fix(finding: Finding, draft: Draft, ticked: frozenset[str]) -> None:
    """A correction to tick, before and after; place by place where it stands for many and that was asked for."""
    tokens = [each.token for each in finding.change_sets]
    _tick(f"tick-{finding.fingerprint}", finding.message, tokens, ticked)
    apart = finding.fingerprint in st.session_state.get(_APART, ())
    if not apart:
        _ui.html(changes_html(finding.changes, draft))
    if len(tokens) > 1:
        some = sum(each.count for each in finding.change_sets if each.token in ticked)
        with st.container(
            horizontal=True, key=f"apart-{finding.fingerprint}", gap="medium", vertical_alignment="center"
        ):
            label = "收起" if apart else "逐处勾选"
            st.button(label, key=f"open-{finding.fingerprint}", type="tertiary", on_click=_take_apart, args=(finding,))
            if 0 < some < sum(each.count for each in finding.change_sets):
                _ui.say_inline(f"已勾选 {some} 处", "zh-second")
    for each in finding.change_sets if apart else ():
        with st.container(key=f"place-{each.token}", gap=None):
            _tick(f"tick-{each.token}", drafting_text.place_name(draft, each), [each.token], ticked)
            _ui.html(changes_html(each.changes, draft))


def _tick(key: str, label: str, tokens: Sequence[str], ticked: frozenset[str]) -> None:
    st.session_state[key] = ticked.issuperset(tokens)
    st.checkbox(_ui.literal(label), key=key, on_change=_ticked, args=(tokens, key))


def _take_apart(finding: Finding) -> None:
    st.session_state[_APART] = st.session_state.get(_APART, frozenset()) ^ {finding.fingerprint}


def restore(fingerprint: str) -> None:
    """Take a finding up again, and open it."""
    _desk.decide(lambda held: held.restore(fingerprint))
    _open(fingerprint)


def _address(finding: Finding) -> str:
    state = {name: _ui.query(name) or None for name in _FILTERS}
    return page_link("check", finding=finding.fingerprint, **state)


def _open(fingerprint: str) -> None:
    st.query_params["finding"] = fingerprint
    st.session_state.pop(_ASIDE, None)


def _asked() -> None:
    fingerprint = st.session_state.finding_asked.strip()
    st.session_state.finding_asked = ""
    if fingerprint:
        _open(fingerprint)


def _ticked(tokens: Sequence[str], key: str) -> None:
    _desk.tick(tokens, st.session_state[key])


def _actions(current: Finding, ticked: frozenset[str]) -> None:
    with st.container(horizontal=True, key="check-verdict", gap="small"):
        if current.changes:
            tokens = [each.token for each in current.change_sets]
            on = not ticked.issuperset(tokens)
            _button("采用修改" if on else "不采用", "take", "t", _desk.tick, tokens, on)
        _button("忽略", "aside", "x", _ask_reason, current.fingerprint)
        rule = current.rule
        st.button(f"关闭规则 {_ui.literal(rule)}", key=f"off-{rule}", on_click=_switch_off, args=(rule,))


def _steps(shown: Sequence[Finding], current: Finding | None, standing: Standing) -> None:
    with st.container(horizontal=True, key="check-steps", gap="small"):
        if current is not None:
            at = [each.fingerprint for each in shown].index(current.fingerprint)
            following, former = shown[(at + 1) % len(shown)], shown[at - 1]
            _button("下一处", "next", "n", _open, following.fingerprint, type="tertiary")
            _button("上一处", "back", "p", _open, former.fingerprint, type="tertiary")
        none = not standing.decisions.dismissed
        _button("撤销忽略", "undo", "u", _undo, standing.decisions, type="tertiary", disabled=none)


def _button(label: str, name: str, shortcut: str, do: Callable[..., None], *given: object, **look: Any) -> None:
    st.button(label, key=f"finding-{name}", shortcut=shortcut, on_click=do, args=given, **look)


def _undo(decisions: Decisions) -> None:
    restore(decisions.dismissed[-1].fingerprint)


def _switch_off(rule: str) -> None:
    _desk.decide(lambda held: held.switch(rule, on=False))


# A reason ----------------------------------------------------------------------------------------------------------


def _ask_reason(fingerprint: str) -> None:
    st.session_state[_ASIDE] = fingerprint


def _reason(current: Finding, shown: Sequence[Finding], standing: Standing) -> None:
    """The reason for setting a finding aside: that given before, one of a few, or typed."""
    alike = standing.alike(current)
    reasons = tuple(dict.fromkeys((alike.reason, *_REASONS) if alike else _REASONS))
    at = shown.index(current)
    then = shown[(at + 1) % len(shown)].fingerprint
    with st.container(key="check-form"):
        given = (current, then)
        st.pills(
            "为什么不改",
            reasons,
            key="reason_offered",
            format_func=_ui.literal,
            on_change=_give,
            args=("reason_offered", *given),
        )
        st.text_input(
            "或写别的理由，回车",
            key="reason_typed",
            max_chars=100,
            on_change=_give,
            args=("reason_typed", *given),
        )
        st.button("取消", key="reason-cancel", type="tertiary", shortcut="Escape", on_click=_stop)
    st.html(render("page.focus_form", token=current.fingerprint), unsafe_allow_javascript=True)


def _stop() -> None:
    st.session_state.pop(_ASIDE, None)


def _give(key: str, current: Finding, then: str) -> None:
    reason = (st.session_state[key] or "").strip()
    if not reason:
        return
    st.session_state.reason_offered, st.session_state.reason_typed = None, ""
    _desk.dismiss(current, reason)
    _open(then)
