"""What a text says about itself: the card of a document that has none.

Every field that is proposed is also in ``Card.inferred`` with the words it was read from; what the text does not say
stays unknown. Nothing here knows today's date, so that nothing is called expired because time has passed.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from analysis.corpus import headlines, validity
from analysis.corpus.dates import days
from analysis.corpus.headlines import Found, Signature, Title
from analysis.corpus.history import Act, adoption, amendments, history
from analysis.corpus.kind import kind_of
from analysis.grammar.metadata import Place, marks, offices, places, places_in, signs
from analysis.grammar.regions import regions
from analysis.model import Card, Document, Level, Status, TextKind

_LEAST_MENTIONS = 3


def introduced(document: Document) -> Document:
    """``document`` with the card that its text proposes."""
    return replace(document, card=propose(document))


def with_kind(document: Document) -> Document:
    """``document`` with the kind of its text, where its card says nothing of it; the title is the card's."""
    card = document.card
    kind = kind_of(document.text.split("\n"), (card.title,)) if card.kind is TextKind.UNKNOWN else None
    if kind is None:
        return document
    return replace(document, card=replace(card, kind=kind.kind, inferred=(*card.inferred, ("kind", kind.why))))


def propose(document: Document) -> Card:
    """The card of ``document`` with what its text says about it; fields that its card already knows are kept."""
    card = document.card
    lines = document.text.split("\n")
    reasons: dict[str, str] = {}
    changes: dict[str, object] = {}

    def put(field: str, found: Found | None) -> None:
        if found is not None:
            changes[field], reasons[field] = found.value, found.why

    title = headlines.title(lines)
    put("title", Found(title.value, title.why) if title else None)
    number = headlines.number(lines)
    put("doc_number", number)
    press = marks()["press"].find("\n".join(lines[:4])) is not None or bool(title and title.headline)
    signed = _signature(lines)
    told = history(lines)
    issuers, why = _issuers(lines, title, number, signed, told)
    issued = _issued(lines, title, number, signed, told)
    put("issued", issued)
    place, level, because = _place(document.text, title, issuers, number)
    if issuers:
        changes["issuers"], reasons["issuers"] = tuple(_full(name, place) for name in issuers), why
    if place:
        # The code leads to the province; the level keeps a city from being held against its province's figures.
        changes |= {"region_code": place.code, "region": place.name}
        reasons["region"] = because
    if level is not Level.UNKNOWN:
        changes["level"], reasons["level"] = level, because
    own_title = title.value + title.letter if title and not title.headline else ""
    if card.kind is TextKind.UNKNOWN:
        kind = kind_of(lines, (title.value, title.letter) if title else (), card.title)
        if kind:
            changes["kind"], reasons["kind"] = kind.kind, kind.why
    period = validity.validity(lines, own_title, issued.value if issued and not press else None)
    put("valid_from", period.first)
    put("valid_to", period.last)
    status, why = _status(lines, own_title)
    if status is not Status.UNKNOWN:
        changes["status"], reasons["status"] = status, why
    notes = list(card.notes) + amendments(told)
    if status is Status.DRAFT:
        answers = validity.comment_period(lines, issued.value if issued else None)
        put("comment_from", answers.first)
        put("comment_to", answers.last)
        if contact := validity.contact(lines):
            notes.append(f"反馈意见的联系方式：{contact}")
    known = {field for field in changes if getattr(card, field) and field not in ("title", "status", "level", "kind")}
    kept = {field: value for field, value in changes.items() if field not in known}
    inferred = dict(card.inferred) | {field: why for field, why in reasons.items() if field not in known}
    return replace(card, **kept, inferred=tuple(inferred.items()), notes=tuple(notes))  # type: ignore[arg-type]


def _signature(lines: list[str]) -> Signature | None:
    """The signature of a text: the first one with names, else a date alone in its head or at its end."""
    found = headlines.signatures(lines)
    named = [one for one in found if one.names]
    edges = [one for one in found if one.line < len(headlines.head_lines(lines)) or one.line >= len(lines) - 3]
    return named[0] if named else edges[0] if edges else None


def _issuers(
    lines: list[str],
    title: Title | None,
    number: Found | None,
    signed: Signature | None,
    told: list[Act],
) -> tuple[tuple[str, ...], str]:
    """Who issued the text, and why we think so."""
    if signed and signed.names:
        return signed.names, f"取自落款“{'”“'.join(signed.names)}”"
    for act in (*adoption(told), *told):
        if act.body and act.done in ("通过", "修订", "修正") and "批准" not in act.words:
            return (act.body,), f"取自题注“{act.words}”"
    for words in (title.letter, title.value) if title else ():
        found = marks()["body_before"].find(words)
        if found and not found["body"].startswith(("关于", "的")):
            return tuple(headlines.split_names(found["body"])), f"取自标题“{words}”"
    labelled = _label(lines, ("发文机关", "发文单位", "发布机构", "制定机关"))
    if labelled:
        return (labelled.value,), labelled.why
    ordered = re.match("(.+(?:人民政府|委员会|部|局|厅))(?:令|公告)第", number.value) if number else None
    if ordered:
        return (ordered[1],), f"由文号“{number.value if number else ''}”推定"
    if number and number.value[0] in signs():
        office = offices().get(number.value[1 : number.value.find("〔")])
        if office:
            full = regions()[signs()[number.value[0]]].full
            return (full + office,), f"由发文字号“{number.value.split('〔')[0]}”推定"
    return (), ""


def _full(name: str, place: Place | None) -> str:
    """省人民政府 -> 湖北省人民政府, where the text is known to be of 湖北."""
    suffix = {Level.PROVINCE: "省", Level.CITY: "市"}.get(place.level, "") if place else ""
    return f"{place.name}{name}" if place and suffix and name.startswith(suffix) else name


def _issued(
    lines: list[str],
    title: Title | None,
    number: Found | None,
    signed: Signature | None,
    told: list[Act],
) -> Found | None:
    """When the text was issued, as precisely as it says: signature, history, its own table, its letter, its number."""
    if made := adoption(told):
        last = max(made, key=lambda act: act.day)
        return Found(last.day, f"取自题注“{last.words}”")
    if signed and signed.day:
        return Found(signed.day.iso, f"取自落款“{lines[_day_line(lines, signed)]}”")
    found = _label(lines, ("成文日期", "发文日期", "印发日期", "生成日期"))
    if found and days(found.value):
        return Found(days(found.value)[0].iso, found.why)
    shown = _label(lines, ("发布日期", "发布时间", "公布日期", "时间"))
    page = days(shown.value)[0].iso if shown and days(shown.value) else None
    for line in lines[:8]:
        sent = marks()["printed"].find(line)
        if sent and title and sent["name"] in title.value and (sent["year"] or page):
            year = sent["year"] or (page or "")[:4]
            day = days(f"{year}年{sent['month']}月{sent['day']}日")
            if day:
                return Found(day[0].iso, f"取自“{sent.group()}”" + ("" if sent["year"] else "，年份取自网页"))
    of_number = re.search(r"〔(\d{4})〕", number.value) if number else None
    if page and shown and (of_number is None or page.startswith(of_number[1])):
        return Found(page, f"{shown.why}，是网页发布日期，成文日期不详")
    return Found(of_number[1], f"由发文字号“{of_number.group()}”推定年份") if of_number else None


def _day_line(lines: list[str], signed: Signature) -> int:
    return next(at for at in range(signed.line, len(lines)) if days(lines[at]))


def _label(lines: list[str], names: tuple[str, ...]) -> Found | None:
    """The value that a table above the text gives for the first of ``names`` that it has."""
    found: dict[str, Found] = {}
    for line in headlines.head_lines(lines):
        labels = list(marks()["label"].regex.finditer(line))
        for label, after in zip(labels, [*labels[1:], None], strict=False):
            value = line[label.end() : after.start() if after else len(line)].strip()
            value = re.split(r"(?:来源|责任编辑|浏览|名称|主题分类|索引号)", value)[0].strip()
            if value:
                found.setdefault(label["name"], Found(value, f"取自“{label['name']}：{value}”"))
    return next((found[name] for name in names if name in found), None)


def _status(lines: list[str], title: str) -> tuple[Status, str]:
    """Legal state as far as a text can say it itself: a draft says so; that it still holds only its page can say."""
    draft = marks()["draft"].find(title)
    if draft:
        return Status.DRAFT, f"标题中有“{draft.group()}”"
    labelled = _label(lines, ("有效性", "是否有效", "时效性"))
    if labelled:
        gone = re.search("失效|废止|无效|否", labelled.value)
        return (Status.EXPIRED if gone else Status.IN_FORCE), labelled.why
    return Status.UNKNOWN, ""


def _place(
    text: str, title: Title | None, issuers: tuple[str, ...], number: Found | None
) -> tuple[Place | None, Level, str]:
    """Which region a text is of, its level, and why: from who issued it, its title, its number, its own words."""
    for where, words in (
        *(("发文机关", name) for name in issuers[:1]),
        *(("标题", words) for words in ((title.letter, title.value) if title else ()) if words),
    ):
        named = [one for one in places_in(words) if one[0] <= 4 and not (one[0] == 0 and one[2].level is Level.NATION)]
        named = named or places_in(words)
        chosen = next((one for one in named if one[2].level is not Level.NATION or one[0] == 0), None)
        if chosen and (where == "发文机关" or len({one[2].code for one in named}) == 1):
            place, level = _deepest(words, chosen, named)
            return place, level, f"{where}“{words}”"
    if number and number.value[0] in signs() and re.match(".(?:政|府|科|发|办|委|财|人社)", number.value):
        code = signs()[number.value[0]]
        return _province(code), Level.PROVINCE, f"由发文字号“{number.value}”推定"
    local = marks()["local"].find(text[:3000])
    inside = places_in(local["place"]) if local else []
    if local and inside and inside[0][0] == 0 and inside[0][2].level is not Level.NATION:
        place = inside[0][2]
        if place.level is not Level.PROVINCE or _of_province(text, place.code):
            return place, place.level, f"正文写明“{local.group()}”"
    return _most_named(text)


def _deepest(words: str, chosen: tuple[int, int, Place], named: list[tuple[int, int, Place]]) -> tuple[Place, Level]:
    """A city named right behind its province counts, and a district behind either: 江苏省苏州市, 北京市海淀区."""
    place, end = chosen[2], chosen[1]
    for start, stop, other in named:
        if start == end and other.code == place.code:
            inside = other.level is Level.DISTRICT
            place, end = Place(f"{place.name}{other.name}", other.code, other.level) if inside else other, stop
    district = marks()["district"].regex.match(words, end) if place.level is not Level.DISTRICT else None
    if district:
        return Place(f"{place.name}{district[1]}", place.code, Level.DISTRICT), Level.DISTRICT
    return place, place.level


def _province(code: str) -> Place:
    return next(place for place in places().values() if place.code == code and place.level is Level.PROVINCE)


def _most_named(text: str) -> tuple[Place | None, Level, str]:
    """The place that a text names most, if it names hardly any other; 我省 and 我市 say the level."""
    named = [place for *_, place in places_in(text) if place.level is not Level.NATION]
    if not named:
        return None, Level.UNKNOWN, ""
    codes = Counter(place.code for place in named)
    code, times = codes.most_common(1)[0]
    if times < _LEAST_MENTIONS or 3 * times < 2 * len(named):
        return None, Level.UNKNOWN, ""
    province = _province(code)
    cities = Counter(place.name for place in named if place.code == code and place.level is Level.CITY)
    why = f"正文 {len(named)} 处地名中有 {times} 处属于{province.name}"
    top, most = cities.most_common(1)[0] if cities else ("", 0)
    local = not _of_province(text, code) or not any(place.level is Level.PROVINCE for place in named)
    if cities and local and 2 * most >= times:
        return places()[top], Level.CITY, f"{why}，多为{top}"
    # A city's text may name its province most: without knowing the level, nothing is held against its figures.
    return (province, Level.PROVINCE, why) if _of_province(text, code) else (None, Level.UNKNOWN, "")


def _of_province(text: str, code: str) -> bool:
    """Whether a text speaks of its province (我省) and not of a city (我市); 我市 is the province in 北京 or 重庆."""
    province, city = len(re.findall("[我全本]省|省级|自治区", text)), len(re.findall("[我全本]市|市级", text))
    return province > city or regions()[code].full.endswith("市")
