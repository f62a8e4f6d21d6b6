"""The commands and their options, with help in the language of the run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import click

from extractor.across import checked_batch
from extractor.batch import extract_dataset, run_batch
from extractor.cli.console import Bar, log_to, notice, summary_lines
from extractor.cli.doctor import examine
from extractor.cli.evaluation import evaluate_command
from extractor.cli.findings import OutputFormat, Printer
from extractor.cli.messages import say
from extractor.dataset.run import program_version
from extractor.dataset.summary import SEVERITY_ORDER, Summary
from extractor.errors import ExitCode
from extractor.inputs.collect import collect
from extractor.options import Lang, Options, SecondReader
from extractor.report import Severity
from extractor.rulebook import check_rules, explain_page, load_rulebook

_FOLDER = click.Path(path_type=Path)
_NEVER = "never"
_OF_RUN = ("rules_dir", "jobs", "previous", "suppress", "baseline")
"""Options of commands that have a namesake among those of a run."""


def _jobs(ctx: click.Context, param: click.Parameter, value: str) -> int:
    """A number of processes; 0 stands for one per core."""
    if value.lower() == "auto":
        return 0
    if value.isdecimal() and len(value) < 5:
        return int(value)
    raise click.BadParameter(f"{value!r}: N | auto", ctx, param)


def build(lang: Lang) -> click.Group:
    """The command ``nianbao`` with its help in ``lang``."""
    text = partial(say, lang=lang)
    group = click.Group("nianbao", help=text("help"))
    version = click.version_option(
        program_version(), message="%(prog)s %(version)s", help=text("opt.version")
    )
    version(group)
    _help_option(lang)(_lang_option(lang)(group))
    group.callback = _accept_lang
    rules = click.Group("rules", help=text("help.rules"))
    _help_option(lang)(rules)
    rules.add_command(_rules_check(lang))
    commands = (_extract, _check, _explain, _doctor, _evaluate)
    for command in (*(make(lang) for make in commands), rules):
        group.add_command(command)
    return group


def _accept_lang(lang: str | None) -> None:
    """The language is known before the command line is parsed (see ``messages.language``)."""


def _lang_option(lang: Lang) -> Callable[[Any], Any]:
    choices = click.Choice([choice.value for choice in Lang])
    return click.option("--lang", type=choices, help=say("opt.lang", lang))


def _help_option(lang: Lang) -> Callable[[Any], Any]:
    return click.help_option("-h", "--help", help=say("opt.help", lang))


def _options(lang: Lang, *extra: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The options that several commands share, before ``extra`` ones."""
    text = partial(say, lang=lang)
    shared = (
        click.option("--rules", "rules_dir", metavar="DIR", type=_FOLDER, help=text("opt.rules")),
        _lang_option(lang),
        click.option("-q", "--quiet", is_flag=True, help=text("opt.quiet")),
        click.option("--log-file", metavar="FILE", type=_FOLDER, help=text("opt.log_file")),
        _help_option(lang),
    )

    def decorate(function: Any) -> Any:
        for option in reversed((*extra, *shared)):
            function = option(function)
        return function

    return decorate


def _batch_options(lang: Lang, fail_on: str) -> tuple[Callable[[Any], Any], ...]:
    text = partial(say, lang=lang)
    choices = click.Choice([*(severity.value for severity in Severity), _NEVER])
    return (
        click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, type=_FOLDER),
        click.option(
            "--jobs", metavar="N|auto", callback=_jobs, default="auto", help=text("opt.jobs")
        ),
        click.option(
            "--fail-on", type=choices, default=fail_on, show_default=True, help=text("opt.fail_on")
        ),
        click.option("--previous", metavar="DATASET", type=_FOLDER, help=text("opt.previous")),
        click.option("--suppress", metavar="FILE", type=_FOLDER, help=text("opt.suppress")),
    )


def _run_options(given: Mapping[str, Any], lang: Lang, reader: SecondReader) -> Options:
    """The options of a run out of those of the command line."""
    return Options(
        lang=lang,
        second_reader=reader,
        **{name: given[name] for name in _OF_RUN if name in given},
    )


def _extract(lang: Lang) -> click.Command:
    text = partial(say, lang=lang)
    out = click.option(
        "-o", "--out", "--output", "out", required=True, metavar="OUT", type=_FOLDER,
        help=text("opt.out"),
    )  # fmt: skip

    @click.command("extract", help=text("help.extract"))
    @_options(lang, *_batch_options(lang, _NEVER), out)
    def command(
        inputs: tuple[Path, ...],
        out: Path,
        fail_on: str,
        quiet: bool,
        log_file: Path | None,
        **given: Any,
    ) -> int:
        with log_to(log_file):
            options = _run_options(given, lang, SecondReader.FALLBACK)
            rulebook = load_rulebook(options.rules_dir)
            bar = Bar(lang, quiet)
            try:
                dataset = extract_dataset(inputs, out, options, rulebook, bar)
            finally:
                bar.close()
            if not quiet:
                for line in summary_lines(dataset.summary, rulebook, lang):
                    notice(line)
                notice(say("summary.workbook", lang, path=out / "dataset.xlsx"))
                for code in dataset.summary.top_codes()[:1]:
                    notice(say("summary.next", lang, code=code))
            return _exit_code(dataset.summary, fail_on)

    return command


def _check(lang: Lang) -> click.Command:
    text = partial(say, lang=lang)
    extra = (
        click.option(
            "--output-format",
            type=click.Choice([output.value for output in OutputFormat]),
            default=OutputFormat.TEXT.value,
            show_default=True,
            help=text("opt.output_format"),
        ),
        click.option("--baseline", metavar="DATASET", type=_FOLDER, help=text("opt.baseline")),
        click.option("-v", "--verbose", is_flag=True, help=text("opt.verbose")),
        click.option("--second-reader", is_flag=True, help=text("opt.second_reader")),
    )

    @click.command("check", help=text("help.check"))
    @_options(lang, *_batch_options(lang, Severity.ERROR.value), *extra)
    def command(
        inputs: tuple[Path, ...],
        fail_on: str,
        output_format: str,
        verbose: bool,
        second_reader: bool,
        quiet: bool,
        log_file: Path | None,
        **given: Any,
    ) -> int:
        with log_to(log_file):
            reader = SecondReader.ALWAYS if second_reader else SecondReader.FALLBACK
            options = _run_options(given, lang, reader)
            rulebook = load_rulebook(options.rules_dir)
            output = OutputFormat(output_format)
            sources = collect(inputs, options.limits)
            summary = Summary()
            bar = Bar(lang, quiet)
            try:
                read = run_batch(sources, options, rulebook, bar)
                with (
                    closing(read),
                    checked_batch(read, rulebook, options) as batch,
                    Printer(output, rulebook, lang, verbose=verbose) as printer,
                ):
                    summary.add_batch(batch.result)
                    printer.print_batch(batch.result)
                    for report in batch.reports:
                        summary.add(report)
                        printer.print(report)
            finally:
                bar.close()
            if not quiet:
                for line in summary_lines(summary, rulebook, lang):
                    notice(line)
                if options.baseline is not None:
                    counts = {"known": batch.triage.known, "gone": batch.triage.gone}
                    notice(say("summary.baseline", lang, **counts))
            return _exit_code(summary, fail_on)

    return command


def _explain(lang: Lang) -> click.Command:
    @click.command("explain", help=say("help.explain", lang))
    @click.argument("code", metavar="CODE")
    @_options(lang)
    def command(code: str, rules_dir: Path | None, **_: object) -> None:
        click.echo(explain_page(code, lang, rules_dir), nl=False)

    return command


def _rules_check(lang: Lang) -> click.Command:
    @click.command("check", help=say("help.rules.check", lang))
    @click.argument("folder", metavar="[DIR]", required=False, type=_FOLDER)
    @_options(lang)
    def command(folder: Path | None, rules_dir: Path | None, **_: object) -> int:
        faults = check_rules(folder or rules_dir)
        for fault in faults:
            click.echo(fault.text(lang))
        if faults:
            notice(say("rules.bad", lang, count=len(faults)))
            return ExitCode.USAGE
        rulebook = load_rulebook(folder or rules_dir)
        counts = {
            "forms": len(rulebook.forms),
            "checks": len(rulebook.checks),
            "flags": len(rulebook.flags),
        }
        notice(say("rules.ok", lang, **counts))
        return ExitCode.OK

    return command


def _doctor(lang: Lang) -> click.Command:
    @click.command("doctor", help=say("help.doctor", lang))
    @_options(lang)
    def command(rules_dir: Path | None, **_: object) -> None:
        for name, value in examine(load_rulebook(rules_dir), lang):
            click.echo(f"{name}: {value}")

    return command


def _evaluate(lang: Lang) -> click.Command:
    return evaluate_command(lang, _options(lang))


def _exit_code(summary: Summary, fail_on: str) -> int:
    """1 where a finding is at least as severe as ``fail_on``."""
    if fail_on == _NEVER or summary.worst is None:
        return ExitCode.OK
    reached = SEVERITY_ORDER[summary.worst] <= SEVERITY_ORDER[Severity(fail_on)]
    return ExitCode.FINDINGS if reached else ExitCode.OK
