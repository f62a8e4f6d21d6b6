"""Reads many documents, each in a worker process that may hang, crash or eat memory alone.

One document is one task. Even a single text file goes through a worker: starting one costs less
than a tenth of a second, and no format is simple enough to trust.
"""

from __future__ import annotations

import logging
import os
import pickle
import sys
import traceback
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from multiprocessing.context import SpawnContext, SpawnProcess
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

from extractor.across import checked_batch
from extractor.dataset.files import check_output
from extractor.dataset.run import RunInfo, program_version
from extractor.dataset.writer import Dataset, write_dataset
from extractor.errors import DocumentError, DocumentFault, LimitExceeded, OutputError
from extractor.inputs.collect import collect
from extractor.inputs.source import Source, read_source
from extractor.options import Options
from extractor.pipeline import extract_reports, failed_report
from extractor.report import Report
from extractor.rulebook.model import Rulebook


class Progress(Protocol):
    """Is told how a batch goes on."""

    def started(self, documents: int) -> None:
        """So many documents will be read."""

    def finished(self, source: Source, reports: tuple[Report, ...]) -> None:
        """A document was read. Called in the order of the results."""


Extract = Callable[[Source, Options, Rulebook], tuple[Report, ...]]
"""What a worker does with one document; a picklable function such as :func:`extract_one`."""

_AHEAD = 64
"""Documents per worker that may wait for a slow one before them, to bound memory."""
_TASKS_PER_WORKER = 200
"""A worker is replaced now and then, whatever the libraries in it may leak."""
_MEMORY = 4 * 2**30
"""Bytes of address space of one worker, where the system can limit it."""
_GRACE = 30.0
"""Seconds beyond a document's own limit after which the pool itself is given up."""
_POOLS = 3
"""Pools in a row that may be lost without a single document read."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Task:
    """What a worker gets. The rules travel pickled, so every worker has the very same ones."""

    extract: Extract
    source: Source
    options: Options
    rules: bytes


@dataclass(frozen=True, slots=True)
class _Result:
    """What a worker gives back; ``trouble`` is for the log."""

    reports: tuple[Report, ...]
    trouble: str = ""


class _ReaderCrashedError(DocumentError):
    """The program itself failed on a document."""

    fault = DocumentFault.CRASHED


class _PoolLostError(Exception):
    """The pool broke without blaming a document."""


def run_batch(
    sources: Sequence[Source],
    options: Options,
    rulebook: Rulebook,
    progress: Progress | None = None,
    extract: Extract | None = None,
) -> Generator[Report]:
    """Read documents in parallel; every one gives at least one report.

    Reports come in the order of ``sources``, as soon as all before them are there.

    Raises:
        OutputError: No worker process could be started or kept alive.
    """
    rules = pickle.dumps(rulebook, protocol=pickle.HIGHEST_PROTOCOL)
    chosen = extract or extract_one
    tasks = [_Task(chosen, source, options, rules) for source in sources]
    if progress is not None:
        progress.started(len(tasks))
    for source, reports in _read_all(tasks, worker_count(options.jobs, len(sources)), rulebook):
        if progress is not None:
            progress.finished(source, reports)
        yield from reports


def extract_dataset(
    inputs: Sequence[Path],
    out: Path,
    options: Options,
    rulebook: Rulebook,
    progress: Progress | None = None,
) -> Dataset:
    """Read files, folders and archives into a dataset folder.

    Raises:
        UsageError: An input is missing or empty, or ``out`` holds something else.
        OutputError: The folder cannot be written, or no worker could be kept alive.
    """
    started = datetime.now(UTC)
    check_output(out)
    sources = collect(inputs, options.limits, exclude=out)
    reports = run_batch(sources, options, rulebook, progress)
    typed = tuple(str(path) for path in inputs)
    info = RunInfo(typed, options, program_version(), rulebook.digest, started)
    with closing(reports), checked_batch(reports, rulebook, options) as batch:
        return write_dataset(batch.reports, out, rulebook, info, batch.result)


def worker_count(jobs: int, documents: int) -> int:
    """How many processes to start: ``jobs``, or one per core where it is 0."""
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count() or 1
    return max(1, min(jobs or cores, documents))


def extract_one(source: Source, options: Options, rulebook: Rulebook) -> tuple[Report, ...]:
    """Read one document in this process.

    Bad documents give reports, never errors; only a fault of the program itself is raised.
    """
    try:
        data = read_source(source, options.limits)
    except DocumentError as error:
        return (failed_report(None, source.name, error.fault, error, rulebook, options),)
    return extract_reports(data, source.name, rulebook, options)


def _read_all(
    tasks: Sequence[_Task], workers: int, rulebook: Rulebook
) -> Iterator[tuple[Source, tuple[Report, ...]]]:
    """Results in order. Where a pool is lost, a new one goes on with what is left."""
    done = 0
    lost = 0
    while done < len(tasks):
        try:
            for result in _read_in_pool(tasks[done:], workers, rulebook):
                yield tasks[done].source, result
                done += 1
                lost = 0
        except _PoolLostError as error:
            lost += 1
            _log.warning("worker pool lost after %d of %d documents", done, len(tasks))
            if lost == _POOLS:
                raise OutputError(
                    "无法启动或维持读取进程。请关闭其他程序以释放内存，或用 --jobs 1 重试。",
                    "The worker processes could not be started or kept alive. "
                    "Close other programs to free memory, or try again with --jobs 1.",
                ) from error


def _read_in_pool(
    tasks: Sequence[_Task], workers: int, rulebook: Rulebook
) -> Iterator[tuple[Report, ...]]:
    with _pool(workers) as pool:
        running: deque[tuple[_Task, Future[_Result]]] = deque()
        waiting = iter(tasks)
        while True:
            while len(running) < workers * _AHEAD and (task := next(waiting, None)) is not None:
                running.append((task, _schedule(pool, task)))
            if not running:
                return
            task, future = running.popleft()
            result = _outcome(pool, task, future, rulebook)
            if result.trouble:
                _log.error("%s: %s", task.source.name, result.trouble)
            yield result.reports


@contextmanager
def _pool(workers: int) -> Iterator[Any]:
    """A pool whose workers are gone when it is left, however it is left."""
    from pebble import ProcessPool

    pool: Any = ProcessPool(
        max_workers=workers,
        max_tasks=_TASKS_PER_WORKER,
        initializer=_prepare_worker,
        context=_WorkerContext(),
    )
    try:
        yield pool
    except BaseException:
        pool.stop()
        raise
    else:
        pool.close()
    finally:
        pool.join()


def _schedule(pool: Any, task: _Task) -> Future[_Result]:
    try:
        future: Future[_Result] = pool.schedule(
            _work, args=(task,), timeout=task.options.limits.seconds
        )
    except RuntimeError as error:
        raise _PoolLostError from error
    return future


def _outcome(pool: Any, task: _Task, future: Future[_Result], rulebook: Rulebook) -> _Result:
    """The result of a task.

    A document on which a worker died is read once more in a fresh one: the memory may have been
    spoilt by the document before it.
    """
    from pebble import ProcessExpired

    exit_code: int | None = None
    for attempt in (future, None):
        try:
            return _wait(attempt or _schedule(pool, task), task.options)
        except ProcessExpired as error:
            exit_code = error.exitcode
        except TimeoutError:
            return _failure(task, _timed_out(task.options), rulebook, "time limit reached")
        except BrokenProcessPool as error:
            raise _PoolLostError from error
    trouble = f"worker died twice, exit code {exit_code}"
    return _failure(task, _crashed(f"exit {exit_code}"), rulebook, trouble)


def _wait(future: Future[_Result], options: Options) -> _Result:
    """Wait in short steps, so that an interrupt is heard on every system."""
    patience = options.limits.seconds + _GRACE
    while not wait((future,), timeout=0.5).done:
        patience -= 0.5 if future.running() else 0
        if patience < 0:
            raise _PoolLostError
    return future.result()


def _timed_out(options: Options) -> DocumentError:
    seconds = f"{options.limits.seconds:g}"
    return LimitExceeded(
        f"读取超过 {seconds} 秒，已停止。请用原软件打开后另存，或拆分文件后重试。",
        f"Reading took more than {seconds} seconds and was stopped. "
        "Save the file again from its own program, or split it, and try again.",
    )


def _out_of_memory() -> DocumentError:
    return LimitExceeded(
        "读取此文件所需内存超过上限，已停止。请拆分文件后重试。",
        "Reading this file takes more memory than the limit allows. Split it and try again.",
    )


def _crashed(kind: str) -> DocumentError:
    return _ReaderCrashedError(
        f"读取程序在此文件上出错（{kind}），其他文件不受影响。请用原软件打开后另存，再重试；"
        "仍出错时请用 --log-file 重新运行，并将日志报告给维护者。",
        f"The reader failed on this file ({kind}); other files are not affected. Save the file "
        "again from its own program and try again. If it still fails, run with --log-file and "
        "report the log to the maintainers.",
    )


def _failure(task: _Task, error: DocumentError, rulebook: Rulebook, trouble: str) -> _Result:
    """The row of a document whose reading came to no end of its own."""
    try:
        data = read_source(task.source, task.options.limits)
    except (DocumentError, MemoryError):
        data = None
    name = task.source.name
    report = failed_report(data, name, error.fault, error, rulebook, task.options)
    return _Result((report,), trouble)


def _work(task: _Task) -> _Result:
    """Runs in the worker. Whatever happens to one document, the worker answers."""
    rulebook = _thaw(task.rules)
    try:
        return _Result(task.extract(task.source, task.options, rulebook))
    except MemoryError:
        return _failure(task, _out_of_memory(), rulebook, "memory limit reached")
    except Exception as error:
        kind = type(error).__name__
        return _failure(task, _crashed(kind), rulebook, traceback.format_exc())


@lru_cache(maxsize=1)
def _thaw(rules: bytes) -> Rulebook:
    rulebook = pickle.loads(rules)  # noqa: S301 - bytes that our own parent process made
    if not isinstance(rulebook, Rulebook):
        raise TypeError(type(rulebook).__name__)
    return rulebook


def _prepare_worker() -> None:
    """Keep a worker silent (standard output carries data only) and within its memory."""
    null = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(null, stream)
    os.close(null)
    warnings.simplefilter("ignore")
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


class _WorkerProcess(SpawnProcess):
    """A spawned process that does not run the user's script again.

    A worker needs nothing from it, and a script without a ``__main__`` guard would start itself
    anew in every worker.
    """

    def start(self) -> None:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            super().start()
        finally:
            sys.modules["__main__"] = main


class _WorkerContext(SpawnContext):
    """The spawn context with our process class."""

    Process = _WorkerProcess
