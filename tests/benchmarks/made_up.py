"""Made-up corpora: the clauses of the project's own texts, cut and mixed until there are as many documents as asked.

``python tests/benchmarks/made_up.py 1000 /tmp/made-up`` writes a tree 省/市/年/… and prints what is in it. The same
seed gives the same bytes, and document 7 is the same whether 100 or 10,000 are made. Nothing here is a policy: each
title begins with 【虚构】 and each text with a line that says so.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from made_up_files import BROKEN, page, word  # noqa: E402

from analysis.corpus.documents import document, read_documents  # noqa: E402
from analysis.corpus.headings_and_days import MARKER  # noqa: E402
from analysis.grammar import grammar  # noqa: E402
from analysis.model import Level  # noqa: E402
from analysis.pipeline import default_root  # noqa: E402
from analysis.segment import segment  # noqa: E402

MARK = "【虚构】"
SAYS_SO = "本文由程序拼接生成，仅供性能测试，不是真实政策。"
SIDECAR = "metadata.csv"
COLUMNS = ("file", "title", "region_code", "region", "level", "doc_number", "issuers", "issued", "status", "source")
# Out of 100 documents in a row, by the last two digits of their numbers: one web page, one Word file, one with a card,
# one that is all but the same as the one before it, one that lies there twice, one beside a file nobody can read.
PAGE, WORD, CARD, NEAR, TWICE, BROKEN_BESIDE = 10, 20, 30, 40, 50, 60
YEARS = range(2010, 2027)
SHORTEST, LONGEST = 2_000, 12_000  # characters
TOPICS = ("技术转移体系建设", "技术经理人队伍建设", "技术市场发展", "科技成果转化", "技术合同登记", "中试平台建设")
KINDS = ("实施方案", "行动方案（{year}—{end}年）", "若干措施", "实施意见", "管理办法", "实施意见（征求意见稿）")
CHAPTERS = ("总体要求", "主要目标", "重点任务", "支持政策", "保障措施", "组织实施", "附则")
NUMERALS = "一二三四五六七八九十"
FACTORS = (0.2, 0.4, 0.5, 0.6, 0.8, 1, 1.2, 1.5, 2, 2.5, 3, 4)
# What a clause says that would be the same in every mix: its place, its numbers, its years.
VARIED = re.compile(
    r"(?P<full>黑龙江省|四川省|北京市)|(?P<short>黑龙江|四川|北京)|(?P<whole>[我全本])[省市]"
    r"|(?<![\d.〔])(?P<number>\d+)(?=亿元|万元|家|名|个(?!月)|项|人次|%)|(?<!\d)(?P<year>20[12]\d)(?=年)"
)


@dataclass(frozen=True, slots=True)
class Whose:
    """A place that issues texts; ``full`` is how it calls itself in them."""

    province: str
    code: str
    name: str
    full: str
    level: Level


@dataclass(frozen=True, slots=True)
class Text:
    """One made-up document, before it becomes a file."""

    number: int
    whose: Whose
    title: str
    doc_number: str
    issuer: str
    issued: str
    body: tuple[str, ...]  # paragraphs between title and signature

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Everything that stands in the file; the first line says what it is."""
        year, month, day = (int(part) for part in self.issued.split("-"))
        number = (self.doc_number,) if self.doc_number else ()
        return (SAYS_SO, self.title, *number, *self.body, self.issuer, f"{year}年{month}月{day}日")


@dataclass(frozen=True, slots=True)
class Made:
    """What a tree holds: distinct readable documents, all files but sidecars and cards, and so on."""

    documents: int
    files: int
    twice: int
    near: int
    unreadable: int
    provinces: int
    cities: int
    characters: int
    bytes: int


@cache
def clauses() -> tuple[tuple[str, ...], ...]:
    """The sentences of each clause of the corpus that says something, without its number."""
    found, faults = read_documents(default_root() / "documents")
    assert not faults, faults
    kept = {}
    for card, edition, raw in found:
        text = document(card, edition, raw)
        for clause in segment(text):
            lines = text.text[clause.start : clause.end].strip().split("\n")
            lines[0] = lines[0][marker.end() if (marker := MARKER.match(lines[0])) else 0 :].lstrip("— ")
            words = "".join(line if line.endswith("。") else f"{line}。" for line in lines)
            if clause.level and len(words) >= 60:
                kept[words] = tuple(part for part in re.split("(?<=。)", words) if part)
    return tuple(kept.values())


@cache
def issuing() -> tuple[tuple[Whose, ...], tuple[Whose, ...]]:
    """31 provinces; and their cities (some 300), with the districts of the cities that are provinces."""
    every = [region for code, region in grammar().regions.items() if code != "000000" and code[:2] < "70"]
    provinces = tuple(Whose(one.name, one.code, one.name, one.full, Level.PROVINCE) for one in every)
    places_named = {region.name for region in every}
    below = []
    for name, place in grammar().places.items():
        region = grammar().regions[place.code]
        lower = place.level is Level.CITY or (place.level is Level.DISTRICT and region.full.endswith("市"))
        stem = name.removesuffix("市")
        # 大同 is listed with each ending it might have, and 青海 has a 海南 too.
        if lower and not name.endswith(("州", "盟", "地区")) and stem not in places_named:
            below.append(Whose(region.name, place.code, name, name, place.level))
    return provinces, tuple(below)


def text_of(number: int, seed: int) -> Text:
    """Document ``number`` of the corpus with this seed."""
    if number % 100 == NEAR:
        return _nearly(text_of(number - 1, seed), number)
    dice = random.Random(f"{seed}-{number}")
    provinces, cities = issuing()
    # A card names a city only with its own code, which the vocabulary does not hold.
    whose = dice.choice(provinces if number % 100 == CARD or dice.random() < 0.2 else cities)
    year = dice.choice(YEARS)
    kind = dice.choice(KINDS).format(year=year, end=year + dice.randint(2, 5))
    issuer = f"{whose.full}科学技术{'厅' if whose.level is Level.PROVINCE else '局'}"
    sign = next((sign for sign, code in grammar().number_signs.items() if code == whose.code), "")
    numbered = bool(sign) and whose.level is Level.PROVINCE and dice.random() < 0.7
    return Text(
        number,
        whose,
        f"{MARK}{whose.full}{dice.choice(TOPICS)}{kind}",
        f"{sign}科发〔{year}〕{dice.randint(1, 300)}号" if numbered else "",
        issuer,
        f"{year}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}",
        tuple(_body(dice, whose, year)),
    )


def _nearly(text: Text, number: int) -> Text:
    """The same text with a few characters changed, as a second edition has them."""
    last = text.body[-1]
    return replace(text, number=number, body=(*text.body[:-1], f"{last[:-1]}，由本级科技部门负责解释。"))


def _body(dice: random.Random, whose: Whose, year: int) -> Iterator[str]:
    """Chapters of articles until the text is as long as it is to be."""
    length = min(max(dice.lognormvariate(8.5, 0.45), SHORTEST), LONGEST)
    factors = {unit: dice.choice(FACTORS) for unit in "亿万家名个项人%"}
    pieces = dice.sample(clauses(), len(clauses()))
    heads = sorted(dice.sample(range(len(CHAPTERS)), dice.randint(3, len(CHAPTERS))))
    each = length / len(heads)
    yield f"为促进科技成果转移转化，结合{whose.full}实际，拼接成文如下。"
    for at, head in enumerate(heads):
        yield f"{NUMERALS[at]}、{CHAPTERS[head]}"
        written = 0.0
        for article in range(len(NUMERALS)):
            if written >= each or not pieces:
                break
            sentences = pieces.pop()
            kept = [sentences[0], *(part for part in sentences[1:] if dice.random() < 0.8)]
            words = VARIED.sub(lambda found: _varied(found, whose, year, factors), "".join(kept))
            yield f"（{NUMERALS[article]}）{words}"
            written += len(words)


def _varied(found: re.Match[str], whose: Whose, year: int, factors: dict[str, float]) -> str:
    name = found.lastgroup
    if name == "full":
        return whose.full
    if name == "short":
        return whose.name
    if name == "whole":
        return found["whole"][0] + {"省": "省", "区": "区"}.get(whose.full[-1], "市")
    if name == "year":
        return str(int(found["year"]) - 2018 + year)  # the corpus speaks of the years around 2018
    scaled = max(1, round(int(found["number"]) * factors[found.string[found.end()]]))
    return str(min(scaled, 100) if found.string[found.end()] == "%" else scaled)


def write(text: Text, folder: Path) -> tuple[Path, bytes]:
    """Write ``text`` below ``folder`` in the format that its number asks for; path and bytes of the file."""
    whose, name = text.whose, f"虚构-{text.number:06}"
    inside = folder / whose.province / ("省级" if whose.level is Level.PROVINCE else whose.name) / text.issued[:4]
    kind = text.number % 100
    if kind == CARD:
        inside /= f"made-up-{text.number:06}"
    inside.mkdir(parents=True, exist_ok=True)
    if kind == PAGE:
        path, data = inside / f"{name}.html", page(text.paragraphs)
    elif kind == WORD:
        path, data = inside / f"{name}.docx", word(text.paragraphs)
    else:
        path, data = inside / f"{name}.txt", "\n".join(text.paragraphs).encode() + b"\n"
    path.write_bytes(data)
    if kind == CARD:
        (inside / "card.toml").write_text(_card(text, path.name, data), encoding="utf-8")
    return path, data


def _card(text: Text, file: str, data: bytes) -> str:
    values = {
        "title": text.title,
        "region_code": text.whose.code,
        "region": text.whose.name,
        "level": text.whose.level.value,
        "issued": text.issued,
        "status": _status(text),
        "issuers": [text.issuer],
        "notes": [SAYS_SO],
    }
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    digest = hashlib.sha256(data).hexdigest()
    return "\n".join([*lines, "", "[[editions]]", f'file = "{file}"', 'label = "虚构全文"', f'sha256 = "{digest}"', ""])


def _status(text: Text) -> str:
    if text.title.endswith("（征求意见稿）"):
        return "draft_for_comment"
    return ("in_force", "in_force", "expired", "unknown")[text.number % 4]


def _row(text: Text, file: str) -> dict[str, str]:
    """A line of the sidecar; of some texts it knows little."""
    known = {
        "title": text.title,
        "region_code": text.whose.code,
        "region": text.whose.name,
        "level": text.whose.level.value,
        "doc_number": text.doc_number,
        "issuers": text.issuer,
        "issued": text.issued if text.number % 5 else text.issued[:4],
        "status": _status(text),
        "source": "虚构，无出处",
    }
    return {"file": file} | (known if text.number % 7 else {key: known[key] for key in ("title", "source")})


def make(count: int, folder: Path, seed: int = 1) -> Made:
    """Write ``count`` documents below ``folder``, with what lies around in a real tree; see :class:`Made`."""
    found: Counter[str] = Counter()
    rows: dict[str, list[dict[str, str]]] = {}
    seen: dict[Level, set[str]] = {}
    for number in range(count):
        text = text_of(number, seed)
        path, data = write(text, folder)
        seen.setdefault(text.whose.level, set()).add(text.whose.name)
        seen.setdefault(Level.PROVINCE, set()).add(text.whose.province)
        found += Counter(documents=1, files=1, characters=sum(map(len, text.paragraphs)), bytes=len(data))
        kind = number % 100
        if kind == NEAR:
            found["near"] += 1
        if kind == TWICE:
            path.with_name(f"{path.stem}（副本）{path.suffix}").write_bytes(data)
            found += Counter(files=1, twice=1)
        if kind == BROKEN_BESIDE:
            name, broken = BROKEN[number // 100 % len(BROKEN)]
            path.with_name(f"坏-{number:06}{Path(name).suffix}").write_bytes(broken)
            found += Counter(files=1, unreadable=1)
        if number % 2 and kind != CARD:
            province = folder / text.whose.province
            rows.setdefault(text.whose.province, []).append(_row(text, path.relative_to(province).as_posix()))
    for name, lines in rows.items():
        _sidecar(folder / name / SIDECAR, lines)
    below = len(seen.get(Level.CITY, ())) + len(seen.get(Level.DISTRICT, ()))
    counts = ("documents", "files", "twice", "near", "unreadable", "characters", "bytes")
    return Made(**{key: found[key] for key in counts}, provinces=len(seen.get(Level.PROVINCE, ())), cities=below)


def _sidecar(path: Path, rows: Sequence[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # as Excel saves it
        table = csv.DictWriter(file, COLUMNS, restval="")
        table.writeheader()
        table.writerows(rows)


def main() -> None:
    """Make a tree and print what it holds."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("count", type=int, metavar="N", help="how many documents")
    arguments.add_argument("folder", type=Path, metavar="FOLDER", help="where; must not exist or be empty")
    arguments.add_argument("--seed", type=int, default=1)
    asked = arguments.parse_args()
    if asked.folder.exists() and any(asked.folder.iterdir()):
        arguments.error(f"{asked.folder} is not empty")
    asked.folder.mkdir(parents=True, exist_ok=True)
    print(json.dumps(asdict(make(asked.count, asked.folder, asked.seed)), ensure_ascii=False))


if __name__ == "__main__":
    main()
