"""The prose of the six sections, in the corpus's own words, agreeing with the tables.

Each paragraph is dealt from pools of sentences with a generator seeded by body and year, so that
reports differ from one another the way real ones do, and every run writes the same text.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from sampling.bodies import CITY, COUNTY_NAME, SYNTHETIC, Body
from sampling.forms import Figures

HEADINGS = {
    1: "一、总体情况",
    2: "二、主动公开政府信息情况",
    3: "三、收到和处理政府信息公开申请情况",
    4: "四、政府信息公开行政复议、行政诉讼情况",
    5: "五、存在的主要问题及改进情况",
    6: "六、其他需要报告的事项",
}

_LEADS = (
    "{y}年，{s}围绕全县中心工作，把公开透明作为依法履职的基本要求，重点抓好{a}、{b}等领域的"
    "信息发布，公开工作总体平稳有序。",
    "一年来，{s}坚持以公开为常态、不公开为例外，从群众最关心的{a}、{c}入手，着力回答“公开什么、"
    "向谁公开、怎样公开”三个问题，公开质量较往年有所提升。",
    "{y}年，{s}认真落实《中华人民共和国政府信息公开条例》，把信息公开与{b}、{d}等业务工作一并"
    "部署、一并推进、一并检查，较好完成了全年任务。",
    "全年，{s}以便民利企为落脚点，理顺公开流程，压实公开责任，{c}、{d}等群众关注度高的事项做到了"
    "应公开尽公开。",
    "{y}年，{s}按照县政务公开工作要点的安排，结合自身职能细化任务、明确分工，推动{a}、{d}等信息"
    "及时进入公众视野。",
)
_DISCLOSED = (
    "全年主动公开政府信息{total}条，其中通过县人民政府门户网站公开{website}条，通过微信公众号发布"
    "{wechat}条，通过公示栏张贴{board}条。",
    "{y}年共主动公开政府信息{total}条，包括政府网站{website}条、微信公众号{wechat}条、"
    "公示栏{board}条。",
    "全年累计主动公开各类信息{total}条，分别为门户网站{website}条、政务微信公众号{wechat}条、"
    "服务大厅公示栏{board}条。",
)
_DISCLOSED_MORE = (
    "对{a}类信息，明确由业务经办人员在事项办结后及时提交发布，避免积压。",
    "{b}方面的政策依据、办理条件和结果全部在专栏集中展示，群众查找更为方便。",
    "围绕{c}编写通俗问答，用群众听得懂的话解释政策要点，减少重复来电。",
    "对{d}涉及的对象范围、标准和经办地点逐项列明，并在村（社区）便民点同步摆放纸质材料。",
    "机构职能、办公地址、办公时间和联系方式发生变动的，均在变动后及时更新。",
    "财政预算、决算信息按规定时间公布，并附必要的文字说明。",
)
_NORMATIVE = (
    "制发行政规范性文件{issued}件，废止{repealed}件，现行有效{in_force}件，均在专栏公布全文。",
    "本年制发行政规范性文件{issued}件、废止{repealed}件，至年末现行有效{in_force}件。",
)
_NO_REQUESTS = (
    "{y}年，{s}未收到政府信息公开申请，也没有上年结转的申请。受理地址、受理电话和在线提交入口保持"
    "畅通。",
    "全年没有收到公民、法人或者其他组织提出的政府信息公开申请，无结转件。{s}已按要求更新公开指南，"
    "安排专人值守申请渠道。",
    "本年度依申请公开渠道运行正常，未收到申请，亦无上年结转事项；对电话咨询的群众，工作人员均耐心"
    "说明查询办法。",
)
_REQUESTS = (
    "{y}年，{s}收到政府信息公开申请{new}件，上年结转{cin}件，全年办理完毕{done}件，结转下年度继续"
    "办理{cout}件，均在法定期限内处理。",
    "全年新收政府信息公开申请{new}件，加上上年结转的{cin}件，已答复{done}件，其余{cout}件结转下年度"
    "继续办理。",
    "{y}年新收申请{new}件，上年结转{cin}件；办结{done}件，转入下年度{cout}件，没有超期答复的情形。",
)
_REQUESTS_MORE = (
    "申请内容主要集中在{a}和{c}两个方面。",
    "对表述不清的申请，先与申请人电话沟通，再出具补正告知书，减少往返。",
    "答复文书统一编号、统一存档，重要答复由法制审核岗位把关。",
    "涉及其他单位的，主动协助申请人找到正确的受理机关。",
)
_DISPUTES = (
    "全年因政府信息公开被申请行政复议{review}件，被提起行政诉讼{suit}件。",
    "涉及政府信息公开的行政复议{review}件、行政诉讼{suit}件。",
)
_MANAGEMENT = (
    "严格执行先审查后公开的程序，对拟公开内容从保密、隐私和文字三个方面逐条核对。",
    "对历年公开的信息开展一次集中清理，更正错别字和失效链接，调整归类不当的条目。",
    "建立信息台账，记录每条信息的来源、审核人岗位和发布时间，做到有据可查。",
    "对含有身份证件号码、银行账号等个人信息的材料，发布前一律作隐去处理。",
    "公文在起草时同步确定公开属性，不予公开的写明理由，定期复核。",
    "对已失效或者被替代的文件及时标注状态，防止群众误用。",
)
_PLATFORM = (
    "依托县人民政府门户网站设置专栏，按照统一目录发布信息，栏目保持按月更新。",
    "政务微信公众号由专人维护，发布内容实行分级审核，留言做到及时回应。",
    "在便民服务大厅设置信息公开查阅点，配备查询终端和纸质汇编，方便不熟悉网络的群众。",
    "对专栏导航重新梳理，合并重复栏目，{a}和{b}信息的查找步骤明显减少。",
    "在村（社区）公示栏同步张贴与群众切身利益相关的信息，线上线下内容保持一致。",
    "定期检测页面访问情况，发现链接错误当日修复，平台运行安全平稳。",
)
_SUPERVISION = (
    "明确分管负责同志牵头、综合机构协调、业务机构落实的责任链条，重要事项集体研究。",
    "组织业务培训{trainings}次，结合常见差错讲解发布和答复要求。",
    "每季度开展一次自查，对更新不及时的栏目发出提醒并跟踪整改。",
    "公开监督电话和电子信箱，收到的意见建议均登记办理。",
)
_APPRAISAL = (
    "工作考核方面，将信息公开纳入年度目标考核，占一定分值；社会评议方面，通过问卷和座谈听取群众代表"
    "意见，总体评价良好；责任追究方面，全年未发生需要追究责任的情形。",
    "信息公开工作考核结果为合格，社会评议未收到负面意见，本年度没有因信息公开被责任追究的情况。",
    "落实工作考核、社会评议和责任追究制度：考核结果在内部通报，评议意见逐条研究采纳，全年无责任追究"
    "事项。",
)
_PROBLEMS = (
    "公开内容与群众的实际需求还有距离，{a}方面的解读偏少",
    "经办人员多为兼职，岗位调整较快，对政策的掌握不够扎实",
    "部分栏目更新不够均衡，年末集中发布的现象仍然存在",
    "解读形式以文字为主，图表和短视频等直观形式运用不多",
    "对{c}等专业性较强的信息，表述还不够通俗",
    "业务机构之间信息共享不够及时，个别信息发布滞后",
    "基层公示栏管护不到位，张贴内容更换不及时",
)
_REMEDIES = (
    "围绕{a}和{d}编制年度公开清单，逐项明确时限和责任岗位",
    "采取集中授课与跟班学习相结合的方式，帮助新到岗人员尽快熟悉业务",
    "建立月度提醒机制，对到期未更新的栏目提前预警",
    "增加图解和问答类解读，重要政策发布时同步推出",
    "健全内部信息流转单，缩短从业务办结到公开发布的时间",
    "把村（社区）公示栏纳入日常巡查，定期更换过期内容",
    "邀请群众代表参与公开效果评价，把意见转化为改进措施",
)
_FEES_NONE = (
    "本年度未发出信息处理费收费通知，收取信息处理费0元。",
    "{y}年{s}没有收取信息处理费。",
    "全年未向申请人收取信息处理费，也未发出收费通知。",
)
_OTHERS = (
    "县政务公开工作要点中由{s}承担的任务已全部完成，涉及{b}的专题发布按季推进。",
    "年内开展政府开放日活动，邀请群众走进办事现场，了解{d}的办理过程。",
    "办理人大代表建议和政协提案时，对可以公开的复文同步公布。",
    "{c}领域基层政务公开标准目录已对照更新，并在专栏公布。",
)


@dataclass(frozen=True, slots=True)
class Prose:
    """All the text of a report that is not a table."""

    title: str
    preamble: tuple[str, ...]
    one: tuple[str, ...]
    five: tuple[str, ...]
    six: tuple[str, ...]
    closing: tuple[str, ...]


def _pick(rng: random.Random, pool: tuple[str, ...], count: int) -> list[str]:
    return [pool[i] for i in sorted(rng.sample(range(len(pool)), count))]


def _facts(body: Body, year: int, figures: Figures, rng: random.Random) -> dict[str, object]:
    def number(indicator: str) -> str:
        return figures.get(indicator, "0")

    scale = 11 if body.level == "county" else 1
    website, wechat, board = (
        scale * rng.randint(60, 420),
        scale * rng.randint(40, 260),
        scale * rng.randint(12, 90),
    )
    suits = sum(
        int(number(f"disputes.{group}.total"))
        for group in ("litigation_direct", "litigation_after_reconsideration")
    )
    documents = "disclosure.normative_documents"
    a, b, c, d = body.topics
    return {
        "y": year,
        "s": body.self_name,
        "a": a,
        "b": b,
        "c": c,
        "d": d,
        "total": website + wechat + board,
        "website": website,
        "wechat": wechat,
        "board": board,
        "issued": number(f"{documents}.issued"),
        "repealed": number(f"{documents}.repealed"),
        "in_force": number(f"{documents}.in_force"),
        "new": number("applications.new_received.total"),
        "cin": number("applications.carried_in.total"),
        "done": number("applications.outcomes_total.total"),
        "cout": number("applications.carried_out.total"),
        "review": number("disputes.reconsideration.total"),
        "suit": suits,
        "trainings": rng.randint(2, 5),
    }


def _section_one(
    body: Body, year: int, facts: dict[str, object], rng: random.Random
) -> tuple[str, ...]:
    disclosed = [rng.choice(_DISCLOSED), *_pick(rng, _DISCLOSED_MORE, 3)]
    if year >= 2021 and facts["in_force"] != "0":
        disclosed.append(rng.choice(_NORMATIVE))
    if (facts["new"], facts["cin"]) == ("0", "0"):
        requests = [rng.choice(_NO_REQUESTS)]
    else:
        requests = [rng.choice(_REQUESTS), *_pick(rng, _REQUESTS_MORE, 2)]
    requests.append(rng.choice(_DISPUTES))
    supervision = _pick(rng, _SUPERVISION, 3)
    if body.tells_appraisal or rng.random() < 0.7:
        supervision.append(rng.choice(_APPRAISAL))
    paragraphs = (
        rng.choice(_LEADS),
        "（一）主动公开情况。" + "".join(disclosed),
        "（二）依申请公开情况。" + "".join(requests),
        "（三）政府信息管理情况。" + "".join(_pick(rng, _MANAGEMENT, 3)),
        "（四）政府信息公开平台建设情况。" + "".join(_pick(rng, _PLATFORM, 3)),
        "（五）监督保障情况。" + "".join(supervision),
    )
    return tuple(text.format(**facts) for text in paragraphs)


def _section_five(facts: dict[str, object], rng: random.Random) -> tuple[str, ...]:
    problems, remedies = _pick(rng, _PROBLEMS, 3), _pick(rng, _REMEDIES, 3)
    ordinals = ("一是", "二是", "三是")
    first = "；".join(o + p for o, p in zip(ordinals, problems, strict=True))
    second = "；".join(o + r for o, r in zip(ordinals, remedies, strict=True))
    return (
        f"存在的主要问题：{first}。".format(**facts),
        f"改进情况：{second}。".format(**facts),
    )


def write_prose(body: Body, year: int, figures: Figures) -> Prose:
    """The prose of one report."""
    rng = random.Random(f"prose{body.name}{year}")
    facts = _facts(body, year, figures, rng)
    number = "国办公开办函〔2021〕30号" if year >= 2021 else "国办公开办函〔2019〕60号"
    preamble = (
        f"本报告由{body.full}依据《中华人民共和国政府信息公开条例》和政府信息公开工作年度报告格式"
        f"（{number}）编制，由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息"
        "公开行政复议和行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六部分组成。"
        f"本报告中所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
        f"如对本报告有疑问，请与{body.office}联系（地址：{CITY}{COUNTY_NAME}，电话：0000-0000000）。",
        SYNTHETIC,
    )
    six = [rng.choice(_FEES_NONE), rng.choice(_OTHERS)]
    day = rng.randint(8, 26)
    return Prose(
        title=f"{body.name}{year}年政府信息公开工作年度报告",
        preamble=preamble,
        one=_section_one(body, year, facts, rng),
        five=_section_five(facts, rng),
        six=("".join(six).format(**facts),),
        closing=(body.full, f"{year + 1}年1月{day}日"),
    )
