"""目标对比: who set which targets, side by side, each leading to its words."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st

from analysis import pipeline
from analysis.model import Verdict
from analysis.present import charts_targets, numbers, tables_targets, theme
from analysis.present.tables import place, source
from pages import _ui

# None chosen means all.
CHOICE: dict[str, Any] = {"selection_mode": "multi", "bind": "query-params", "wrap": True}

st.html(Path(__file__).with_name("compare.css"))

NO_YEAR = "未写年份"

today = date.today()
matrix = pipeline.target_comparison(_ui.corpus())
verdicts = pipeline.target_verdicts(_ui.corpus(), today)
head = st.container()

places = list(dict.fromkeys(place(card) for card in matrix.cards))
names = {row.name: row.key for row in matrix.rows}
years = {str(year) if year else NO_YEAR: year for year in pipeline.target_years(matrix)}
words = {theme.verdict_word(verdict): verdict for verdict in Verdict}
with _ui.controls():
    chosen_places = st.pills("省份", places, key="province", **CHOICE)
    chosen_years = st.pills("目标年", list(years), key="year", **CHOICE)
    chosen_words = st.pills("状态", list(words), key="status", **CHOICE)
    chosen_names = st.multiselect(
        "指标", list(names), placeholder="全部指标", select_all=False, key="indicator", bind="query-params", width=340
    )

shown = pipeline.choose_targets(
    matrix,
    verdicts,
    documents={card.slug for card in matrix.cards if not chosen_places or place(card) in chosen_places},
    indicator_keys={names[name] for name in chosen_names},
    years={years[name] for name in chosen_years},
    statuses={words[name] for name in chosen_words},
)
with head:
    _ui.header("谁定了什么目标？", tables_targets.lead(shown, verdicts, len(matrix.targets)))

if not shown.rows:
    _ui.html('<p class="zh-empty">没有目标同时满足所选的省份、目标年、状态和指标，请去掉其中一项。</p>')
else:
    table = tables_targets.target_export(shown, verdicts)
    _ui.html(tables_targets.matrix_html(shown, verdicts))
    _ui.downloads(table, key="targets-table")
    if charts_targets.panels(shown):
        _ui.html("<h2>同一把尺子上看</h2>")
        picked = _ui.figure(
            charts_targets.targets_chart(shown, width=_ui.chart_width(), dark=_ui.is_dark()),
            key="targets-chart",
            alt="各文件的数字目标，按计量单位分组，每个目标一点，旁边写明地区、年份和数值",
            table=table,
            notes=charts_targets.notes(shown),
            on_select=True,
        )
        if words_picked := tables_targets.picked_html(shown, picked):
            _ui.html(words_picked)
_ui.foot(
    source=source(shown.cards or matrix.cards),
    notes=(
        "“文件未载”指这份文件没有提到该指标，不等于该省没有；“提到而未定数”指写了名称没有写数字；两者都不是零。",
        "指标按统一名称归并：技术合同成交额、技术合同成交金额是同一指标；技术交易额口径较窄，单列一行。点数字打开原文。",
        f"名称不同的指标分列，不合并、不相加。状态截至{numbers.THIN_SPACE}{numbers.date(today.isoformat())}，按技术输出口径判定。",
    ),
)
