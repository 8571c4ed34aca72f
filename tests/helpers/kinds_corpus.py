"""The corpus of the product with a report of news and a report of work done beside it, both made up."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from analysis import pipeline

NEWS = (
    "浙江省技术合同成交额突破九千亿元\n本报讯（记者 张三）1月15日，记者从省科技厅获悉，"
    "2027年全省技术合同成交额要达到9876亿元。\n"
    "对购买技术的企业，给予最高30万元补助。\n"
)
SUMMARY = "贵州省科技厅2026年工作总结\n一、2026年工作情况\n全年完成技术合同登记500项，比上年增长12%。\n"


def with_reports(root: Path) -> Path:
    """Write it to ``root``. The card of the news is silent about its kind."""
    shutil.copytree(pipeline.product_root(), root)
    _add(root, "zhejiang-news", "浙江省技术合同成交额突破九千亿元", ("330000", "浙江"), NEWS)
    _add(root, "guizhou-summary", "贵州省科技厅2026年工作总结", ("520000", "贵州"), SUMMARY, "summary")
    return root


def _add(root: Path, slug: str, title: str, region: tuple[str, str], text: str, kind: str = "") -> None:
    folder = root / "documents" / slug
    folder.mkdir()
    (folder / "a.txt").write_text(text, encoding="utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    known = f'title = "{title}"\nregion_code = "{region[0]}"\nregion = "{region[1]}"\nlevel = "province"\n'
    stated = f'kind = "{kind}"\n' if kind else ""
    edition = f'\n[[editions]]\nfile = "a.txt"\nlabel = "网页"\nsha256 = "{digest}"\n'
    card = f'{known}status = "unknown"\nissued = "2027-01-16"\n{stated}{edition}'
    (folder / "card.toml").write_text(card, encoding="utf-8")
