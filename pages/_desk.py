"""What a visitor has on the page 草案检查: a draft is brought and checked, findings are decided on, all in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import streamlit as st

from analysis import pipeline
from analysis.model import Fault, InputError
from analysis.pipeline import Decisions, Finding
from analysis.present.drafting_text import Standing
from analysis.present.markup import render
from pages import _corpus, _session, _ui
from pages._files import let_go
from pages._kept import kept
from pages._session import Desk, OwnDraft

PASTED = "粘贴的草案.txt"
_SAID, _TAKEN = "draft_said", "draft_taken"
_PASTE = "draft_paste"

example = kept(most=1)(pipeline.example_draft)


def own_rules() -> tuple[tuple[pipeline.Rule, ...], tuple[Fault, ...]]:
    """The rules of one's own that this server was started with, and what of them cannot be used."""
    folder = pipeline.own_rules_folder()
    return _own_rules(folder, _own_rules_state(folder)) if folder else ((), ())


@kept(most=2)
def _own_rules(folder: Path, state: str) -> tuple[tuple[pipeline.Rule, ...], tuple[Fault, ...]]:
    return pipeline.own_rules(folder)


_own_rules_state = kept(most=2, seconds=1)(pipeline.own_rules_state)


def here() -> Desk:
    """What this visitor has."""
    return _session.file_store().desk(_session.visitor())


def decide(change: Callable[[Decisions], Decisions]) -> None:
    """Change what was decided."""
    _lay(lambda desk: replace(desk, decisions=change(desk.decisions)))


def dismiss(finding: Finding, reason: str) -> None:
    """Set a finding aside, now."""
    when = datetime.now().astimezone().strftime("%Y-%m-%dT%H:%M")
    decide(lambda decisions: decisions.dismiss(finding, reason, when))


def tick(tokens: Iterable[str], on: bool) -> None:
    """Tick corrections, or take their ticks away."""
    given = frozenset(tokens)
    _lay(lambda desk: replace(desk, ticked=desk.ticked | given if on else desk.ticked - given))


def take_over() -> None:
    """Have what was decided of the draft before hold for this one too."""
    _lay(lambda desk: replace(desk, decisions=desk.former.with_all(desk.decisions), former=Decisions()))


def clear() -> None:
    """Take the draft away, and what was decided of it."""
    _lay(lambda desk: Desk())
    st.query_params.clear()
    st.session_state[_SAID] = []


def _lay(change: Callable[[Desk], Desk]) -> None:
    _session.file_store().lay(_session.visitor(), change)


def standing(desk: Desk, draft: OwnDraft) -> Standing:
    """What is left of the findings of a draft."""
    found = tuple(pipeline.worst_first(draft.checked.findings))
    left = tuple(desk.decisions.left(found))
    return Standing(draft.checked.draft, left, found, desk.decisions, draft.before)


# Taking in --------------------------------------------------------------------------------------------------------


def intake() -> None:
    """The ways in: files dropped, words pasted, an example. Whatever is brought is checked at once, and shown anew."""
    st.html(Path(__file__).with_name("upload.css"))
    with st.container(key="draft-intake"):
        _ways_in()


def _ways_in() -> None:
    dropped = st.file_uploader("放入草案", accept_multiple_files=True, key="draft_upload", label_visibility="collapsed")
    st.text_area("或者粘贴草案的文字", key=_PASTE, height=150, placeholder="整篇粘贴，不必先整理")
    with st.container(horizontal=True, key="draft-start", gap="medium", vertical_alignment="center"):
        pasted = st.button("检查粘贴的文字", key="draft-paste", type="primary")
        wanted = st.button("用四川 2024 年征求意见稿试一试", key="draft-example", type="tertiary")
    under_way = st.empty()
    for sentence in st.session_state.get(_SAID, ()):
        _ui.fault(sentence)
    taken = st.session_state.setdefault(_TAKEN, set())
    fresh = [upload for upload in dropped or () if upload.file_id not in taken]
    if fresh:
        taken.update(upload.file_id for upload in fresh)
        _take([(upload.getvalue(), _session.clean_name(upload.name)) for upload in fresh], under_way)
        for upload in fresh:
            let_go(upload)
    elif pasted:
        words = st.session_state[_PASTE]
        if words.strip():
            _take([(words.encode(errors="replace"), PASTED)], under_way)
        else:
            st.session_state[_SAID] = ["还没有粘贴文字；请先把草案粘贴到上面的框里。"]
    elif wanted:
        _take([example()], under_way)
    else:
        return
    st.rerun()


def _take(brought: Sequence[tuple[bytes, str]], under_way: Any) -> None:
    """Check the draft among the files; decisions that come with it count from the start. Says what cannot be used."""
    said: list[str] = []
    records = [each for each in brought if each[1].lower().endswith(".json")]
    drafts = [each for each in brought if each not in records]
    loaded = None
    for data, name in records:
        try:
            loaded = (loaded or Decisions()).with_all(pipeline.read_decisions(data, name))
        except InputError as fault:
            said.append(str(fault))
    if loaded:
        decide(lambda held: held.with_all(loaded))
    if len(drafts) > 1:
        said.append(f"一次检查一份草案，这次只查了“{drafts[0][1]}”。")
    for data, name in drafts[:1]:
        under_way.html(render("drafting.under_way", name=name))
        try:
            _check(data, name, loaded)
        except InputError as fault:
            said.append(str(fault))
    st.session_state[_SAID] = said


def _check(data: bytes, name: str, loaded: Decisions | None) -> None:
    """Check a draft and lay it on the desk: as the next version of the one there, or as another draft.

    What was decided holds for the next version; for another draft, only what was ``loaded`` with it.
    """
    digest = hashlib.sha256(data).hexdigest()
    if (held := here().draft) is not None and held.digest == digest:
        raise InputError(name, "", "与正在看的这一稿内容相同", "改过以后再放入")
    corpus = _corpus.collection()
    against = pipeline.Against(corpus.points, former=held.checked.draft.reading if held else None)
    checked = pipeline.check_file(
        data, name, own=own_rules()[0], against=against, peers=lambda words: pipeline.texts_nearest(corpus, words)
    )

    def laid(desk: Desk) -> Desk:
        former = desk.draft
        if former is not None and pipeline.same_draft(former.checked.draft.text, checked.draft.text):
            before = frozenset(each.fingerprint for each in former.checked.findings)
            return replace(desk, draft=OwnDraft(name, digest, former.number + 1, checked, before))
        first = OwnDraft(name, digest, 1, checked)
        if former is None:
            return replace(desk, draft=first)
        return Desk(first, loaded or Decisions(), former=desk.decisions)

    _lay(laid)
    st.query_params.clear()
