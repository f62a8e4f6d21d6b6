"""A report as a pandas frame."""

from __future__ import annotations

from pathlib import Path

from extractor import read_report


def test_values_as_a_frame(tmp_path: Path) -> None:
    path = tmp_path / "望澜镇2023年政府信息公开工作年度报告.txt"
    rows = ["第二十条第（五）项", "信息内容\t本年处理决定数量", "行政许可\t12"]
    headings = ["收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况"]
    lines = [path.stem, "一、总体情况", "二、主动公开政府信息情况", *rows]
    lines += [f"{n}、{heading}" for n, heading in zip("三四", headings, strict=True)]
    path.write_text("\n".join(lines), encoding="utf-8")
    frame = read_report(path).to_frame()
    assert len(frame) == 200
    licensing = frame.set_index("indicator").loc["disclosure.licensing.decisions"]
    assert (licensing["value"], licensing["raw"], licensing["state"]) == (12, "12", "reported")
    assert licensing["locator"].startswith("line[")
    assert frame["value"].notna().sum() == 1
