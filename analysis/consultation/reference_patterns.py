"""How comments name a place of a draft, in folded words (half-width marks, simplified characters, no blanks)."""

from __future__ import annotations

from analysis.grammar.pattern import Pattern

NUMBER = r"(?:[零一二两三四五六七八九十百]{1,6}|\d{1,3})"
_HAN = "[零一二三四五六七八九十百]"
LEAD, BRACKETED, BARE, ENCLOSURE, PAGE = "、", "（）", "", "附件", "页"
# The unit of a step and how far down it stands: a later step of one reference stands further down.
RANKS = {
    **{PAGE: 0.2, ENCLOSURE: 0.3, "编": 0.5, "篇": 0.5},
    **dict.fromkeys(("章", "部分", "大部分", "大点", "大项", "大条", "大块", "板块", LEAD), 1.0),
    **{"节": 2.0, "条": 3.0, BRACKETED: 3.5, "小节": 3.6},
    "款": 3.8,
    **dict.fromkeys(("项", "点", "小点", "小项", "小条", BARE), 4.0),
    **{"目": 4.5, "句": 6.0, "句话": 6.0, "行": 6.0},
    **dict.fromkeys(("段", "自然段", "段落", "小段"), 5.0),
}
TO = frozenset("至到-—~")
COUNTS_OWN = frozenset({BRACKETED, "点", "条", "项", "款"})  # a comment may count its own points with them
COUNTS = frozenset({"点", "项", "小点", "小项", "小条"})  # two of them, one inside the other: 第二点第二小点
INSIDE = frozenset({"", "的", "中", "中的", "里", "里的", "之"})
FARTHEST_NAME = 60
WIDEST_JOINT = 44

_UNIT = (
    "(?:大部分|部分|大点|大项|大条|大块|板块|自然段|段落|小点|小项|小条|小节|小段|句话|编|篇|章(?!程)|节(?!课|约|点)|条(?!件|约|线)"
    "|款(?!项)|项(?!目)|目(?!标|录|的|前)|点(?!半)|段(?!时)|页|行(?!业|动|政)|句)"
)
_LIST = rf"(?:(?:[、和及与至到~—-]第?|,)\(?{NUMBER}\)?){{0,12}}"  # 第一,第八条 is a point and an article
_PLAIN_LIST = rf"(?:[、和及与至到~—-]{NUMBER}){{0,12}}"  # 1、第九条 is a point and an article
_LAST = rf"(?P<last>(?:(?:最后|最末|末尾)的?一?|末|倒数第(?P<from_end>{NUMBER}))(?P<last_unit>{_UNIT}))"
_ORDINAL = rf"(?P<ordinal>第(?P<ordinal_numbers>\(?{NUMBER}\)?{_LIST})(?P<ordinal_unit>{_UNIT}))"
_BRACKETED = rf"(?P<bracketed>第?\((?P<bracketed_number>{NUMBER})\)(?P<bracketed_unit>条|款|项|点|小点)?)"
_ENCLOSURE = rf"(?P<enclosure>(?<![见看函传载开上的])附[件表](?P<enclosure_number>{NUMBER})?)"
_TASK = rf"(?P<task>任务(?P<task_number>{NUMBER})(?![个项条家\d年月]))"
_NOT_INSIDE = r"(?<![\d零一二三四五六七八九十百.])"
_NO_COUNT = r"(?!\.?\d|[年月日万亿%个家名元项人次天a-z]|[点条](?:意见|建议|理由))"
_LEAD = (
    rf"(?P<lead>{_NOT_INSIDE}第?(?P<lead_number>[一二三四五六七八九十]{{1,3}}|\d{{1,2}})[、.,/—-]?(?=\({NUMBER}\))"
    rf"|{_NOT_INSIDE}(?P<lead_digits>[一二三四五六七八九十]{{1,3}})、(?=\d{{1,2}}{_NO_COUNT})"
    rf"|(?<=附件\d)(?P<lead_below>[一二三四五六七八九十])(?=[、(:,]|\d{{1,2}}{_NO_COUNT}|建议|[中的里第]|$)"
    rf"|{_NOT_INSIDE}(?<!第)(?P<lead_part_number>{NUMBER})部分(?=的?第|\())"
)
_NO_LIST = "(?!建议(?![修删改增将把取补细调降放合明])|意见|措施|理由|问题|办法|规定|政策|以上|以下)"  # 9条建议
_DOTTED = r"(?P<dotted>第(?P<dotted_places>\d{1,2}(?:\.\d{1,2}){1,3})(?P<dotted_unit>[条款项点节]))"
_MORE = (
    rf"(?P<more>(?<=[章条款项点][、,和及与至到~—-])(?P<more_numbers>{NUMBER}{_LIST})(?P<more_unit>[章条款项点])"
    rf"{_NO_LIST})"
)
_PART = "[一二三四五六七八九十]"
_INNER = rf"(?:(?<={_PART}、)|(?<={_PART}\))|(?<={_PART}\)、)|(?<=附件\d{_PART}))"
_AFTER_LEAD = rf"(?P<bare>{_INNER}(?P<bare_numbers>\d{{1,2}}){_NO_COUNT}"
_OPENS = rf"|(?m:^)(?P<open_numbers>{NUMBER}{_PLAIN_LIST})(?P<open_unit>条){_NO_LIST})"

STEP = Pattern(
    "|".join((_LAST, _DOTTED, _LEAD, _ORDINAL, _MORE, _ENCLOSURE, _BRACKETED, _TASK, _AFTER_LEAD + _OPENS)),
    examples=(
        *("第九条", "第9条", "第(九)项", "第九、十条", "第八条至第十条", "(九)", "第(3)条", "四、(九)",
        "4.(9)", "三、3关于", "9条太长", "(一)2中", "(一)、2中", "附件1二、", "附件1一4的", "三部分第二条", "第3.1条",
        "第九条和十一条", "九、十条太", "9条建议改为"),
        *("最后一条", "末款", "倒数第二段", "第四大点第一小点", "第六页", "附件1", "附表", "任务3", "第三部分"),
    ),
    not_=("第一,要", "第三方", "十个", "3%", "2024年", "排名第一", "第一时间", "9条建议", "第二项目",
        "一、2024年", "第一条件", "第四季度", "详见附件", "任务3个", "第一,", "一)3点意见"),
)  # fmt: skip
BESIDE = Pattern(  # a column 涉及条款 names nothing but clauses: bare numbers count
    "|".join(
        (
            _LAST,
            r"(?P<dotted>(?<![\d.])第?(?P<dotted_places>\d{1,2}(?:\.\d{1,2}){1,3})(?![\d.%])(?P<dotted_unit>[条款项点节])?)",
            _ORDINAL,
            _ENCLOSURE,
            rf"(?P<lead>{_NOT_INSIDE}第?(?P<lead_number>[一二三四五六七八九十]{{1,3}}|\d{{1,2}})"
            rf"(?:[、./—-](?!{NUMBER}条|$)|(?=\())"
            rf"|(?:(?<![\d零一二三四五六七八九十百])|(?<=附件\d))(?P<lead_digits>[一二三四五六七八九十]{{1,3}})(?=\d))",
            _BRACKETED,
            rf"(?P<bare>(?<!\d(?=\d))(?<!{_HAN}(?={_HAN}))(?P<bare_numbers>{NUMBER}{_LIST})"
            rf"(?P<bare_unit>{_UNIT}|(?![\u3400-\u9fff%\d])))",
        )
    ),
    examples=("九", "9", "九至十一条", "9、10条", "三、3", "四(九)", "(九)加大资金支持力度", "4.9", "三3",
        "2.2.2", "第3.1条", "第九、十条"),
    not_=("全文", "标题", "无"),
)
NUMBER_OR_JOINT = Pattern(
    rf"{NUMBER}|[至到~—-]", examples=("九", "12", "至", "-"), not_=("第", "、", "条")
)
CONTINUES = Pattern(  # between the steps of one reference: 第四部分的第（九）项
    "(?:的|中的?|之|里的?|内的?|下的?|[,/、:—-]|“[^”\n]{2,40}”|\\([^()\n]{2,40}\\)|《[^《》\n]{2,40}》)?",
    examples=("", "的", "中的", "之", "里的", "内", "下", ",", "/", "、", ":", "—", "“加强政策供给”", "(总则)",
        "《总则》"),
    not_=("建议", "很好。"),
    whole=True,
)  # fmt: skip
CONTINUES_BESIDE = Pattern(  # 三、重点任务5
    "[^()。;\n]{0,40}", examples=("", "重点任务"), not_=("目标。", "目标\n"), whole=True
)
LISTS = Pattern(  # between the references of a list: （九）、（十）
    "[、,和及与;/]|以及|或者?",
    examples=("、", ",", "和", "及", "与", ";", "/", "以及", "或", "或者"), not_=("的", ""), whole=True,
)  # fmt: skip
COUNTED_ORDINALS = Pattern(  # the same in words: 第一、第八条……; 第二、第十条……
    r"(?:^|(?<=[。;\n]))第(?P<number>[一二三四五六七八九十]{1,2})(?=[、,:])",
    examples=("第一、第八条", "第二,"), not_=("第一条", "在第一、二条"),
)  # fmt: skip
COUNTED = Pattern(  # the numbers with which a comment counts its points: 1、…… 2、……
    rf"(?:^|(?<=[。;\n]))(?P<number>{NUMBER})(?=[、.,:])",
    examples=("一、建议", "1.建议"), not_=("第一条", "三十"),
)  # fmt: skip

_KIND = "(?:法|法典|条例|办法|规定|规则|细则|通知|意见|方案|决定|纲要|准则|规划|计划|措施|宪法|章程|标准|号文?件?|政策)"
_OF = "(?:的|中的?|之|里的?|规定的?)?"
NAMED_TEXT = Pattern(  # the name of a text in front of a number
    rf"(?:《(?P<title>[^《》\n]{{2,50}})》(?:[(〔][^()〔〕\n]{{0,24}}[)〕])?|(?P<name>[\u3400-\u9fff]{{0,20}}{_KIND})"
    rf"(?:\([^()\n]{{0,20}}\))?){_OF}(?:第{NUMBER}[编章])?$",
    examples=("《促进科技成果转化法》", "按照条例", "本办法", "国发16号", "《某条例》(2015年)的",
        "实施意见(征求意见稿)中", "我国专利法", "工作规定",
        "实施细则", "工作规则", "有关通知", "建设方案", "国务院决定", "规划纲要", "会计准则", "发展规划",
        "行动计划", "若干措施", "宪法", "民法典", "协会章程",
        "国家标准", "现行政策", "《技术市场条例》第二章", "16号文件"),
    not_=("建议将", "对", "根据草案"),
)  # fmt: skip
THIS_TEXT = Pattern(  # a name that means the draft itself
    "(?:本|该|此|这[个份部]?|贵[厅局委]?|征求意见稿的?|意见稿的?|草案的?|拟[出定制]的?)"
    rf"(?:实施|管理|暂行|若干|工作|行动|建设)?{_KIND}$|征求意见稿|草案|送审稿|讨论稿",
    examples=("对本办法", "该实施意见", "此通知", "这份方案", "贵厅意见", "征求意见稿", "草案", "送审稿",
        "讨论稿", "拟出的条例", "本细则", "该法",
        "本规定", "本规则", "本决定", "本纲要", "本准则", "本规划", "本计划", "本措施", "本章程", "本标准",
        "本政策", "这个管理办法", "草案的意见",
        "意见稿方案"),
    not_=("根据条例", "促进科技成果转化法"),
)  # fmt: skip
TITLE_NAMED = Pattern(
    "(?:文件|方案|办法|意见|条例)?(?:的)?标题|题目(?:中|建议|改为|太长|过长|应)|文件名称|名称(?:中|建议|改为|修改为|应改)|文件名(?!义)",
    examples=("标题", "标题建议", "题目建议", "题目改为", "题目中", "题目太长", "题目过长", "题目应",
        "文件名称", "名称改为", "名称中", "名称建议",
        "名称修改为", "名称应改", "文件标题", "方案标题", "办法的标题", "意见标题", "条例标题", "文件名太长"),
    not_=("以企业名义", "单位名称"),
)  # fmt: skip
OPENING_NAMED = Pattern(
    "引言|前言|序言|导语|开头(?:第?一?段|部分|的)|(?:文件|正文)开头|制定依据|帽段",
    examples=("引言", "前言", "序言", "导语", "开头部分", "开头一段", "开头第一段", "开头段", "开头的",
        "正文开头", "文件开头", "制定依据", "帽段"),
    not_=("开头难", "依据"),
)  # fmt: skip
PART_BEHIND = Pattern(  # behind the matter of a heading: 政策支持部分, 人才队伍这一块
    "^(?:这?一?(?:部分|章|节|板块|大块)|这一(?:块|条|段|项|点)|这(?:条|段|项|点))",
    examples=("部分", "这部分", "一章", "这一章", "一节", "这一块", "这一条", "这条", "板块", "大块", "这一段",
        "这一项", "这一点", "这段", "这项", "这点"),
    not_=("力度", "的建议", "方面"),
)  # fmt: skip
HEADING_BEHIND = Pattern(
    "^(?:”|》)?(?:部分|第[一二三四五六七八九十\\d(]|这部分|这一[部章节条段项点]|一?章|一?节|一?条|一?段|一?项"
    "|这[条段章项点]|中[的提说写,]|里[的面提说写,])",
    examples=("部分", "这部分", "一章", "章", "节", "一节", "条", "一条", "段", "一段", "一项", "项", "这条",
        "这一章", "这一部",
        "这段", "这章", "这项", "这点",
        "中的", "中提", "中说", "中写", "中,", "里的", "里面", "里提", "里说", "里写", "里,", "第三条", "”部分",
        "》一章"),
    not_=("力度", "建议"),
)  # fmt: skip
