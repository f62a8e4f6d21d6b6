"""Pages of findings and the examples on them."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from extractor.errors import RuleFileError, UsageError
from extractor.rulebook import explain_page, flag_examples, load_rulebook, pages

PAGE = """\
# C001 applications_balance

## 中文

不平衡。

## English

Does not balance.

## 例子 Examples

```text fires name=坏.txt year=2022
## 中文
甲
```

```html passes
<p>乙</p>
```

```text
只是说明
```
"""


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    load_rulebook()
    (tmp_path / "flags").mkdir()
    path = tmp_path / "flags" / "C001.md"
    path.write_text(PAGE, encoding="utf-8")
    monkeypatch.setattr(pages, "shipped_rules", lambda: tmp_path)
    return path


@pytest.mark.usefixtures("page")
def test_page_is_shown_in_one_language() -> None:
    zh, en = explain_page("C001", "zh"), explain_page("C001", "en")
    assert "不平衡。" in zh
    assert "Does not balance." not in zh
    assert "Does not balance." in en
    assert "不平衡。" not in en
    assert "甲" in zh
    assert "甲" in en


@pytest.mark.usefixtures("page")
def test_examples_are_read_with_their_settings() -> None:
    first, second = flag_examples("C001")
    assert (first.fires, first.name, first.settings) == (True, "坏.txt", (("year", "2022"),))
    assert first.content.decode() == "## 中文\n甲\n"
    assert first.line == 13
    assert (second.fires, second.name, second.content) == (
        False,
        "C001-2.html",
        b"<p>\xe4\xb9\x99</p>\n",
    )


def test_binary_example(page: Path) -> None:
    body = base64.b64encode(b"\x00\xff").decode()
    page.write_text(f"```pdf fires encoding=base64\n{body}\n```\n", encoding="utf-8")
    (example,) = flag_examples("C001")
    assert (example.name, example.content) == ("C001-1.pdf", b"\x00\xff")


def test_damaged_binary_example(page: Path) -> None:
    page.write_text("x\n```pdf fires encoding=base64\n*\n```\n", encoding="utf-8")
    with pytest.raises(RuleFileError, match=r"C001\.md:2: "):
        flag_examples("C001")


@pytest.mark.usefixtures("page")
def test_finding_without_a_page_is_explained_by_its_rule() -> None:
    text = explain_page("T001", "zh")
    assert text.startswith("# T001 table_missing\n\n缺少法定统计表\n")
    assert "《中华人民共和国政府信息公开条例》" in text
    assert "Basis: " in explain_page("T001", "en")
    assert flag_examples("T001") == ()


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize("code", ["c001", " C001 ", "applications_balance"])
def test_code_may_be_written_in_other_ways(code: str) -> None:
    assert explain_page(code).startswith("# C001")


@pytest.mark.parametrize(
    ("code", "nearest"), [("C0001", "C001"), ("table_mising", "table_missing")]
)
def test_unknown_code_names_the_nearest(code: str, nearest: str) -> None:
    with pytest.raises(UsageError, match=f"“{nearest}”"):
        explain_page(code)


def test_source_beside_an_example(page: Path) -> None:
    page.write_text(
        "```text beside name=去年.txt base=report-2021\n乙\n```\n"
        "```text fires with=去年.txt year=2022\n甲\n```\n",
        encoding="utf-8",
    )
    (example,) = flag_examples("C001")
    (other,) = example.beside
    assert (example.name, example.settings) == ("C001-2.txt", (("year", "2022"),))
    assert (other.name, other.content.decode()) == ("去年.txt", "乙\n")
    assert other.settings == (("base", "report-2021"),)


def test_source_beside_an_example_that_is_not_there(page: Path) -> None:
    page.write_text(
        "```text beside name=去年.txt\n乙\n```\n```text fires with=去年\n甲\n```\n",
        encoding="utf-8",
    )
    with pytest.raises(RuleFileError, match=r"C001\.md:4: .*“去年”"):
        flag_examples("C001")
