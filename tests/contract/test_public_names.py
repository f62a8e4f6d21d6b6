"""The public names of the package: what other people's scripts may rely on."""

from __future__ import annotations

from types import FunctionType

import pytest

import extractor

NAMES = {
    "Dataset",
    "DocumentError",
    "Flag",
    "Limits",
    "NianbaoError",
    "Options",
    "Report",
    "RuleFileError",
    "Section",
    "State",
    "UsageError",
    "Value",
    "extract",
    "read_report",
}


def test_names_are_pinned() -> None:
    assert set(extractor.__all__) == NAMES
    assert len(extractor.__all__) == len(NAMES) <= 15


@pytest.mark.parametrize("name", sorted(NAMES))
def test_name_is_a_class_or_a_function(name: str) -> None:
    """Asked for twice: a part of the package of the same name must not take its place."""
    for _ in range(2):
        found = getattr(extractor, name)
        assert isinstance(found, type | FunctionType)
        assert found.__module__.startswith("extractor.")


def test_names_show_in_dir() -> None:
    assert set(dir(extractor)) >= NAMES


def test_other_names_are_refused() -> None:
    assert not hasattr(extractor, "read_everything")
