"""Every message of the command line, in Chinese and English, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from extractor.options import Lang


@dataclass(frozen=True, slots=True)
class Text:
    """One message in both languages, as a ``str.format`` template."""

    zh: str
    en: str


MESSAGES = {
    "help": Text(
        "读取政府信息公开工作年度报告，输出带问题标记的数据集。",
        "Reads government information disclosure annual reports into a flagged dataset.",
    ),
    "help.extract": Text(
        "读取文件、文件夹和 zip 压缩包，写出数据集文件夹。",
        "Read files, folders and zip archives, and write a dataset folder.",
    ),
    "help.check": Text(
        "列出报告中的问题，不写任何文件。",
        "Print findings like a linter. Writes nothing.",
    ),
    "help.explain": Text(
        "说明一个问题代码：含义、依据、示例。",
        "The page of a finding: what it means, the legal basis, examples.",
    ),
    "help.rules": Text("规则文件。", "Rule files."),
    "help.rules.check": Text(
        "检查规则文件；错误指明文件、行和键。",
        "Validate rule files; errors name file, line and key.",
    ),
    "help.doctor": Text(
        "检查本机具备哪些可选能力。",
        "Which optional abilities this machine has.",
    ),
    "help.evaluate": Text(
        "用标准答案衡量数据集的准确度。",
        "Accuracy of a dataset against ground truth.",
    ),
    "opt.out": Text("数据集文件夹。", "Dataset folder."),
    "opt.rules": Text("附加的规则文件夹。", "Folder of own rule files beside the shipped ones."),
    "opt.previous": Text(
        "以前的数据集文件夹；与其中同一机关上一年度的报告比较。",
        "Folder of an earlier dataset; reports are compared with last year's of the same body.",
    ),
    "opt.baseline": Text(
        "以前的数据集文件夹；其中已有的问题不再列出。",
        "Folder of an earlier dataset; findings that stand in it are not listed again.",
    ),
    "opt.suppress": Text(
        "搁置问题的清单（CSV 或 YAML）：代码、单位、理由、填写人、到期日。",
        "File of findings to set aside (CSV or YAML): code, body, reason, author, expires.",
    ),
    "opt.jobs": Text(
        "并行进程数；auto 或 0 为全部核心。", "Worker processes; auto or 0 means one per core."
    ),
    "opt.lang": Text("消息语言。", "Language of messages."),
    "opt.quiet": Text("不显示进度和小结。", "Show neither progress nor summary."),
    "opt.log_file": Text("将详细日志写入文件。", "Write a detailed log to a file."),
    "opt.fail_on": Text(
        "出现此程度或更重的问题时退出码为 1。",
        "Exit with 1 where a finding is at least this severe.",
    ),
    "opt.output_format": Text("输出格式。", "Output format."),
    "opt.verbose": Text("同时列出每项检查的结果。", "List the outcome of every check as well."),
    "opt.second_reader": Text(
        "用第二个读取程序再读一遍 PDF 和 Word 表格，不一致即为冲突。",
        "Read every PDF and Word table with a second reader too; a difference is a conflict.",
    ),
    "opt.truth": Text("标准答案文件夹。", "Folder of ground truth."),
    "opt.json": Text("以 JSON 输出。", "Print JSON."),
    "opt.update_readme": Text(
        "更新此文件中标记之间的结果；可多次给出。",
        "Rewrite the results between the marks of this file; may be given twice.",
    ),
    "opt.mark": Text("标记的名称。", "Name of the marks."),
    "opt.floors": Text(
        "准确度下限文件；低于下限时退出码为 1。",
        "File of accuracy floors; exit with 1 below one.",
    ),
    "opt.raise_floors": Text(
        "把下限文件提高到本次结果。", "Raise the floors of that file to what was reached."
    ),
    "opt.help": Text("显示帮助。", "Show this help."),
    "opt.version": Text("显示版本。", "Show the version."),
    "progress": Text("读取报告", "Reading reports"),
    "summary.documents": Text("已读取 {total} 份：{parts}", "Read {total}: {parts}"),
    "summary.tables": Text("统计表：{parts}", "Tables found: {parts}"),
    "summary.values": Text(
        "数值：应有 {expected}，读出 {reported}；其余为空白、缺失或未能确定，见 values 表",
        "Values: {reported} of {expected} read; the others are blank, missing or in doubt, "
        "see the table values",
    ),
    "summary.no_flags": Text("没有发现问题。", "No findings."),
    "summary.flags": Text("问题：{parts}", "Findings: {parts}"),
    "summary.code": Text(
        "  {code} {severity} {count} 处，{reports} 份报告：{title}",
        "  {code} {severity}: {count} in {reports} report(s): {title}",
    ),
    "summary.more_codes": Text("  另有 {count} 种代码", "  and {count} more codes"),
    "summary.workbook": Text("工作簿：{path}", "Workbook: {path}"),
    "summary.next": Text(
        "请先看工作簿的“摘要”页；nianbao explain {code} 说明问题的含义。",
        "Start with the sheet Summary; nianbao explain {code} tells what a finding means.",
    ),
    "summary.set_aside": Text("按清单搁置：{count} 处", "Set aside by the file: {count}"),
    "summary.unused": Text(
        "清单里没有用到的条目：{places}。问题已经没有了的，请删去。",
        "Entries of the file that set nothing aside: {places}. Delete those no longer needed.",
    ),
    "summary.expired": Text(
        "清单里已到期、不再起作用的条目：{places}。",
        "Entries of the file that have expired and do nothing any more: {places}.",
    ),
    "summary.baseline": Text(
        "与基准相比：{known} 处以前已有，未再列出；{gone} 处已经没有了",
        "Beside the baseline: {known} known before and not listed, {gone} gone",
    ),
    "status.ok": Text("正常 {count}", "ok {count}"),
    "status.flagged": Text("有问题 {count}", "flagged {count}"),
    "status.unreadable": Text("无法读取 {count}", "unreadable {count}"),
    "status.not_a_report": Text("不是年度报告 {count}", "not a report {count}"),
    "severity.error": Text("错误", "error"),
    "severity.warning": Text("警告", "warning"),
    "severity.info": Text("提示", "info"),
    "basis": Text("依据：{basis}", "Basis: {basis}"),
    "markdown.title": Text("年度报告检查结果", "Findings about annual reports"),
    "markdown.code": Text("代码", "code"),
    "markdown.severity": Text("程度", "severity"),
    "markdown.title_of": Text("问题", "finding"),
    "markdown.count": Text("处", "count"),
    "markdown.what": Text("说明", "what and what to do"),
    "markdown.place": Text("位置", "place"),
    "markdown.basis": Text("依据", "basis"),
    "markdown.no_report": Text("没有报告的单位", "Bodies without a report"),
    "rules.ok": Text(
        "规则文件无误：{forms} 套表格，{checks} 项检查，{flags} 种问题。",
        "The rules are sound: {forms} forms, {checks} checks, {flags} findings.",
    ),
    "rules.bad": Text("规则文件有 {count} 处错误。", "{count} faults in the rule files."),
    "error": Text("错误：{message}", "Error: {message}"),
    "error.usage": Text(
        "用法错误：{message}\n运行 {command} --help 查看用法。",
        "Wrong usage: {message}\nSee {command} --help.",
    ),
    "usage.missing": Text("缺少 {name}。", "{name} is missing."),
    "usage.option": Text("没有选项 {name}。{near}", "There is no option {name}. {near}"),
    "usage.value": Text("{name} 的值无效：{reason}", "Invalid value for {name}: {reason}"),
    "usage.near": Text("最接近的是 {names}。", "The nearest are {names}."),
    "error.interrupted": Text(
        "已中断，没有留下不完整的文件。",
        "Interrupted. No incomplete file was left behind.",
    ),
    "error.log_file": Text(
        "无法写入日志文件 {path}（{reason}）。请换一个位置。",
        "The log file {path} cannot be written ({reason}). Choose another place.",
    ),
    "error.system": Text(
        "系统不允许读写（{reason}）。请检查磁盘空间和权限后重试。",
        "The system refused to read or write ({reason}). Check disk space and permissions, then "
        "try again.",
    ),
    "error.unexpected": Text(
        "程序内部错误（{kind}）。请加 --log-file nianbao.log 重新运行，并将日志报告给维护者。",
        "An error inside the program ({kind}). Run again with --log-file nianbao.log and report "
        "the log to the maintainers.",
    ),
    "doctor.yes": Text("有", "yes"),
    "doctor.no": Text("无", "no"),
    "doctor.version": Text("程序版本", "Version"),
    "doctor.python": Text("Python", "Python"),
    "doctor.system": Text("系统", "System"),
    "doctor.rules": Text("规则", "Rules"),
    "doctor.rules_value": Text(
        "{forms} 套表格，{checks} 项检查，{flags} 种问题；摘要 {digest}",
        "{forms} forms, {checks} checks, {flags} findings; digest {digest}",
    ),
    "doctor.pdf": Text("PDF 读取（pdfium）", "PDF reader (pdfium)"),
    "doctor.second": Text("PDF 第二读取器（pdfplumber）", "Second PDF reader (pdfplumber)"),
    "doctor.docx": Text("DOCX 读取（python-docx）", "DOCX reader (python-docx)"),
    "doctor.parquet": Text("Parquet 输出（duckdb）", "Parquet writer (duckdb)"),
    "doctor.xlsx": Text("工作簿输出（xlsxwriter）", "Workbook writer (xlsxwriter)"),
    "doctor.pandas": Text("数据框（pandas）", "Data frames (pandas)"),
    "doctor.fonts": Text("中文字体", "Chinese fonts"),
    "doctor.office": Text("LibreOffice（转换 .doc）", "LibreOffice (converts .doc)"),
    "doctor.ocr": Text("文字识别（扫描件）", "OCR (scanned pages)"),
    "doctor.cores": Text("处理器核心", "Cores"),
    "doctor.encoding": Text("输出编码", "Output encoding"),
    "doctor.limits": Text("单个文件上限", "Limits of one file"),
    "doctor.limits_value": Text(
        "{seconds:g} 秒，{bytes:,} 字节", "{seconds:g} seconds, {bytes:,} bytes"
    ),
}


def say(key: str, lang: Lang, **values: object) -> str:
    """A message in a language. Raises ``KeyError`` for an unknown key."""
    text = MESSAGES[key]
    return (text.en if lang is Lang.EN else text.zh).format(**values)


def language(arguments: list[str], environment: Mapping[str, str]) -> Lang:
    """The language of a run: ``--lang``, else the locale, else Chinese."""
    for at, argument in enumerate(arguments):
        value = argument.removeprefix("--lang=")
        if argument == "--lang" and at + 1 < len(arguments):
            value = arguments[at + 1]
        elif value == argument:
            continue
        if value in tuple(Lang):
            return Lang(value)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            return Lang.EN if value.lower().startswith("en") else Lang.ZH
    return Lang.ZH
