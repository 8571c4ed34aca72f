"""What a text refers to in itself: articles, items, enclosures, lists that it promises (N8–N10)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from analysis.corpus.headings_and_days import ordinal
from analysis.lint.article_words import said_otherwise
from analysis.lint.cited_articles import ARTICLE, Cited, changed_since
from analysis.lint.counted_words import miscounted
from analysis.lint.draft import Draft
from analysis.lint.families.enclosures import listed
from analysis.lint.findings import Beside, Found, Severity
from analysis.lint.lines import Line, Node, Role, Style
from analysis.lint.provisions import Provision
from analysis.lint.registry import Family, rule
from analysis.lint.sources import STRUCTURE

_DIGITS = "〇零一二三四五六七八九十百"
_SHOWN = 24  # characters of an article that a message names
_BESIDE = 400  # characters of an article that are shown
_EARLIER = (
    "技术转移奖励办法\n　　第一条　为了推动技术转移，制定本办法。\n"
    "　　第二条　申请人应当如实填报材料，并对材料的真实性负责。\n"
    "　　第三条　奖励资金按季度拨付到申请人的账户。\n　　第四条　违反本办法第二条的，追回已经拨付的资金。\n"
)
_CITING = (
    "　　第一条　名单向社会公示。\n　　第二条　申请人提交材料。\n　　第三条　结论按照本办法第{}条规定的公示程序办理。\n"
)
_PUT_IN = (
    _EARLIER.replace("第四条", "第五条")
    .replace("第三条", "第四条")
    .replace("第二条　", "第三条　")
    .replace("　　第三条　", "　　第二条　市科技局负责奖励的组织实施和监督检查。\n　　第三条　", 1)
)


def _articles(draft: Draft) -> dict[int, dict[int, Node]]:
    """The articles by their numbers, for each part of the file."""
    found: dict[int, dict[int, Node]] = defaultdict(dict)
    for node in draft.nodes:
        number = node.ordinal.value or ordinal(node.ordinal.digits)  # 第一十三条 is badly written, but there
        if node.ordinal.style is Style.ARTICLE and number is not None:
            found[node.line.part][number] = node
    return found


@rule(
    "N8",
    "文内引用有着落",
    Family.REFERENCES,
    Severity.ERROR,
    why="引用的条、款、项、附件不存在，多是增删条款后没有核对。",
    source=STRUCTURE,
    bad=(
        "　　第一条　制定本办法。\n　　第二条　违反本办法第九条的，追回资金。\n",
        "　　第一条　具备下列条件：\n　　（一）甲；\n　　（二）乙。\n　　第二条　符合第一条第（五）项的，给予奖励。\n",
        "　　见附件3。\n附件：1.名单\n2.申报表\n",
        "　　第一条　依照前款规定办理。\n",
        "　　第一条　有下列情形之一的：\n　　（一）甲；\n　　（二）乙。\n　　有前款第三项情形的，不予奖励。\n",
        "　　指标见表2。\n表1　主要指标\n",
        "　　第一条　制定本办法。\n　　另行规定。\n　　第二条　依照本办法第一条第三款执行。\n",
        _CITING.format("二"),
        "技术转移管理规定\n　　第一条　制定本规定。\n　　第二条　违反本条例的，追回资金。\n"
        "　　第三条　本规定由省科技厅解释。\n　　第四条　本规定自2026年5月1日起施行。\n",
        _PUT_IN,
        _EARLIER.replace("奖励资金按季度", "市科技局按季度").replace(
            "申请人应当如实填报材料，并对材料的真实性负责", "奖励资金的来源是市级财政预算安排和社会捐赠"
        ),
    ),
    good=(
        "　　第一条　制定本办法。\n　　第二条　违反本办法第一条的，追回资金。\n",
        "　　第一条　制定本办法。\n　　第二条　依照《促进科技成果转化法》第四十五条执行。\n",
        "　　第一条　有下列情形之一的：\n　　（一）甲；\n　　（二）乙。\n　　有前款情形的，不予奖励。\n",
        "　　见附件2。\n附件：1.名单\n2.申报表\n",
        "　　第一条　制定本办法。\n\n　　另行规定。\n　　第二条　依照本办法第一条第二款执行。\n",
        _CITING.format("一"),
        "　　一、目标\n　　按照第三条道路推进。\n",
        _PUT_IN.replace("违反本办法第二条", "违反本办法第三条"),
        _EARLIER.replace("按季度", "按月"),  # another article has changed
        _EARLIER.replace("第四条　违反本办法第二条的", "第四条　按照本办法第三条领取奖励的"),  # means another one now
    ),
    beside=(_EARLIER,),
)
def resolve(draft: Draft) -> Iterator[Found]:
    """References to articles, items and enclosures that are not there; 前款 where none goes before."""
    known = _articles(draft)
    children: dict[int, set[int]] = defaultdict(set)
    for node in draft.nodes:
        if node.parent is not None and node.ordinal.style is Style.BRACKETED and node.ordinal.value is not None:
            children[draft.nodes[node.parent].line.index].add(node.ordinal.value)
    for line in draft.lines:
        articles = known[line.part]
        for match in ARTICLE.finditer(line.text):
            if missing := _missing(match, articles, children):
                start, end = line.span(match)
                number = ordinal(match["article"]) or 0
                skipped = number not in articles and {number - 1, number + 1} <= set(articles)
                grave = Severity.INFO if skipped else None  # a gap in the numbers, which is an error itself
                yield Found(start, end, f"引用的{missing}不存在", "核对后改正引用", severity=grave)
        opened = line.ordinal is not None and line.ordinal.style is Style.ARTICLE
        before = re.search(r"前款", line.text) if opened else None
        if before:
            start, end = line.span(before)
            yield Found(start, end, "这是本条第一款，没有“前款”可引", "改为“前条”或写明条号", severity=Severity.WARNING)
    yield from said_otherwise(draft)
    yield from _items_above(draft)
    yield from _captions_cited(draft)
    yield from _enclosures_cited(draft)
    if draft.former or draft.earlier:
        yield from _otherwise_now(draft)


def _otherwise_now(draft: Draft) -> Iterator[Found]:
    """References to articles that moved, are gone or say something else since the earlier version."""
    earlier = draft.former or draft.earlier
    assert earlier is not None
    known = _articles(draft)
    card = earlier.document.card
    for each in changed_since(draft, earlier):
        line = draft.line_at(each.start)
        node = known[line.part].get(each.number)
        place = ((node.line.start, node.line.end),) if node else ()
        beside = Beside(
            earlier.document.id, card.title, each.meant.path, each.meant.text[:_BESIDE], own=each.stands.text[:_BESIDE]
        )
        message, suggestion, severity = _changed(each)
        yield Found(each.start, each.end, message, suggestion, place, severity=severity, beside=beside)


def _changed(each: Cited) -> tuple[str, str, Severity]:
    """What became of a cited article, what to do, and how grave that is."""
    cited, was = each.stands.number, f"“{_opening(each.meant)}”"
    if each.now is None:
        message = f"上一稿引用的是{each.meant.number}{was}，本稿已没有这一条，现在的{cited}是“{_opening(each.stands)}”"
        return message, "核对后改正引用", Severity.WARNING
    if each.now.index != each.stands.index:
        moved = f"上一稿引用的是{each.meant.number}{was}，这一条现为{each.now.number}"
        message = f"{moved}，现在的{cited}是“{_opening(each.stands)}”"
        return message, f"改为{each.now.number}，或确认改引别的条款", Severity.WARNING
    message = f"所引{cited}在上一稿中是{was}，本稿改为“{_opening(each.stands)}”，引用处没有改"
    return message, "核对引用是否仍然成立", Severity.WARNING if each.anew else Severity.INFO


def _opening(article: Provision) -> str:
    words = article.text.replace("\n", "").rstrip("。；")
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}……"


_ABOVE = re.compile(rf"前款第?[（]?(?P<item>[{_DIGITS}]{{1,3}})[）]?项")


def _items_above(draft: Draft) -> Iterator[Found]:
    """前款第四项 where the list right above has three."""
    count = 0
    for line in draft.lines:
        node = draft.node_at.get(line.index)
        if node is not None and node.ordinal.style is Style.BRACKETED and node.ordinal.value is not None:
            count = node.ordinal.value
        elif node is not None:
            count = 0
        for match in _ABOVE.finditer(line.text) if node is None and count else ():
            if (ordinal(match["item"]) or 0) > count:
                start, end = line.span(match)
                yield Found(start, end, f"前款只有{count}项，没有第{match['item']}项", "核对后改正引用")


def _captions_cited(draft: Draft) -> Iterator[Found]:
    """见表3 where the tables, or the figures, that have a caption are others."""
    numbered: dict[str, set[int]] = {"表": set(), "图": set()}
    for line in draft.lines:
        caption = re.match(rf"([表图])\s?(\d{{1,2}}|[{_DIGITS}]{{1,2}})", line.text)
        if line.role is Role.CAPTION and caption:
            numbered[caption[1]].add(ordinal(caption[2]) or 0)
    for line in draft.body():
        for match in re.finditer(r"(?:见|如|按照?|详见)附?([表图])\s?(\d{1,2})(?![\d.])", line.text):
            known = numbered[match[1]]
            if known and int(match[2]) not in known:
                start, end = line.span(match)
                yield Found(start, end, f"没有{match[1]}{match[2]}", "核对图表的顺序号")


def _missing(match: re.Match[str], articles: dict[int, Node], children: dict[int, set[int]]) -> str:
    """What a reference names and the text does not have; "" where it has all."""
    number = ordinal(match["article"])
    if number not in articles:
        return f"第{match['article']}条" if match["own"] or len(articles) > 2 else ""
    item = match["item"] or match["bare"]
    items = children[articles[number].line.index]
    if item and items and ordinal(item) not in items:
        return f"第{match['article']}条第（{item}）项"
    return ""


def _enclosures_cited(draft: Draft) -> Iterator[Found]:
    """见附件3 where the list of enclosures ends at 2."""
    known = {number for _, number, _ in listed(draft)} | {
        ordinal(digits[0]) or 0
        for line in draft.lines
        if line.role is Role.ENCLOSURE and (digits := re.search(rf"[\d{_DIGITS}]+", line.text))
    }
    if not known and not draft.final:
        return  # enclosures of a draft may be files of their own
    for line in draft.body():
        for match in re.finditer(rf"附件\s?(\d{{1,2}}|[{_DIGITS}]{{1,2}})(?![\d{_DIGITS}：:])", line.text):
            if ordinal(match[1]) not in known:
                start, end = line.span(match)
                grave = None if known else Severity.WARNING
                yield Found(start, end, f"没有附件{match[1]}", "核对附件的顺序号", severity=grave)


_NUMBERS = {"两": 2, **{digit: value for value, digit in enumerate("〇一二三四五六七八九十")}}
_PROMISE = re.compile(
    r"(?:(?P<following>以下|下列|如下)(?P<digits>[一二两三四五六七八九十]|\d{1,2})(?:个|项|类|条|种|点|方面|大|款)"
    r"|(?P<many>[二两三四五六七八九十]|(?<!\d)\d{1,2})(?:个方面|个环节|项(?:重点)?(?:工作|任务|措施|行动|原则|要求)|类(?:情形|对象)|个重点|大(?:工程|行动|任务)))"
    r"[^。；]{0,16}?[：:，]?"
    r"|(?P<any>[二两三四五六七八九十])(?:个|项|类|种|条|大|步)[^，。；：、]{0,10}[：:]"
)
_FIRSTS = (
    re.compile(r"(?<![\u3400-\u9fff])(?P<digits>[一二三四五六七八九十])(?:是|要)(?!否)"),
    re.compile(r"(?:第(?P<digits>[一二三四五六七八九十]))[，,]"),
    re.compile(r"[（(](?P<digits>[一二三四五六七八九十])[）)]"),
)


@rule(
    "N9",
    "列举的项数与所说的一致",
    Family.REFERENCES,
    Severity.WARNING,
    why="说“以下五项”却列了四项，读者会以为漏了一项。",
    source=STRUCTURE,
    bad=(
        "　　重点把握以下四个环节：一是审核，二是对接，三是签约。\n",
        "　　应当具备下列三项条件：\n　　（一）有场所；\n　　（二）有人员。\n　　申报时间另行通知。\n",
        "　　建设两类载体：一是基地，二是中心，三是园区。\n",
        "　　年度评价为优秀、良好的，分别给予50万元、30万元、10万元补助。\n",
        "　　建立三张清单，即任务清单和责任清单。\n",
        "　　应当提交申请书、权属证明和承诺书，以上四项材料合并装订。\n",
        "　　材料一式五份，其中正本一份、副本三份。\n",
        "支持科技成果转化五条措施\n　　一、支持高校。\n　　二、支持企业。\n　　三、支持人才。\n　　四、支持平台。\n",
    ),
    good=(
        "　　重点把握以下三个环节：一是审核，二是对接，三是签约。\n",
        "　　应当具备下列两项条件：\n　　（一）有场所；\n　　（二）有人员。\n",
        "　　抓好三项工作，其中一是审核工作最为重要。\n",
        "　　建立两张清单，即任务和责任清单、问题清单。\n",
        "　　应当提交申请书、权属证明和承诺书，以上三项材料合并装订。\n",
        "　　遵循以下原则：一是公开，二是公平。\n",
        "　　对国家级、省级、市级示范机构，分别给予50万元、30万元、10万元奖励。\n",
        "　　对认定为国家级、省级的企业技术中心、实验室，分别给予100万元、50万元奖励。\n",
        "支持科技成果转化四条措施\n　　一、支持高校。\n　　二、支持企业。\n　　三、支持人才。\n　　四、支持平台。\n",
    ),
)
def promised(draft: Draft) -> Iterator[Found]:
    """A number of items that is promised, and another that follows in the paragraph or in the lines below."""
    yield from _by_title(draft)
    yield from _respectively(draft)
    yield from miscounted(draft)
    for line in draft.body():
        for match in _PROMISE.finditer(line.text):
            digits = match["digits"] or match["many"] or match["any"]
            promised = int(digits) if digits.isdecimal() else _NUMBERS[digits]
            given = _given(draft, line, match)
            if given > 1 and given != promised:
                start, end = line.span(match)
                yield Found(start, end, f"说的是{digits}项，实列{given}项", "补上缺项，或改正项数")


_TITLE_COUNT = re.compile(
    r"(?<![第\d〇零一二三四五六七八九十百])(?P<digits>[二三四五六七八九十]{1,3}|\d{1,2})条(?:政策)?(?:措施|政策|举措|意见|规定)?(?:[（(][^）)]*[）)])?》?(?:的通知)?$"
)


def _by_title(draft: Draft) -> Iterator[Found]:
    """A title that says how many items there are (十条措施), while no list of its text has so many."""
    for line in draft.lines:
        named = _TITLE_COUNT.search(line.text) if line.role is Role.TITLE else None
        if named is None:
            continue
        promised = ordinal(named["digits"])
        counts: dict[int, int] = defaultdict(int)
        styles: dict[Style, int] = defaultdict(int)
        for node in draft.nodes:
            counts[node.siblings] += 1
            styles[node.ordinal.style] += 1
        whole = max(counts.values(), default=0)
        if promised is None or whole < 3 or promised in (*counts.values(), *styles.values()):
            continue
        top = next(node for node in draft.nodes if counts[node.siblings] == whole)
        last = next(node for node in reversed(draft.nodes) if node.siblings == top.siblings)
        message = f"标题说{named['digits']}条，正文列了{whole}条"
        yield Found(line.start, line.end, message, "补上缺项，或改正标题里的条数", ((last.line.start, last.line.end),))


# 优秀、良好的，分别给予50万元、30万元、10万元
_EACH_ITS_OWN = re.compile(
    r"(?P<whom>[^，。；：、]{1,14}(?:、[^，。；：、和及或]{1,8}){1,5}(?:(?:和|及|以及|或者?)[^，。；：、]{1,8})?)(?:[^，。；：、]{0,14})?，?"
    r"(?:可?(?:最高)?)分别(?:一次性)?(?:给予|奖励|补助|按照?|资助|安排)?(?:最高)?(?:不超过)?"
    r"(?P<sums>\d[\d.]*(?:万元|元|%|亿元)(?:(?:、|和|，)\d[\d.]*(?:万元|元|%|亿元)){1,6})"
)
_RANK = re.compile(
    "(?:[^，。；：、]*(?:的|为|获|定|过|评|在|年度|绩效|考核|等次))?(?:优秀|良好|合格|优|良|一等奖?|二等奖?|三等奖?|特等奖?|国家级?|省级?|市级?|县级?|[ABCDⅠⅡⅢ甲乙丙]类?|[一二三]类|第[一二三]名|金奖|银奖|铜奖)"
)


def _respectively(draft: Draft) -> Iterator[Found]:
    """More sums than ranks, or fewer, before and behind 分别."""
    for line in draft.body():
        for match in _EACH_ITS_OWN.finditer(line.text):
            whom = re.split("、|和|以及|及|或者|或", match["whom"])
            sums = re.split("[、和，]", match["sums"])
            ranked = sum(_RANK.match(each) is not None for each in whom)
            if ranked == len(whom) and len(whom) != len(sums):
                start, end = line.span(match)
                message = f"“分别”前面是{len(whom)}项，后面是{len(sums)}个数"
                yield Found(start, end, message, "补上缺少的一项，或删去多余的数")


def _given(draft: Draft, line: Line, match: re.Match[str]) -> int:
    """How many items follow a promise: counted from the first in the paragraph, else in the lines below; 0: unclear."""
    rest = line.text[match.end() :]
    if not match["following"] and not re.match("[^。]{0,12}[：:]|$", line.text[match.end() - 1 :]):
        return 0
    for pattern in _FIRSTS:
        count = 0
        for each in pattern.finditer(rest):
            if _NUMBERS[each["digits"]] == count + 1:
                count += 1
            elif count:
                break
        if count > 1:
            return count
    return _below(draft, line) if line.text.endswith(("：", ":")) else 0


def _below(draft: Draft, line: Line) -> int:
    """How many lines below count on from one, in one list."""
    count, siblings = 0, -1
    for below in draft.lines[line.index + 1 : line.index + 200]:
        node = draft.node_at.get(below.index)
        if below.role is Role.BLANK:
            continue
        if node is None or node.ordinal.value != count + 1 or siblings not in (-1, node.siblings):
            break
        count, siblings = count + 1, node.siblings
    return count
