"""Made-up trees for the tests of ingest."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pyarrow.parquet as pq

from analysis.store.rows import TABLES


def text(number: int) -> str:
    """A short made-up policy with a target and an incentive of its own."""
    return (
        f"虚构市促进技术转移若干措施（第{number}稿）\n"
        f"一、总体目标\n到2025年，技术合同成交额达到{number + 1}亿元。\n"
        f"二、支持政策\n对技术经理人第{number}批给予最高{number + 2}万元奖励。\n"
    )


def card(file: str, data: bytes, title: str = "虚构省方案", more: str = "") -> str:
    """A card for one file."""
    digest = hashlib.sha256(data).hexdigest()
    return (
        f'title = "{title}"\nregion_code = "510000"\nregion = "四川"\nlevel = "province"\nstatus = "in_force"\n{more}\n'
        f'[[editions]]\nfile = "{file}"\nlabel = "全文"\nsha256 = "{digest}"\n'
    )


def put(folder: Path, path: str, data: str | bytes) -> Path:
    """Write a file and the folders that lead to it."""
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data.encode() if isinstance(data, str) else data)
    return place


def rows(out: Path) -> dict[str, list[dict[str, object]]]:
    """All rows of all tables of a collection, in order."""
    return {name: pq.read_table(out / f"{name}.parquet").to_pylist() for name in TABLES}
