"""``datapackage.json``: every file and column, in Chinese and English (Frictionless, version 1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from extractor.dataset.columns import Column, TableSchema
from extractor.dataset.files import DATASET_NAME
from extractor.dataset.summary import Summary

_LINK = ("report_id", "source")


def describe(schemas: Sequence[TableSchema], summary: Summary) -> dict[str, Any]:
    """The content of ``datapackage.json``. It holds no time, so that it is reproducible."""
    return {
        "profile": "tabular-data-package",
        "name": DATASET_NAME,
        "title": "政府信息公开工作年度报告数据集",
        "title_en": "Dataset of government information disclosure annual reports",
        "description": "由报告原文读出的数值与发现的问题。空白单元格不是 0；每个数值都记有出处。",
        "description_en": "Values read from the reports and findings about them. "
        "A blank cell is not 0; every value has its place in the source.",
        "engine": [
            {"version": version, "rules_digest": digest}
            for version, digest in sorted(summary.versions)
        ],
        "resources": [_resource(schema) for schema in schemas],
    }


def _resource(schema: TableSchema) -> dict[str, Any]:
    resource: dict[str, Any] = {
        "profile": "tabular-data-resource",
        "name": schema.name,
        "path": f"{schema.name}.csv",
        "parquet": f"{schema.name}.parquet",
        "title": schema.title_zh,
        "title_en": schema.title_en,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
        },
    }
    fields: dict[str, Any] = {
        "fields": [_field(column, schema.key) for column in schema.columns],
        "missingValues": [""],
    }
    if schema.key:
        fields["primaryKey"] = list(schema.key)
    if schema.name != "reports":
        fields["foreignKeys"] = [
            {
                "fields": list(_LINK),
                "reference": {"resource": "reports", "fields": list(_LINK)},
            }
        ]
    return resource | {"schema": fields}


def _field(column: Column, key: tuple[str, ...]) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.name in key:
        constraints["required"] = True
    if column.choices:
        constraints["enum"] = [str(choice) for choice in column.choices]
    field: dict[str, Any] = {
        "name": column.name,
        "type": column.kind.value,
        "title": column.title_zh,
        "title_en": column.title_en,
        "description": column.zh or column.title_zh,
        "description_en": column.en or column.title_en,
    }
    return field | ({"constraints": constraints} if constraints else {})
