"""``nianbao evaluate``."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from extractor.cli.console import notice
from extractor.cli.messages import say
from extractor.errors import ExitCode
from extractor.evaluate import (
    Evaluation,
    about_corpus,
    evaluate,
    full_text,
    mistake_lines,
    raise_floors,
    read_floors,
    readme_text,
    shortfalls,
    update_readme,
)
from extractor.options import Lang
from extractor.rulebook import load_rulebook

_PATH = click.Path(path_type=Path)
Options = Callable[[Callable[..., None]], Callable[..., None]]


def evaluate_command(lang: Lang, common: Options) -> click.Command:
    """The command, with help in ``lang`` and the options that every command has."""
    text = partial(say, lang=lang)

    @click.command("evaluate", help=text("help.evaluate"))
    @click.argument("dataset", metavar="OUT", type=_PATH)
    @click.option("--truth", required=True, metavar="DIR", type=_PATH, help=text("opt.truth"))
    @click.option("--json", "as_json", is_flag=True, help=text("opt.json"))
    @click.option("--floors", metavar="FILE", type=_PATH, help=text("opt.floors"))
    @click.option("--raise-floors", is_flag=True, help=text("opt.raise_floors"))
    @click.option(
        "--update-readme", "readmes", metavar="FILE", type=_PATH, multiple=True,
        help=text("opt.update_readme"),
    )  # fmt: skip
    @click.option(
        "--mark", default="results", metavar="NAME", show_default=True, help=text("opt.mark")
    )
    @common
    def command(rules_dir: Path | None, dataset: Path, truth: Path, **given: Any) -> None:
        evaluation = evaluate(dataset, truth, load_rulebook(rules_dir))
        if given["as_json"]:
            click.echo(json.dumps(evaluation.to_dict(), ensure_ascii=True, indent=2))
        else:
            click.echo(full_text(evaluation))
            for line in mistake_lines(evaluation):
                notice(line)
        about = about_corpus(truth, datetime.now(UTC).date())
        for readme in given["readmes"]:
            update_readme(readme, given["mark"], readme_text(evaluation, about))
        if given["floors"] is not None:
            _hold(given["floors"], evaluation, truth, given["raise_floors"])

    return command


def _hold(path: Path, evaluation: Evaluation, truth: Path, to_raise: bool) -> None:
    """Compare with the floors and end with 1 below them, or raise them."""
    if to_raise:
        raise_floors(path, evaluation, about_corpus(truth, None))
        return
    below = shortfalls(read_floors(path), evaluation)
    for line in below:
        notice(line)
    if below:
        raise SystemExit(ExitCode.FINDINGS)
