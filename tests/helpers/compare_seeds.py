"""Readings built from the gold rows of the seed texts, so that comparison is tested apart from extraction."""

from __future__ import annotations

import csv
from decimal import Decimal

from places import GOLD

from analysis.citation import cited
from analysis.model import (
    Card,
    Clause,
    Comparator,
    Document,
    Edition,
    Incentive,
    Instrument,
    Reading,
    Receiver,
    Target,
    TargetKind,
)

# Who the gold's beneficiaries are, in the classes that provinces are compared by: read by hand.
RECEIVERS = {
    "吸纳省内外高校院所科技成果并在川落地转化的企业": Receiver.BUYER,
    "购买省内外科技成果的我省企业": Receiver.BUYER,
    "将科技成果在省内进行技术交易的研究开发机构、高等院校和企业": Receiver.SELLER,
    "促成技术交易的省市级技术转移机构": Receiver.AGENCY,
    "绩效考评优秀的国家级和省级技术转移示范机构": Receiver.AGENCY,
    "技术合同认定登记机构": Receiver.REGISTRATION_BODY,
    "技术经理人": Receiver.TECHNOLOGY_MANAGER,
    "成果转移转化专员": Receiver.TECHNOLOGY_MANAGER,
    "未列入国家目录的企业研制生产的首台（套）产品的企业": Receiver.FIRST_SET,
    "发明人或团队": Receiver.INVENTOR,
}
INDICATOR_IDS = {
    "技术合同成交额": "contract_value",
    "技术合同成交金额": "contract_value",
    "全省技术合同成交金额": "contract_value",
    "全省技术交易额": "trade_value",
}


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a gold file."""
    with (GOLD / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def number(text: str) -> Decimal | None:
    """A gold cell as Decimal; empty is None."""
    return Decimal(text) if text else None


def readings() -> tuple[Reading, ...]:
    """One reading for each seed document; its text is the quotes of its gold rows, one a line."""
    return tuple(_reading(row) for row in rows("documents.csv"))


def _reading(row: dict[str, str]) -> Reading:
    slug = row["document"]
    mine = {
        name: [r for r in rows(name) if r["document"] == slug]
        for name in ("targets.csv", "incentives.csv", "qualitative_incentives.csv")
    }
    quotes = [r["quote"] for listed in mine.values() for r in listed]
    text = "\n".join([row["title"], *quotes])
    card = Card(
        slug=slug,
        title=row["title"],
        region=row["region"],
        region_code=row["region_code"],
        issued=row["issued"] or None,
        doc_number=row["doc_number"] or None,
    )
    document = Document(card, Edition("x.txt", "", ""), text, range(len(text)), text)
    clause = Clause(slug, 0, "", 0, None, "", text, 0, len(text))
    return Reading(
        document,
        (clause,),
        (),
        cited(document, (_target(r, text) for r in mine["targets.csv"])),
        cited(document, (_incentive(r, text) for r in (*mine["incentives.csv"], *mine["qualitative_incentives.csv"]))),
    )


def _target(row: dict[str, str], text: str) -> Target:
    start = text.index(row["quote"])
    end = start + len(row["quote"])
    year, base = number(row["target_year"]), number(row["baseline_year"])
    return Target(
        document=row["document"],
        clause_index=0,
        clause=row["clause"],
        indicator=row["indicator"],
        indicator_id=INDICATOR_IDS.get(row["indicator"]),
        kind=TargetKind(row["kind"]),
        comparator=Comparator(row["comparator"]),
        value=Decimal(row["value"]),
        value_high=number(row["value_high"]),
        unit=row["unit"],
        target_year=int(year) if year else None,
        baseline_year=int(base) if base else None,
        recurring=row["recurring"] or None,
        start=start,
        end=end,
        value_start=start,
        value_end=end,
        quote=row["quote"],
    )


def _incentive(row: dict[str, str], text: str) -> Incentive:
    start = text.index(row["quote"])
    comparator = row.get("rate_comparator")
    return Incentive(
        document=row["document"],
        clause_index=0,
        clause=row["clause"],
        beneficiary=row["beneficiary"],
        receiver=RECEIVERS.get(row["beneficiary"], Receiver.OTHER),
        instrument=Instrument(row["instrument"]),
        trigger=row.get("trigger", ""),
        start=start,
        end=start + len(row["quote"]),
        quote=row["quote"],
        threshold_wan=number(row.get("threshold_wan", "")),
        rate_comparator=Comparator(comparator) if comparator else None,
        rate_percent=number(row.get("rate_percent", "")),
        rate_base=row.get("rate_base") or None,
        rate_open="一定比例" in row["quote"],
        amount_low_wan=number(row.get("amount_low_wan", "")),
        amount_high_wan=number(row.get("amount_high_wan", "")),
        cap_item_wan=number(row.get("cap_item_wan", "")),
        cap_year_wan=number(row.get("cap_year_wan", "")),
    )
