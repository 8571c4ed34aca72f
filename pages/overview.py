"""总览: what is in the corpus, and which differences to know first."""

from __future__ import annotations

from datetime import date

from analysis import pipeline
from analysis.present import overview
from pages import _ui

corpus = _ui.corpus()
view = pipeline.corpus_overview(corpus, date.today())

_ui.header("各地技术转移政策有什么不同？", overview.lead(view))
for each in corpus.faults:
    _ui.fault(each.message)
if view.rows:
    _ui.html(overview.documents_html(view))
    _ui.downloads(overview.export_table(view), key="overview")
    first = overview.differences_html(view)
    if first:
        _ui.html(f"<h2>先看这几处</h2>{first}")
_ui.foot(
    source=overview.source(corpus),
    notes=(
        "“单项最高”是一份合同、一个项目或一次给付能拿到的最大金额，不含只写比例的。“全文未写”“没有写金额”指文件里没有，不等于该省没有。",
        "点数字和引文打开原文，所指的字句已标出。",
    ),
)
