"""Which region a text is of, and its level: from who issued it, its title, its number, its own words, its page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from analysis.corpus import metadata_patterns as patterns
from analysis.corpus.headlines import Found, Stated
from analysis.grammar import grammar
from analysis.grammar.places import all_places_in, places_in
from analysis.grammar.vocabularies import Place
from analysis.model import Level

_LEAST_MENTIONS = 3
_HEAD = 300  # characters in which a report says whom it speaks of
_LOCAL = 3000
_NATION_HEAD = 600
_NATION = Place("全国", "000000", Level.NATION)

Where = tuple[Place, str]  # the place and why
Named = list[tuple[int, int, Place]]


def place_of(
    text: str, stated: Stated, issuers: Sequence[str], number: Found | None, about: str, about_number: Found | None
) -> Where | None:
    """The place that ``text`` is of, or None; ``about``: the title of the text that a report is about."""
    title = stated.title
    headline = title.value if title and title.headline else ""
    own = (title.letter, title.value) if title and not title.headline else ()
    return (
        next((found for name in issuers[:1] if (found := named_in(name, "发文机关", sure=True))), None)
        or next((found for words in own if (found := named_in(words, "标题"))), None)
        or _of_number(number)
        or _local(text)
        or named_in(about, "所报道的文件")
        or named_in(headline, "首行")
        or _of_ministries(text[:_HEAD])
        or _of_number(about_number)
        or _of_page(stated, text)
        or _of_head(text)
        or _most_named(text)
        or _only_named(text)
        or _of_nation(text)
    )


def named_in(words: str, source: str, sure: bool = False) -> Where | None:
    """The one place that ``words`` name: at their beginning, else the only one; a university is none."""
    if not words:
        return None
    every = [one for one in all_places_in(words) if not patterns.SCHOOL.regex.match(words, one[1])] or (
        all_places_in(words) if sure else []
    )
    first = [one for one in every if one[0] <= 4 and not (one[0] == 0 and one[2].level is Level.NATION)]
    every = _without_parts(first or every, words)
    chosen = next((one for one in every if one[2].level is not Level.NATION or one[0] == 0), None)
    if chosen is None or not (sure or len({one[2].code for one in every}) == 1):
        return None
    return _deepest(words, chosen, every), f"{source}“{words}”"


def _without_parts(named: Named, words: str) -> Named:
    """Without districts that a name of their province stands apart from: 中关村交易中心落地北京 is of 北京."""
    whole = {one[2].code for one in named if one[2].level is not Level.DISTRICT}
    ends = {one[1] for one in named}
    return [
        one
        for one in named
        if one[2].level is not Level.DISTRICT or one[2].code not in whole or one[0] in ends or one[0] == 0
    ]


def _deepest(words: str, chosen: tuple[int, int, Place], named: Named) -> Place:
    """A city named right behind its province counts, and a district behind either: 江苏省苏州市, 北京市海淀区."""
    place, end = chosen[2], chosen[1]
    for start, stop, other in named:
        if start == end and other.code == place.code:
            inside = other.level is Level.DISTRICT and not other.city
            place, end = Place(f"{place.name}{other.name}", other.code, other.level) if inside else other, stop
    behind = patterns.ZONE.regex.match(words, end) or patterns.DISTRICT.regex.match(words, end)
    if behind is None or place.level is Level.DISTRICT:
        return place
    return Place(f"{place.name}{behind.group()}", place.code, Level.DISTRICT)


def _of_number(number: Found | None) -> Where | None:
    if number and patterns.MINISTRY_NUMBER.find(number.value):
        return _NATION, f"由发文字号“{number.value}”推定"
    signs = grammar().number_signs
    if number and number.value[0] in signs and re.match(".(?:政|府|科|发|办|委|财|人社)", number.value):
        return _province(signs[number.value[0]]), f"由发文字号“{number.value}”推定"
    return None


def _local(text: str) -> Where | None:
    """结合赣州市实际: for which place a text is made."""
    local = patterns.LOCAL.find(text[:_LOCAL])
    inside = all_places_in(local["place"]) if local else []
    if local and inside and inside[0][0] == 0 and inside[0][2].level is not Level.NATION:
        place = inside[0][2]
        if place.level is not Level.PROVINCE or _of_province(text, place.code):
            return place, f"正文写明“{local.group()}”"
    return None


def _of_page(stated: Stated, text: str) -> Where | None:
    """Who published the page; where that is the province and the head names one place in it, that place."""
    labels = (
        stated.label("发布单位", "发布机构", "发文单位", "来源于", "信息来源", "区域", "地区"),
        stated.label("来源"),
    )
    shown = next((found for label in labels if label and (found := named_in(label.value, "网页信息"))), None)
    inside = _of_head(text) if shown and shown[0].level is Level.PROVINCE else None
    return inside if shown and inside and inside[0].code == shown[0].code else shown


def _of_nation(text: str) -> Where | None:
    """A text that speaks to all provinces, or of our country, and of no place as its own."""
    found = patterns.NATION_HEAD.find(text[:_NATION_HEAD])
    if found is None or patterns.SPOKEN_OF_PLACE.find(text[:_LOCAL]):
        return None
    return _NATION, f"开头写明“{found.group()}”"


def _only_named(text: str) -> Where | None:
    """The one place that a text names at all; 我省 and 我市 say whether it speaks of that or of its province."""
    named = _inside_nation(text[:_LOCAL])
    lowest = {one[2].label for one in named if one[2].level is not Level.PROVINCE}
    if not named or len({one[2].code for one in named}) > 1 or not patterns.SPOKEN_OF_PLACE.find(text[:_LOCAL]):
        return None
    code = named[0][2].code
    province, city = (len(re.findall(f"[我全本]{level}", text)) for level in "省市")
    if province > city or grammar().regions[code].full.endswith("市"):
        return _province(code), f"正文只提到{_province(code).name}的地名"
    if len(lowest) != 1:
        return None
    place = next(one[2] for one in named if one[2].label in lowest)
    return place, f"正文只提到{place.label}"


def _inside_nation(text: str) -> Named:
    """The places that a text names but for the nation; the name of a school says nothing."""
    named = (one for one in all_places_in(text) if one[2].level is not Level.NATION)
    return [one for one in named if not patterns.SCHOOL.regex.match(text, one[1])]


def _of_ministries(head: str) -> Where | None:
    """A text that ministries are said to have issued is the nation's."""
    found = patterns.MINISTRY.find(head)
    return (_NATION, f"开头写明“{found.group().strip('，。：“ ')}”") if found else None


def _of_head(text: str) -> Where | None:
    """The one region that the head of a text names; 我省 and 我市 say the level."""
    head = text[:_HEAD]
    found = _inside_nation(head)
    if not found or len({one[2].code for one in found}) > 1:
        return None
    codes = Counter(one.code for *_, one in places_in(text) if one.level is not Level.NATION)
    if codes and codes[found[0][2].code] < max(codes.values()):  # what a text is held against may come first: 对标上海
        return None
    place = _deepest(head, found[0], found)
    why = f"开头只提到{place.label}"
    if place.level is Level.PROVINCE and not _of_province(text, place.code):
        local = [one for one in found if one[2].level is not Level.PROVINCE]
        if not local:
            return None if re.search("[我全]市|市级", text) else (place, why)
        place = _deepest(head, local[0], found)
    return place, why


def _province(code: str) -> Place:
    return next(place for place in grammar().places.values() if place.code == code and place.level is Level.PROVINCE)


def _most_named(text: str) -> Where | None:
    """The place that a text names most, if it names hardly any other; 我省 and 我市 say the level."""
    named = [place for *_, place in places_in(text) if place.level is not Level.NATION]
    if not named:
        return None
    codes = Counter(place.code for place in named)
    code, times = codes.most_common(1)[0]
    if times < _LEAST_MENTIONS or 3 * times < 2 * len(named):
        return None
    province = _province(code)
    cities = Counter(place.name for place in named if place.code == code and place.level is Level.CITY)
    why = f"正文 {len(named)} 处地名中有 {times} 处属于{province.name}"
    top, most = cities.most_common(1)[0] if cities else ("", 0)
    local = not _of_province(text, code) or not any(place.level is Level.PROVINCE for place in named)
    if cities and local and 2 * most >= times:
        return grammar().places[top], f"{why}，多为{top}"
    # A city's text may name its province most: without knowing the level, nothing is held against its figures.
    return (province, why) if _of_province(text, code) else None


def _of_province(text: str, code: str) -> bool:
    """Whether a text speaks of its province (我省) and not of a city (我市); 我市 is the province in 北京 or 重庆."""
    province, city = len(re.findall("[我全本]省|省级|自治区", text)), len(re.findall("[我全本]市|市级", text))
    return province > city or grammar().regions[code].full.endswith("市")
