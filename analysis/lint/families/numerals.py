"""How numbers are written: ranges, approximations, mixed digits, years, days (P3–P8, P15)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.corpus.headings_and_days import ordinal
from analysis.lint.draft import Draft
from analysis.lint.findings import Change, Force, Found, Severity, Source
from analysis.lint.lines import Role
from analysis.lint.registry import Family, rule
from analysis.lint.sources import numerals_standard, punctuation_standard

_RANGE = re.compile(
    r"(?<![\d.年月第〔A-Za-z－—~～-])(\d{1,6}(?:\.\d{1,4})?)\s?(?:[~～－]|[-–]|—{1,2}|至)\s?"
    r"(\d{1,6}(?:\.\d{1,4})?)\s?(万亿|千万|百万|[万亿]|[%％‰])"
)


@rule(
    "P3",
    "数值范围的单位",
    Family.NUMERALS,
    Severity.WARNING,
    why="前一个数省去“万”“亿”“%”会有两种读法，两端都写单位才不会误解。",
    source=punctuation_standard("A.11"),
    bad=("　　基金规模为8～12亿元。\n", "　　补助比例为15～30%。\n", "　　每项补助13-17万元。\n"),
    good=(
        "　　基金规模为8亿～12亿元。\n",
        "　　补助比例为15%～30%。\n",
        "　　配备3～5名人员。\n",
        "　　2026—2030年投入12亿元。\n",
    ),
)
def ranges(draft: Draft) -> Iterator[Found]:
    """A range whose first number leaves out 万, 亿 or %; both readings are shown."""
    for line in draft.lines:
        for match in _RANGE.finditer(line.text):
            low, high, unit = match.groups()
            if float(low) >= float(high) or (len(low) == 4 and low.startswith(("19", "20"))):
                continue
            start, end = line.span(match)
            rest = re.match(r"[\u3400-\u9fff]?", line.text[match.end() :])
            counted = rest.group() if rest and unit not in "%％‰" else ""
            message = f"“{match.group()}{counted}”可读作“{low}{counted}”或“{low}{unit}{counted}”起"
            sign = line.text[match.end(1) : match.start(2)]
            change = Change(start, end, f"{low}{unit}{sign}{high}{unit}")
            yield Found(start, end, message, f"写作“{low}{unit}{sign}{high}{unit}{counted}”", changes=(change,))


_DIGIT_NAMES = "一二三四五六七八九"
_COUNTED = "天个年月日次名家项人周倍成百千万亿十小分所座套场门款辆吨篇亩"
_TWO = re.compile(
    rf"(?<![第、，一二两三四五六七八九十百])([一二两三四五六七八])、([二三四五六七八九])(?=[{_COUNTED}])(?!年级|级|等|类|季|期)"
)


@rule(
    "P4",
    "概数之间不用顿号",
    Family.NUMERALS,
    Severity.WARNING,
    why="相邻两个数字连用表示概数，中间不用顿号；用了顿号就成了并列。",
    source=punctuation_standard("4.5.3.4"),
    bad=("　　应当在两、三天内答复。\n", "　　建设五、六个平台。\n", "　　设立学院三、四所。\n"),
    good=(
        "　　应当在两三天内答复。\n",
        "　　推动二、三产业融合。\n",
        "　　促进一、二、三产业发展。\n",
        "　　设一、二等奖。\n",
        "　　在一、二期工程之外建设。\n",
    ),
)
def approximations(draft: Draft) -> Iterator[Found]:
    """Two adjacent numerals with a comma between them before a measure word."""
    for line in draft.lines:
        for match in _TWO.finditer(line.text):
            low, high = ("二" if match[1] == "两" else match[1]), match[2]
            if _DIGIT_NAMES.index(high) - _DIGIT_NAMES.index(low) == 1:
                start, end = line.span(match)
                change = Change(start + 1, start + 2, "")
                written = match[1] + match[2]
                yield Found(start, end, f"“{match.group()}”表示概数时不用顿号", f"写作“{written}”", changes=(change,))


_NUMERAL = r"[\d一二两三四五六七八九十百千][\d.,一二三四五六七八九十百千]{0,8}\s?"
_ABOUT = "(?:大约|大概|(?<![节合契预制签公条特邀违])约)"
_STACKED = (
    (rf"{_ABOUT}\s?{_NUMERAL}[\u3400-\u9fff%％]{{0,6}}?(?:左右|上下)", "约", "左右"),
    (rf"{_ABOUT}\s?{_NUMERAL}[\u3400-\u9fff%％]{{0,6}}?(?<![年月日天岁])(?:以上|以下|以内)", "约", "以上、以下"),
    (r"(?:以上|以下|以内)(?:[（(][^（）()]{0,8}[）)])?(?:以上|以下|以内)", "以上、以下", "以上、以下"),
    (rf"(?:{_ABOUT}|近|将近|接近)\s?{_NUMERAL}(?:[万亿千百]?余|多)[\u3400-\u9fff]", "近、约", "余、多"),
    (rf"(?:近|将近|接近)\s?{_NUMERAL}(?:[万亿][元家项人]?|[%％家项人名个])(?:左右|上下)", "近", "左右"),
    (rf"(?:超过|逾|突破)\s?{_NUMERAL}[\u3400-\u9fff%％]{{0,4}}?(?<!年)以上", "超过", "以上"),
    (rf"(?:超过|逾|突破)\s?{_NUMERAL}(?:[万亿]?余)[\u3400-\u9fff]", "超过", "余"),
    (rf"(?:不低于|不少于|不小于|至少|最少|最低)\s?{_NUMERAL}[\u3400-\u9fff%％]{{0,4}}?以上", "不低于、至少", "以上"),
    (
        rf"(?:不超过|不高于|不多于|最多|至多)\s?{_NUMERAL}[\u3400-\u9fff%％]{{0,4}}?(?:以内|以下)",
        "不超过",
        "以内、以下",
    ),
    (rf"{_NUMERAL}[\u3400-\u9fff%％]{{0,4}}?(?:以上|以下|以内)(?:左右|上下)", "以上、以下", "左右"),
)
_STACKS = tuple((re.compile(pattern), first, second) for pattern, first, second in _STACKED)


@rule(
    "P5",
    "概数词语不重复",
    Family.NUMERALS,
    Severity.WARNING,
    why="“近”与“余”、“不低于”与“以上”重复或互相矛盾，读者不知道以哪个为准。",
    source=Source("GB/T 15835-2011 与写作惯例", "", Force.TO_VERIFY),
    bad=(
        "　　服务企业近300余家。\n",
        "　　占比约20%左右。\n",
        "　　成交额超过500亿元以上。\n",
        "　　比例不低于50%以上。\n",
        "　　新建厂房约100万平方米以上。\n",
        "　　运行满1年以上（含1年）以上。\n",
        "　　超过 3000 万元以上部分按0.3%给予奖励。\n",
    ),
    good=(
        "　　服务企业近300家，培训1200余人次。\n",
        "　　近3年以上从业经历。\n",
        "　　节约能源30%以上，签约20个以上，运行满1年以上（含1年）。\n",
        "　　占比20%左右。\n",
        "　　对超过500万元的部分给予奖励，一年以上的除外。\n",
    ),
)
def stacked(draft: Draft) -> Iterator[Found]:
    """Two words of approximation on one number."""
    for line in draft.lines:
        for pattern, first, second in _STACKS:
            for match in pattern.finditer(line.text):
                start, end = line.span(match)
                message = f"“{match.group()}”里“{first}”与“{second}”重复"
                yield Found(start, end, message, "只保留一个表示约数或界限的词")


_MIXED = re.compile(
    r"(?<![\d.A-Za-z])\d{1,4}[十百千](?:零?\d{1,4}[十百千]?)?(?=[万亿余多]?[元家名人个项台件户份公亩吨米]|[万亿])"
    r"|(?<![\d.A-Za-z])\d{1,4}[万亿]\d{1,4}[十百千](?=[万亿]?[元家名人个项])"
    r"|(?<![第〇一二两三四五六七八九十百])[一二两三四五六七八九十]{1,3}[至到～~—－-]\d{1,3}(?=[家名人个项台件户份次年天所座])"
    r"|(?<![\d.第])\d{1,3}[至到～~—－-][二两三四五六七八九十]{1,3}(?=[家名人个项台件户份次年天所座])"
)


@rule(
    "P6",
    "阿拉伯数字与汉字数字不混写",
    Family.NUMERALS,
    Severity.WARNING,
    why="一个数里除“万”“亿”外不混用两种数字，“6百50万元”应写作“650万元”。",
    source=numerals_standard("5.3"),
    bad=(
        "　　每年安排6百50万元。\n",
        "　　成交额达3千5百万元。\n",
        "　　遴选1百零8家企业。\n",
        "　　每个市推荐三至5家。\n",
    ),
    good=(
        "　　每年安排650万元。\n",
        "　　成交额达3000万元。\n",
        "　　实施“千百十”工程。\n",
        "　　投资5.2万亿元。\n",
        "　　每个市推荐3至5家，每家三至五人。\n",
    ),
)
def mixed(draft: Draft) -> Iterator[Found]:
    """Arabic digits with 十, 百 or 千 inside one number."""
    for line in draft.lines:
        for match in _MIXED.finditer(line.text):
            start, end = line.span(match)
            yield Found(start, end, f"“{match.group()}”混用了两种数字", "全部改用阿拉伯数字，只保留“万”“亿”")


_UNIT = "(?P<unit>个月|个?工作日|[万亿]元|年|家|名|天)"
_IN_DIGITS = re.compile(rf"(?<![\d.〔第])(?P<number>\d{{1,3}}){_UNIT}")
_IN_HAN = re.compile(
    rf"(?<![一二两三四五六七八九十百千第数几每])(?P<number>[二两三四五六七八九]?十[一二三四五六七八九]?|[二两三四五六七八九]){_UNIT}"
    r"(?!行动|计划|规划|级|制|期|攻坚|倍增|提升|来|度)"
)
_QUOTED = re.compile("《[^》]{1,60}》|“[^”]{1,30}”")


def _two_forms(draft: Draft) -> Iterator[Found]:
    """Numbers before one unit in both kinds of numerals in one sentence; a warning where the number is the same."""
    for line in draft.lines:
        for sentence in re.finditer("[^。；]+", line.text):
            text = _QUOTED.sub(lambda match: " " * len(match.group()), sentence.group())
            han = list(_IN_HAN.finditer(text))
            digits = list(_IN_DIGITS.finditer(text)) if han else []
            for written in han:
                value = ordinal(written["number"].replace("两", "二"))
                same = [each for each in digits if each["unit"] == written["unit"]]
                if not same:
                    continue
                alike = next((each for each in same if int(each["number"]) == value), None)
                other = alike or same[0]
                offset = line.start + sentence.start()
                place = (offset + other.start(), offset + other.end())
                message = f"同一句里“{written.group()}”与“{other.group()}”写法不一"
                severity = Severity.WARNING if alike else None
                yield Found(
                    offset + written.start(), offset + written.end(), message, "统一写法", (place,), severity=severity
                )


_PERCENT = re.compile(r"\d(?:\.\d+)?\s?[%％]")
_IN_WORDS = re.compile("百分之[一二三四五六七八九十百零点两]{1,8}")


@rule(
    "P7",
    "同类数字写法一致",
    Family.NUMERALS,
    Severity.INFO,
    why="同一篇里同类数字宜用同一种写法。",
    source=numerals_standard("4.3"),
    bad=(
        "　　比例由20%提高到百分之三十。\n",
        "　　奖励比例为50%。\n　　占比不低于百分之七十。\n",
        "　　聘期为四年，4年期满后重新评审。\n",
        "　　公示期六个月，自公示之日起6个月内不得变更。\n",
        "　　首批遴选五家单位，入选的5家单位签订任务书。\n",
    ),
    good=(
        "　　比例由20%提高到30%。\n",
        "　　比例由百分之二十提高到百分之三十。\n",
        "　　聘期为4年，4年期满后重新评审。\n",
        "　　实施科技强县三年行动计划，3年内建成平台。\n",
        "　　每家单位每年推荐一家企业，全市共推荐1家示范企业。\n",
        "　　近三四年新设机构13家，其中十余家已经备案。\n",
    ),
)
def one_form(draft: Draft) -> Iterator[Found]:
    """20% and 百分之三十 in one text, which in one sentence is a warning; 两年 and 2年 in one sentence."""
    yield from _two_forms(draft)
    first: tuple[int, int] | None = None
    words: list[tuple[int, int, bool]] = []
    for line in draft.lines:
        for sentence in re.finditer("[^。；]+", line.text):
            signs = _PERCENT.search(sentence.group())
            offset = line.start + sentence.start()
            if signs and first is None:
                first = offset + signs.start(), offset + signs.end()
            words += [
                (offset + match.start(), offset + match.end(), signs is not None)
                for match in _IN_WORDS.finditer(sentence.group())
            ]
    if first is None:
        return
    for start, end, together in words:
        message = "同一句里既用“%”又用“百分之”" if together else "全文既用“%”又用“百分之”"
        yield Found(start, end, message, "统一写法", (first,), severity=Severity.WARNING if together else None)


_YEAR = re.compile("[一二][〇○零0OＯo一二三四五六七八九]{3}(?=年)")


@rule(
    "P8",
    "汉字年份里的〇",
    Family.NUMERALS,
    Severity.WARNING,
    why="用汉字写年份时，零写作“〇”，不写作“0”“O”或“零”。",
    source=numerals_standard("5.2.5"),
    bad=("　　二0二六年实施。\n", "　　二零二六年实施。\n"),
    good=("　　二〇二六年实施。\n", "　　2026年实施。\n", "　　零基础培训。\n"),
)
def year_zero(draft: Draft) -> Iterator[Found]:
    """A year in Chinese numerals with another zero than 〇."""
    for line in draft.lines:
        for match in _YEAR.finditer(line.text):
            right = re.sub("[○零0OＯo]", "〇", match.group())
            if right != match.group():
                start, end = line.span(match)
                change = Change(start, end, right)
                grave = Severity.INFO if "○" in match.group() else None  # looks the same in print
                message = f"年份“{match.group()}”里的零写法不规范"
                yield Found(start, end, message, f"写作“{right}”", changes=(change,), severity=grave)


_WORKING = re.compile(r"(\d{1,3}|[一二三四五六七八九十]{1,3})个?工作日")
_CALENDAR = re.compile(
    r"(?<![月\d年])(\d{1,3}|[一二三四五六七八九十]{1,3})(?:个?自然|个?日历)?[日天](?![\d：:—－~～至])"
)
_STAGES = re.compile(
    "审查|审核|公示|受理|答复|办结|评审|补正|公告|复核|核实|备案|拨付|申报|反馈|异议|登记|认定|通知|兑付|兑现|出具|决定"
)


@rule(
    "P15",
    "“日”与“工作日”不混用",
    Family.NUMERALS,
    Severity.WARNING,
    why="“日”包含节假日，“工作日”不包含；同一期限两种写法，起止日期就算不清。",
    source=Source("立法技术规范（试行）（一）", "25", Force.PRACTICE),
    bad=(
        "　　自受理之日起25个工作日内完成审查。\n　　25日审查期限届满未补正的，视为撤回。\n",
        "　　10个工作日内完成初审并出具意见。在10日内没有出具意见的，可以直接申请。\n",
    ),
    good=(
        "　　自受理之日起25个工作日内完成审查。\n　　公示期为7日。\n",
        "　　5月25日前完成申报，审查期限为25个工作日。\n",
    ),
)
def days(draft: Draft) -> Iterator[Found]:
    """One period, told by its length and its stage, once in working days and once in days."""
    working: dict[tuple[str, str], tuple[int, int]] = {}
    calendar: list[tuple[str, set[str], int, int]] = []
    for line in draft.lines:
        if line.role is Role.BLANK:
            continue
        for match in _WORKING.finditer(line.text):
            for stage in _stages(line.text, match):
                working.setdefault((match[1], stage), line.span(match))
        for match in _CALENDAR.finditer(line.text):
            span = line.span(match)
            calendar.append((match[1], _stages(line.text, match), *span))
    for length, stages, start, end in calendar:
        same = [each for each in sorted(stages) if (length, each) in working]
        if same:
            message = f"{same[0]}期限一处是{length}个工作日，此处是{length}日"
            yield Found(start, end, message, "统一为“日”或“工作日”", (working[length, same[0]],))


def _stages(text: str, match: re.Match[str]) -> set[str]:
    """What is done in a period, from the words of its sentence part."""
    return set(_STAGES.findall(text, max(match.start() - 14, 0), min(match.end() + 12, len(text))))
