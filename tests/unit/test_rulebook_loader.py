"""Rule files: strict reading, faults told with place and nearest name, layers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from extractor.errors import RuleFileError, UsageError
from extractor.rulebook import check_rules, load_rulebook
from extractor.rulebook.source import MAX_BYTES

OWN_CHECK = """\
checks:
  - code: C008
    name: own_check
    table: applications
    for_each: column
    formula: new_received + carried_in == outcomes_total + carried_out
    severity: warning
    basis: 本县规定
"""


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def faults(folder: Path, files: dict[str, str]) -> list[str]:
    errors = check_rules(write(folder, files))
    return [error.zh.replace(folder.as_posix() + "/", "") for error in errors]


def only_fault(folder: Path, files: dict[str, str]) -> str:
    found = faults(folder, files)
    assert len(found) == 1, found
    return found[0]


def test_shipped_rules_are_sound() -> None:
    assert check_rules() == ()


def test_rulebook_is_read_once() -> None:
    assert load_rulebook() is load_rulebook()


@pytest.mark.parametrize(
    ("text", "begins", "names"),
    [
        ("wordings:\n  - label: 规章\n    aliasses: [甲]\n", "labels.yaml:3: ", "aliases"),
        ("headings: []\nvariants: {}\nheadings: []\n", "labels.yaml:3: headings: ", "第 1 行"),
        ("wordings:\n\t- label: 规章\n", "labels.yaml:2: ", "Tab"),
        ("wordings: 规章\n", "labels.yaml:1: labels.wordings: ", "列表"),
        ("wordings:\n  - label: 规章\n    aliases: [[甲]]\n", "labels.yaml:3: ", "文字"),
        ("wordings:\n  - label: &a 规章\n    aliases: [甲]\n", "labels.yaml:2: ", "锚点"),
        ("wordings:\n  - label: !!python/name:os.system 规章\n", "labels.yaml:2: ", "标签"),
        ("wordings:\n  - label: 规章\n    aliases: [甲\n", "labels.yaml:", "YAML"),
        ("wordings:\n  - aliases: [甲]\n", "labels.yaml:2: ", "缺少“label”"),
        ("wordings:\n  - label: 有效件数\n    aliases: [甲]\n", "labels.yaml:2: ", "现行有效件数"),
        ("headings:\n  - title: 总体状况\n    aliases: [甲]\n", "labels.yaml:2: ", "总体情况"),
        ("variants:\n  總: 总数\n", "labels.yaml:2: labels.variants.總: ", "太长"),
        ("no_content:\n  - '^(无'\n", "labels.yaml:2: ", "正则表达式"),
        ("- 规章\n", "labels.yaml:1: ", "键: 值"),
    ],
    ids=[
        "misspelt key", "duplicate key", "tab", "text for list", "list for text", "anchor", "tag",
        "open bracket", "missing key", "unknown label", "unknown title", "long variant", "pattern",
        "no mapping",
    ],
)  # fmt: skip
def test_fault_in_labels(tmp_path: Path, text: str, begins: str, names: str) -> None:
    fault = only_fault(tmp_path, {"labels.yaml": text})
    assert fault.startswith(begins)
    assert names in fault


@pytest.mark.parametrize(
    ("old", "new", "begins", "names"),
    [
        ("new_received", "new_recieved", "checks/own.yaml:6: checks.own_check.formula: ",
         "new_received"),
        ("C008", "C088", "checks/own.yaml:2: checks.own_check.code: ", "C008"),
        ("severity: warning", "severity: warming", "checks/own.yaml:7: ", "warning"),
        ("for_each: column", "for_each: colum", "checks/own.yaml:5: ", "column"),
        ("table: applications", "table: aplications", "checks/own.yaml:4: ", "applications"),
        ("==", "=", "checks/own.yaml:6: ", "两个等号"),
        ("severity: warning", "severity: warning\n    since: 去年", "checks/own.yaml:8: ", "整数"),
        ("severity: warning", "severity: warning\n    forms: ['2012']", "checks/own.yaml:8: ",
         "2019"),
        ("basis: 本县规定", "basis:", "checks/own.yaml:8: ", "文字"),
        ("name: own_check", "name: 本县", "checks/own.yaml:3: ", "小写英文字母"),
        ("checks:", "check:", "checks/own.yaml:1: check: ", "checks"),
    ],
    ids=[
        "row name", "code", "severity", "for_each", "table", "single equals", "year", "form",
        "empty basis", "name", "top key",
    ],
)  # fmt: skip
def test_fault_in_a_check(tmp_path: Path, old: str, new: str, begins: str, names: str) -> None:
    fault = only_fault(tmp_path, {"checks/own.yaml": OWN_CHECK.replace(old, new, 1)})
    assert fault.startswith(begins)
    assert names in fault


def test_all_faults_of_all_files_at_once(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        {
            "checks/a.yaml": OWN_CHECK.replace("severity: warning", "severity: warming"),
            "checks/b.yaml": OWN_CHECK.replace("own_check", "other").replace(
                "carried_out", "carried_uot"
            ),
            "labels.yaml": "wordings:\n  - label: 规章\n    aliasses: [甲]\n",
            "topics.yaml": "topics:\n\t- id: x\n",
        },
    )
    assert [fault.partition(": ")[0] for fault in found] == [
        "checks/a.yaml:7", "checks/b.yaml:6", "labels.yaml:3", "topics.yaml:2",
    ]  # fmt: skip


def test_faults_are_told_in_english_too(tmp_path: Path) -> None:
    folder = write(tmp_path, {"checks/own.yaml": OWN_CHECK.replace("carried_in", "caried_in")})
    (error,) = check_rules(folder)
    assert error.en.endswith("“caried_in” is not known; did you mean “carried_in”?")
    assert ":6: checks.own_check.formula: " in error.en


def test_loading_raises_the_first_fault(tmp_path: Path) -> None:
    folder = write(tmp_path, {"labels.yaml": "wordings: 规章\n"})
    with pytest.raises(RuleFileError, match=r"labels\.yaml:1: labels\.wordings: "):
        load_rulebook(folder)


def test_two_checks_of_one_name(tmp_path: Path) -> None:
    second = OWN_CHECK.partition("\n")[2]
    fault = only_fault(tmp_path, {"checks/own.yaml": OWN_CHECK + second})
    assert fault.startswith("checks/own.yaml:9: checks.own_check: ")
    assert "own.yaml:2" in fault


def test_two_new_findings_of_one_name(tmp_path: Path) -> None:
    fault = only_fault(
        tmp_path,
        {
            "flags/own.yaml": "flags:\n  - {code: X001, name: table_missing, severity: info, "
            "scope: table, title_zh: 甲, title_en: a, message_zh: 甲, message_en: a}\n"
        },
    )
    assert fault.startswith("flags/own.yaml:2: flags.X001.name: ")
    assert "T001" in fault


def test_message_with_an_unknown_field(tmp_path: Path) -> None:
    text = "flags:\n  - code: T001\n    message_zh: 缺少{tabel}\n"
    fault = only_fault(tmp_path, {"flags/own.yaml": text})
    assert fault.startswith("flags/own.yaml:3: flags.T001.message_zh: ")
    assert "{table}" in fault


def test_item_that_exists_nowhere_names_the_nearest(tmp_path: Path) -> None:
    text = """\
id: "2021"
tables:
  - id: disclosure
    blocks:
      - id: item_1
        columns:
          - id: in_forse
            aliases: [目前有效数]
"""
    fault = only_fault(tmp_path, {"forms/2021.yaml": text})
    assert fault.startswith("forms/2021.yaml:7: ")
    assert "in_force" in fault


def test_wording_of_two_columns_is_refused(tmp_path: Path) -> None:
    text = "wordings:\n  - label: 现行有效件数\n    aliases:\n      - 本年制发（件数）\n"
    fault = only_fault(tmp_path, {"labels.yaml": text})
    assert fault.startswith("labels.yaml:4: ")
    assert "issued" in fault
    assert "in_force" in fault


def test_forms_of_one_year_are_refused(tmp_path: Path) -> None:
    fault = only_fault(tmp_path, {"forms/2019.yaml": 'id: "2019"\nuntil: 2022\n'})
    assert "适用年度重叠" in fault


@pytest.mark.parametrize(
    ("name", "nearest"), [("label.yaml", "labels"), ("check/own.yaml", "checks")]
)
def test_file_in_an_unknown_place(tmp_path: Path, name: str, nearest: str) -> None:
    assert f"“{nearest}”" in only_fault(tmp_path, {name: "a: b\n"})


def test_large_file_is_refused(tmp_path: Path) -> None:
    assert "字节" in only_fault(tmp_path, {"labels.yaml": "#" * (MAX_BYTES + 1)})


def test_other_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "labels.yaml").write_bytes(b"continued:\n  - " + "续表".encode("gb18030"))
    (error,) = check_rules(tmp_path)
    assert "labels.yaml:2: " in error.zh
    assert "UTF-8" in error.zh


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    assert len(faults(tmp_path, {"labels.yaml": "a: " + "[" * 3000})) == 1


def test_folder_without_rules(tmp_path: Path) -> None:
    assert "没有规则文件" in only_fault(tmp_path, {"readme.txt": "x"})


def test_folder_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="不存在"):
        load_rulebook(tmp_path / "none")


def test_scalars_stay_text(tmp_path: Path) -> None:
    folder = write(tmp_path, {"labels.yaml": "continued: [no, 010, 2022-01-01, 12:30:45]\n"})
    assert load_rulebook(folder).text.continued[-4:] == ("no", "010", "2022-01-01", "12:30:45")


class TestDistrict:
    """A district's own folder laid over the shipped rules."""

    def test_adds_a_wording(self, tmp_path: Path) -> None:
        text = "wordings:\n  - label: 现行有效件数\n    aliases: [目前有效的文件数]\n"
        rulebook = load_rulebook(write(tmp_path, {"labels.yaml": text}))
        table = rulebook.form("2021").table("disclosure")
        assert table is not None
        label = table.blocks[0].columns[2].label
        assert label.text == "现行有效件数"
        assert {"现行有效数", "目前有效的文件数"} <= set(label.aliases)

    def test_adds_a_wording_to_one_form_only(self, tmp_path: Path) -> None:
        text = (
            'id: "2021"\ntables:\n  - id: applications\n    blocks:\n      - id: applications\n'
            "        rows:\n          - {id: granted, aliases: [全部给予公开]}\n"
        )
        rulebook = load_rulebook(write(tmp_path, {"forms/own.yaml": text}))
        wordings = {}
        for form in rulebook.forms:
            table = form.table("applications")
            assert table is not None
            (row,) = (row for row in table.blocks[0].rows if row.id == "granted")
            wordings[form.id] = row.label.aliases
        assert "全部给予公开" in wordings["2021"]
        assert "全部给予公开" not in wordings["2019"]

    def test_adds_a_heading(self, tmp_path: Path) -> None:
        text = "headings:\n  - title: 总体情况\n    aliases: [全年工作回顾]\n"
        rulebook = load_rulebook(write(tmp_path, {"labels.yaml": text}))
        for form in rulebook.forms:
            assert {"概述", "全年工作回顾"} <= set(form.sections[0].aliases)

    def test_adds_a_check(self, tmp_path: Path) -> None:
        rulebook = load_rulebook(write(tmp_path, {"checks/own.yaml": OWN_CHECK}))
        (check,) = (check for check in rulebook.checks if check.name == "own_check")
        assert check.formula.names == (
            "new_received", "carried_in", "outcomes_total", "carried_out",
        )  # fmt: skip
        assert len(rulebook.checks) == len(load_rulebook().checks) + 1

    def test_changes_a_severity_and_switches_a_check_off(self, tmp_path: Path) -> None:
        text = (
            "checks:\n  - {name: disputes_total, severity: warning}\n"
            '  - {name: disputes_whole_number, severity: "off"}\n'
        )
        rulebook = load_rulebook(write(tmp_path, {"checks/own.yaml": text}))
        severities = {check.name: check.severity for check in rulebook.checks}
        assert severities["disputes_total"] == "warning"
        assert "disputes_whole_number" not in severities
        assert severities["disputes_not_negative"] == "error"

    def test_changes_a_message(self, tmp_path: Path) -> None:
        text = "flags:\n  - {code: T001, severity: warning, message_zh: '少了{table}'}\n"
        flag = load_rulebook(write(tmp_path, {"flags/own.yaml": text})).flag("T001")
        assert (flag.severity, flag.message_zh) == ("warning", "少了{table}")
        assert flag.title_zh == "缺少法定统计表"

    def test_leaves_the_shipped_rules_alone(self, tmp_path: Path) -> None:
        before = load_rulebook().digest
        own = load_rulebook(write(tmp_path, {"checks/own.yaml": OWN_CHECK}))
        assert own.digest != before
        assert load_rulebook().digest == before

    def test_digest_does_not_depend_on_the_folder(self, tmp_path: Path) -> None:
        one = write(tmp_path / "one", {"checks/own.yaml": OWN_CHECK})
        two = tmp_path / "two"
        shutil.copytree(one, two)
        assert load_rulebook(one).digest == load_rulebook(two).digest
