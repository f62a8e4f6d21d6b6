"""What the two READMEs promise: commands that exist, links that lead somewhere, nothing local."""

from __future__ import annotations

import re
import shlex
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from extractor.cli.commands import build
from extractor.options import Lang
from tests.shared import ROOT

BEGIN, END = "<!-- results:begin -->", "<!-- results:end -->"
READMES = ("README.md", "README.zh-CN.md")
MADE_BY_TOOLS = {"venv", "out", "dist", "build", "wheels", "__pycache__"}
LOCAL = re.compile(
    r"(?<![\w.\-:/])/(?:work|root|tmp|home|opt|Users)/\w|\b[A-Z]:\\\\?Users"
    r"|\bpypi\.|pythonhosted|index-url|trusted-host"
)


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def named_command(name: str, readme: str) -> str:
    """The one line of shell after the mark of a command."""
    found = re.findall(rf"<!-- command:{name} -->\n```sh\n(.+)\n```", text_of(readme))
    assert len(found) == 1
    return str(found[0])


def shell_lines(readme: str) -> list[str]:
    """Every command of every block of shell."""
    blocks = re.findall(r"^```sh\n(.*?)^```", text_of(readme), re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if line.strip()]
    return [part.strip() for line in lines for part in line.split("&&")]


def own_commands() -> list[tuple[str, str]]:
    return [
        (readme, line)
        for readme in READMES
        for line in shell_lines(readme)
        if line.startswith("nianbao ")
    ]


@pytest.mark.parametrize(("readme", "line"), own_commands())
def test_command_is_accepted(readme: str, line: str) -> None:
    """Parse the line as the command would, without running it."""
    words = shlex.split(line)[1:]
    command: click.Command = build(Lang.EN)
    context = click.Context(command, info_name="nianbao")
    while isinstance(command, click.Group):
        found = command.get_command(context, words[0])
        assert found is not None, f"{readme}: no command {words[0]}"
        command = found
        context = command.make_context(words.pop(0), list(words), context, resilient_parsing=True)
    command.make_context(command.name, words)


def test_blocks_hold_commands() -> None:
    assert len(own_commands()) >= 10


@pytest.mark.parametrize("name", ["run", "test"])
def test_both_languages_give_the_same_command(name: str) -> None:
    assert named_command(name, READMES[0]) == named_command(name, READMES[1])


@pytest.mark.parametrize("readme", READMES)
def test_the_two_commands_come_first(readme: str) -> None:
    first, second = (named_command(name, readme) for name in ("run", "test"))
    parts = [part.strip() for command in (first, second) for part in command.split("&&")]
    assert shell_lines(readme)[: len(parts)] == parts
    assert "constraints.txt" in first
    assert "constraints.txt" in second
    assert "nianbao extract corpus/reports" in first
    assert "pytest" in second


def test_continuous_integration_runs_them_from_the_readme() -> None:
    script = text_of(".ci/run")
    assert 'run_command="$(readme_command run)"' in script
    assert 'test_command="$(readme_command test)"' in script
    assert script.count("$run_command") >= 2
    assert script.count("$test_command") >= 2


@pytest.mark.parametrize("readme", READMES)
def test_links_resolve(readme: str) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", text_of(readme))
    assert links
    for link in links:
        if not link.startswith(("http://", "https://")):
            assert (ROOT / unquote(link)).exists(), link


@pytest.mark.parametrize("readme", READMES)
def test_results_have_their_marks_and_a_table(readme: str) -> None:
    text = text_of(readme)
    assert text.count(BEGIN) == text.count(END) == 1
    table = text.partition(BEGIN)[2].partition(END)[0].strip().splitlines()
    assert table[0].startswith("| format | documents |")
    assert table[-1].startswith("| **all** |")


def test_both_languages_show_the_same_results() -> None:
    tables = {text_of(readme).partition(BEGIN)[2].partition(END)[0] for readme in READMES}
    assert len(tables) == 1


def declared() -> set[str]:
    """The packages that running and testing ask for by name."""
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    return {re.split(r"[<>=]", line)[0] for line in wanted}


@pytest.mark.parametrize("readme", READMES)
def test_every_dependency_is_justified(readme: str) -> None:
    table = [line.partition(" | ")[0].lower() for line in text_of(readme).splitlines()]
    told = {word for line in table for word in re.findall(r"[\w\-]+", line) if line[:1] == "|"}
    assert declared() <= told


@pytest.mark.parametrize("readme", READMES)
def test_the_map_names_what_is_there(readme: str) -> None:
    rows = [line for line in text_of(readme).splitlines() if line.startswith("| `")]
    named = {
        name
        for row in rows
        for name in re.findall(r"`((?:extractor|rules|corpus|tests)/[^`]*)`", row.split(" | ")[0])
    }
    assert named
    for name in named:
        assert list(ROOT.glob(name)), name
    told = {name.split("/")[1].removesuffix(".py") for name in named if name.count("/") >= 1}
    for path in (ROOT / "extractor").iterdir():
        if path.is_dir() and path.name != "__pycache__":
            assert path.name in told, path.name


@cache
def project_files() -> tuple[Path, ...]:
    """The files under version control, or all that are not made by tools where there is none."""
    try:
        done = subprocess.run(
            ["git", "ls-files", "-z"], capture_output=True, cwd=ROOT, check=True, encoding="utf-8"
        )
        names = [name for name in done.stdout.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        names = []
    return tuple(ROOT / name for name in names) or tuple(_walk(ROOT))


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        hidden = path.name.startswith(".") and path.name != ".ci"
        if not path.is_dir():
            yield path
        elif not hidden and path.name not in MADE_BY_TOOLS:
            yield from _walk(path)


def test_no_file_names_a_machine_or_a_package_index() -> None:
    files = [path for path in project_files() if path.is_file() and path != Path(__file__)]
    assert ROOT / "constraints.txt" in files
    found = []
    for path in files:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {m.group()}" for m in LOCAL.finditer(text)]
    assert not found


def test_the_search_for_local_names_finds_them() -> None:
    assert LOCAL.search("cd " + "/".join(("", "work", "main")))
    assert LOCAL.search("--" + "index-url")


def test_every_dependency_is_pinned() -> None:
    pinned = set(re.findall(r"^([a-z0-9\-]+)==", text_of("constraints.txt"), re.MULTILINE))
    assert declared() <= pinned


def test_every_constraint_has_a_version_and_hashes() -> None:
    lines = [line for line in text_of("constraints.txt").splitlines() if not line.startswith("#")]
    for before, line in zip(["", *lines], lines, strict=False):
        if line.startswith("    --hash=sha256:"):
            assert before.endswith("\\")
            assert re.fullmatch(r" {4}--hash=sha256:[0-9a-f]{64}(?: \\)?", line)
        else:
            assert not before.endswith("\\")
            assert re.fullmatch(r"[a-z0-9\-]+==\S+(?: ; [^\\]+)? \\", line), line
