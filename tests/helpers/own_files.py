"""A visitor with files of their own."""

from __future__ import annotations

import hashlib

from analysis import pipeline
from pages._session import OwnFile, own_reading

VISITOR = "v" * 32
MEASURES = """湖南省促进技术转移若干措施

湘政办发〔2021〕12号

一、主要目标
到2027年，全省技术合同成交额达到6000亿元，培育技术经理人700名以上。

二、支持措施
对购买技术的企业，按技术合同实际成交额的10%给予补助，单个企业每年最高不超过80万元。

湖南省人民政府办公厅
2021年5月6日
"""


def own(text: str = MEASURES, name: str = "措施.txt") -> OwnFile:
    """A file of one's own, read."""
    data = text.encode()
    digest = hashlib.sha256(data).hexdigest()
    return OwnFile(name, digest, own_reading(pipeline.read_bytes(data, name), name, digest))
