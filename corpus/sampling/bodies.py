"""The invented bodies. No place of these names exists; no person is named."""

from __future__ import annotations

from dataclasses import dataclass

from sampling.figures import BUREAU, BUSY, COUNTY, NIL, TOWNSHIP, Size

PROVINCE, CITY, COUNTY_NAME = "沄岭省", "霁汀市", "澄漪县"
SYNTHETIC = "（本报告为软件测试用的合成样例，机构与数据均为虚构）"


@dataclass(frozen=True, slots=True)
class Body:
    """One invented body.

    Attributes:
        name: Short name, used in titles and file names.
        full: Name of the body that issues the report.
        level: ``issuer_level`` of the contract.
        self_name: How it speaks of itself.
        office: Who keeps the report; never the issuer.
        size: How busy it is.
        topics: What it mostly publishes.
    """

    name: str
    full: str
    level: str
    self_name: str
    office: str
    size: Size
    topics: tuple[str, str, str, str]

    @property
    def tells_appraisal(self) -> bool:
        """Whether its report tells of appraisal, public review and accountability."""
        return self.level in ("county", "town", "street")


def _town(name: str, size: Size, *topics: str) -> Body:
    full = f"{COUNTY_NAME}{name}人民政府"
    first, second, third, fourth = topics
    return Body(
        name,
        full,
        "town",
        f"我{name[-1]}",
        f"{name}党政综合办公室",
        size,
        (first, second, third, fourth),
    )


def _street(name: str, size: Size, *topics: str) -> Body:
    first, second, third, fourth = topics
    return Body(
        name,
        f"{COUNTY_NAME}{name}办事处",
        "street",
        "本街道",
        f"{name}党政办公室",
        size,
        (first, second, third, fourth),
    )


def _bureau(name: str, size: Size, *topics: str) -> Body:
    first, second, third, fourth = topics
    return Body(
        f"{COUNTY_NAME}{name}",
        f"{COUNTY_NAME}{name}",
        "department",
        "我局",
        f"{name}办公室",
        size,
        (first, second, third, fourth),
    )


COUNTY_GOVERNMENT = Body(
    "澄漪县人民政府",
    "澄漪县人民政府",
    "county",
    "我县",
    "县人民政府办公室",
    COUNTY,
    ("重大建设项目", "财政预决算", "民生实事", "营商环境"),
)
ZONE = Body(
    "澄漪县蓼岸经济开发区管理委员会",
    "澄漪县蓼岸经济开发区管理委员会",
    "zone",
    "本单位",
    "开发区综合管理部",
    BUREAU,
    ("招商项目", "惠企政策", "园区规划", "安全生产"),
)
WANGLAN = _town("望澜镇", TOWNSHIP, "惠农补贴", "宅基地审批", "防汛值守", "社会救助")
TINGLIAO = _town("汀蓼镇", TOWNSHIP, "渔业生产", "人居环境整治", "村级财务", "高龄津贴")
PUJI = _town("蒲霁镇", TOWNSHIP, "蔬菜种植", "农村公路", "集体资产", "困难帮扶")
YANTING = _town("砚汀镇", NIL, "古村保护", "文旅活动", "农田水利", "医保参保")
QISHUANG = _town("栖霜乡", NIL, "茶园管护", "森林防火", "饮水安全", "临时救助")
LUYIN = _town("鹭洇乡", NIL, "湿地保护", "候鸟观测", "护林员选聘", "危房改造")
YUANHUO = _town("沅藿乡", NIL, "中药材种植", "土地流转", "小型水库", "学前教育")
HENGLING = _town("桁岭乡", NIL, "竹木加工", "地质灾害防治", "通村客运", "养老服务")
TIAOBU = _town("苕埠镇", TOWNSHIP, "码头整治", "莲藕种植", "殡葬服务", "残疾人补贴")
YUAI = _town("榆霭乡", NIL, "退耕还林", "蜂蜜产业", "人畜饮水", "村道硬化")
DANPU = _street("澹浦街道", TOWNSHIP, "老旧小区改造", "社区网格", "物业监管", "就业服务")
XIABO = _street("霞泊街道", TOWNSHIP, "背街小巷整治", "养老驿站", "租房登记", "垃圾分类")
EDUCATION = _bureau("教育局", BUREAU, "招生入学", "学生资助", "校园安全", "教师招聘")
WATER = _bureau("水务局", BUREAU, "河湖长制", "取水许可", "水利工程", "节水宣传")
LAND = _bureau("自然资源局", BUSY, "土地征收", "规划批后公告", "不动产登记指南", "矿产管理")
MARKET = _bureau("市场监督管理局", BUSY, "食品抽检", "企业登记", "价格监督", "特种设备检查")
PLANNING = _bureau("发展和改革局", BUREAU, "项目审批", "粮食储备", "收费目录", "信用修复")
HOUSING = _bureau("住房和城乡建设局", BUSY, "保障性住房", "工程招标", "燃气安全", "物业备案")
HEALTH = _bureau("卫生健康局", BUREAU, "疫苗接种", "医疗机构校验", "妇幼健康", "饮水监测")
FARMING = _bureau("农业农村局", BUREAU, "种粮补贴", "农机购置", "动物防疫", "高标准农田")
ENFORCEMENT = _bureau("综合行政执法局", BUSY, "占道经营", "户外广告", "渣土运输", "停车管理")
LABOUR = _bureau("人力资源和社会保障局", BUREAU, "技能培训", "欠薪治理", "社保经办", "人才引进")
TRANSPORT = _bureau("交通运输局", BUREAU, "农村公路养护", "客运线路", "超限治理", "道路保通")
CIVIL = _bureau("民政局", BUREAU, "低保核定", "婚姻登记", "地名管理", "慈善募捐")
