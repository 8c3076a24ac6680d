"""What people write about the commonest problems, in our own words; the catalogue says the rest."""

from console.domain.case import Source
from console.domain.catalogue import CaseClass, FilingCondition

# By class name; classes renamed between the editions stand under both names.
_PARKING = (
    "{n}辆机动车停在人行道上，行人只能绕行",
    "{n}辆小型汽车停在非停车泊位，占用非机动车道",
    "一辆货车停在路口转角处，遮挡视线",
    "{n}辆车压盲道停放，影响通行",
)
_RUBBISH = (
    "路边有成袋生活垃圾未清运",
    "绿化带旁散落生活垃圾约{n}平方米",
    "垃圾桶旁堆有{n}袋垃圾，有异味",
    "路口处有暴露垃圾，果皮纸屑较多",
)
_PILES = (
    "人行道上堆放木板、纸箱等杂物",
    "沿街商户门前堆放{n}处货物，占用人行道",
    "楼道口堆放旧家具和杂物",
    "路边堆放砂石料约{n}平方米，无人看管",
)
_BIKES = (
    "{n}辆共享单车倒地未扶起",
    "共享单车在路口大量堆积，占用人行道",
    "共享单车停在停放区外，影响通行",
)
_FULL = ("垃圾箱满溢，垃圾散落在地", "{n}个垃圾箱已满，未及时清掏")
_SPILLS = ("路面有渣土遗撒，长约{n}0米", "路面有泥浆遗撒，车辆经过溅起泥水")

_SAID: dict[str, tuple[str, ...]] = {
    "机动车乱停放": _PARKING,
    "暴露生活垃圾": _RUBBISH,
    "暴露垃圾": _RUBBISH,
    "乱堆物堆料": _PILES,
    "乱堆杂物": _PILES,
    "共享单车管理": _BIKES,
    "共享单车乱象": _BIKES,
    "垃圾满溢": _FULL,
    "垃圾站（箱）满溢": _FULL,
    "道路遗撒": _SPILLS,
    "道路遗撒（洒）": _SPILLS,
    "非机动车乱停放": (
        "{n}辆电动自行车停放无序，占用人行道",
        "非机动车停在盲道上，影响通行",
        "商场门口非机动车停放混乱",
    ),
    "沿街晾挂": (
        "沿街护栏上晾晒被褥",
        "行道树之间拉绳晾晒衣物",
        "沿街窗外晾挂衣物{n}件",
    ),
    "非法小广告": (
        "墙面张贴小广告{n}处",
        "电线杆、配电箱上有喷涂小广告",
        "公交站牌张贴招租小广告{n}张",
        "人行道地面喷涂办证小广告",
    ),
    "店外经营": (
        "商户将货架摆出门外经营",
        "餐馆在门前摆放桌椅{n}套",
        "水果店出店经营，占用人行道",
        "修理店在店外作业，占用道路",
    ),
    "占道经营": (
        "流动餐车占用道路售卖早点",
        "{n}处摊位占用人行道卖菜",
        "三轮车占道售卖水果",
        "路口有摊位占道经营，影响通行",
    ),
    "无照经营游商": ("游商在路口摆摊售卖小商品", "流动商贩沿街叫卖，占用非机动车道"),
    "道路不洁": ("路面有落叶和纸屑未清扫", "路面污渍长约{n}米", "人行道积尘较多，未冲洗"),
    "绿地脏乱": ("绿地内有白色垃圾", "绿化带内散落烟头和包装袋"),
    "积存垃圾渣土": ("路边积存建筑垃圾约{n}立方米", "空地上堆有装修垃圾，多日未清"),
    "道路破损": ("路面有坑洼，面积约{n}平方米", "人行道地砖缺失{n}块"),
    "非装饰性吊挂": ("行道树上悬挂塑料袋和绳索", "树枝上缠绕废旧横幅"),
    "违规户外广告": ("楼体广告未见审批标识", "落地灯箱占用人行道{n}处"),
    "违规牌匾标识": ("店招破损，部分字体脱落", "一店设置多块店招"),
    "违规标语宣传品": ("路边悬挂商业横幅{n}条", "护栏上绑挂宣传条幅"),
    "工地扬尘": ("工地土方作业未洒水，扬尘明显", "裸露土方未覆盖，面积较大"),
    "施工占道": ("施工材料占用非机动车道，未设警示标志", "围挡外占道施工，影响通行"),
    "露天烧烤": ("烧烤摊在路边露天烧烤，油烟扰民", "夜市烧烤占用人行道，烟雾较大"),
    "道路积水": ("路面积水长约{n}0米，车辆缓行", "涵洞口积水，行人难以通过"),
}

_FRAMES = {
    Source.PATROL: "{where}{what}。",
    Source.HOTLINE: "市民来电反映：{where}{what}，请尽快处理。",
    Source.PUBLIC: "市民随手拍：{where}{what}。",
    Source.VIDEO: "视频巡查发现：{where}{what}。",
    Source.LEADER: "领导督办：{where}{what}，请限时办结。",
    Source.TRANSFER: "部门批转：{where}{what}。",
}

# What is asked and answered on the telephone, no case for any department.
QUESTIONS = (
    ("咨询建筑垃圾清运手续如何办理", "已告知办理窗口和所需材料"),
    ("咨询临时占道许可的办理条件", "已告知申请条件和办理时限"),
    ("咨询户外招牌设置要求", "已告知设置规范和审批部门"),
    ("咨询共享单车停放区位置", "已告知附近停放区"),
)

REJECTED = ("与在办案件重复", "不属于本中心受理范围", "来电信息不全，多次联系未果")
VOIDED = ("核实时问题已不存在", "不符合立案条件", "与在办案件重复，并案处理")
REWORKED = ("现场仍有残留，未达到结案条件", "反馈照片与现场不符", "整改不彻底，问题反弹")
REDISPATCHED = ("经核实属其他部门职责", "权属不清，经协调改派")
CHECKED = "派监督员现场核查"
FAILED = ("现场仍有残留", "问题未处置", "处置后又出现同类问题")
RETURNED = ("不属于本部门职责范围", "现场设施权属为其他单位", "不在本部门管辖区域内")
KEPT = ("按责任清单属该部门职责，不予回退", "经核实在其管辖范围内，请继续处置")
LONGER = ("需采购配件，预计延后到货", "需夜间施工，避开早晚高峰", "连续降雨，无法施工")
RESTING = ("需待气温回升后施工", "需列入道路大修计划", "涉及拆迁，待补偿协议签订后处置")
NOT_LONGER = ("理由不充分，请按时限处置", "同类问题已有备件，不同意")
FORCED = ("权属单位已撤销，长期无人认领", "需列入年度改造计划，本级不能处置")
AUTHORITY = ("需占用城市主干道施工，请授权夜间封闭一条车道", "涉及跨区处置，请授权协调")
APPEALED = ("因重大活动保障，部门不能进场", "案件现场封闭，非部门原因超期", "改派前时限已消耗过半")
NOT_APPEALED = ("证据不足，不予支持", "超期由部门自身原因造成")
REOPENED = "抽查发现问题反弹"
SUPERVISED = ("今日 18 时前办结并反馈", "立即安排人员到场，一小时内回复", "查明超期原因并书面说明")
REPLIED = ("已增派人员，今日内完成", "现场已围挡，备件明早到位")
URGED = "请加快处置"
CONSULTED = ("经三方会商，由属地先行处置，费用另行协商", "权属不明，会商确定由市级部门兜底")
MERGED = "与在办案件为同一问题"
PARTS = ("清理现场垃圾", "修复损坏设施")


def problem(found: CaseClass, chance: float, number: int) -> str:
    """What is wrong, by class; `number` is a small count that some phrases tell."""
    said = _SAID.get(found.name)
    if said:
        return said[int(chance * len(said))].format(n=number)
    return f"{found.name}，{quoted(found, chance).text}"


def quoted(found: CaseClass, chance: float) -> FilingCondition:
    """One of a class's filing conditions, the milder the likelier: grave ones come first."""
    return found.conditions[int(chance**0.5 * len(found.conditions))]


def description(source: Source, address: str, what: str) -> str:
    """A report in the words of its source."""
    return _FRAMES[source].format(where=f"{address}，" if address else "", what=what.rstrip("。"))


def condition_told(found: CaseClass, text: str, chance: float) -> FilingCondition:
    """The filing condition that a report's text quotes, else one by chance."""
    return next((item for item in found.conditions if item.text in text), None) or quoted(found, chance)
