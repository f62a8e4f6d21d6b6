"""Runs a command and turns whatever happens into a message and an exit code."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

import click

from extractor.cli.commands import build
from extractor.cli.console import notice, prepare_streams
from extractor.cli.messages import language, say
from extractor.errors import ExitCode, NianbaoError
from extractor.options import Lang


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command ``nianbao``. Returns the exit code; never raises."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    prepare_streams()
    lang = language(given, os.environ)
    try:
        with _polite_end():
            code = _run(given, lang)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has closed it; the interpreter must not try again on exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.UNFINISHED
    return code


def _run(arguments: list[str], lang: Lang) -> int:
    try:
        result = build(lang).main(
            args=arguments, prog_name="nianbao", standalone_mode=False, windows_expand_args=False
        )
        return result if isinstance(result, int) else ExitCode.OK
    except click.exceptions.NoArgsIsHelpError as error:
        notice(error.format_message())
        return ExitCode.USAGE
    except click.ClickException as error:
        notice(_usage(error, lang))
        return ExitCode.USAGE
    except (KeyboardInterrupt, click.Abort):
        notice(say("error.interrupted", lang))
    except NianbaoError as error:
        notice(say("error", lang, message=error.text(lang)))
        return error.exit_code
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = error.strerror or type(error).__name__
        notice(say("error", lang, message=say("error.system", lang, reason=reason)))
    except Exception as error:
        kind = type(error).__name__
        notice(say("error", lang, message=say("error.unexpected", lang, kind=kind)))
    return ExitCode.UNFINISHED


def _usage(error: click.ClickException, lang: Lang) -> str:
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "nianbao"
    return say("error.usage", lang, message=_reason(error, lang), command=command)


def _reason(error: click.ClickException, lang: Lang) -> str:
    """What is wrong with the command line, in our words where we have any."""
    match error:
        case click.NoSuchOption(option_name=name, possibilities=possibilities):
            names = ", ".join(sorted(possibilities or ()))
            near = say("usage.near", lang, names=names) if names else ""
            return say("usage.option", lang, name=name, near=near).strip()
        case click.MissingParameter(param=click.Parameter() as param):
            return say("usage.missing", lang, name=_shown(param))
        case click.BadParameter(param=click.Parameter() as param):
            return say("usage.value", lang, name=_shown(param), reason=error.message)
        case _:
            return error.format_message()


def _shown(parameter: click.Parameter) -> str:
    """A parameter as the user types it."""
    if isinstance(parameter, click.Option):
        return parameter.opts[-1]
    return (parameter.metavar or parameter.name or "").strip("[].")


class _InterruptedError(KeyboardInterrupt):
    """A signal to end.

    A class of its own because the interpreter, having once seen a plain ``KeyboardInterrupt``
    leave an ``exec`` (many libraries call it while they are imported), ends by the signal instead
    of our exit code, though it was caught.
    """


@contextmanager
def _polite_end() -> Iterator[None]:
    """Being told to end is an interrupt: workers stop and nothing half written stays."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    heard = [number for number, handler in before.items() if handler is not signal.SIG_IGN]
    for number in heard:
        signal.signal(number, _interrupt)
    try:
        yield
    finally:
        for number in heard:
            signal.signal(number, before[number] or signal.SIG_DFL)


def _interrupt(_signum: int, _frame: FrameType | None) -> None:
    raise _InterruptedError
