"""A made-up corpus for asking: the texts of the corpus under other places, days and names, with some of their rows."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq

from analysis import pipeline
from analysis.model import Card, Corpus, Fault, Level, Reading, Status
from analysis.store.opening import tables_of
from analysis.store.rows import DIGEST_KEY, FORMAT, MANIFEST, ROW_GROUP

PLACES = (
    ("000000", "全国", Level.NATION),
    ("510000", "四川", Level.PROVINCE),
    ("510100", "成都", Level.CITY),
    ("510700", "绵阳", Level.CITY),
    ("230000", "黑龙江", Level.PROVINCE),
    ("110000", "北京", Level.PROVINCE),
    ("110000", "海淀区", Level.DISTRICT),
    (None, None, Level.UNKNOWN),
)
DAYS = (None, "2010", "2015-03", "2017-11-20", "2022", "2022-09", "2022-09-23")
DIGEST = "made-up"


def made_up(real: Corpus, documents: int = 40) -> Corpus:
    """So many documents, newest first as a corpus is; every seventh has a further edition."""
    chance = random.Random(7)
    readings, editions = [], []
    for number in range(documents):
        seed = chance.choice(real.readings)
        code, name, level = chance.choice(PLACES)
        card = Card(
            slug=f"made-{number:02d}",
            title=f"【虚构】{seed.document.card.title}{'（100%_试点）' * (number % 5 == 0)}",
            region_code=code,
            region=name,
            level=level,
            doc_number=f"虚科〔{number}〕{number % 9}号" if number % 3 else None,
            issuers=("虚构局",) * (number % 2),
            issued=chance.choice(DAYS),
            status=chance.choice(list(Status)),
            editions=seed.document.card.editions,
            inferred=(("issued", "虚构"),) * (number % 2),
        )
        share = chance.choice((0.0, 0.3, 0.9))
        readings.append(_under(seed, card, share, chance))
        if number % 7 == 0:
            editions.append(readings[-1])
    readings.sort(key=lambda reading: reading.document.id)
    readings.sort(key=lambda reading: reading.document.card.issued or "", reverse=True)
    faults = (
        Fault("a.pdf", "第 1 页", "没有文字层", "请先做文字识别"),
        Fault("b.txt", "", "是空文件", "请换一份"),
        Fault("c.txt", "", "是空文件", "请换一份"),
    )
    return Corpus(tuple(readings), tuple(editions), real.series, real.points, faults)


def _under(reading: Reading, card: Card, share: float, chance: random.Random) -> Reading:
    """The reading under another card, with that share of its targets and incentives."""
    filed = pipeline.filed(reading, card, reading.document.edition)
    return replace(
        filed,
        quantities=(),
        targets=tuple(one for one in filed.targets if chance.random() < share),
        incentives=tuple(one for one in filed.incentives if chance.random() < share),
    )


def write(corpus: Corpus, out: Path, sources: Path, *, group: int = 50) -> Path:
    """The corpus as the tables of a collection, in small row groups, so that there are several."""
    out.mkdir(parents=True, exist_ok=True)
    for name, table in tables_of(corpus, sources).items():
        marked = table.replace_schema_metadata({DIGEST_KEY: DIGEST.encode()})
        pq.write_table(marked, out / f"{name}.parquet", row_group_size=min(group, ROW_GROUP.get(name, group)))
    (out / MANIFEST).write_text(json.dumps({"format": FORMAT, "digest": DIGEST, "folder": str(sources)}), "utf-8")
    return out
