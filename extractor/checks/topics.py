"""What a section must report: asked of its text by pattern, then by word."""

from __future__ import annotations

import logging
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import regex

from extractor.checks.subject import Subject
from extractor.report import Evidence, Finding, Section
from extractor.rulebook.model import Topic
from extractor.textnorm import fold, squash


def check_topics(subject: Subject) -> Iterator[Finding]:
    """A finding for each topic that its section does not speak of."""
    if subject.form is None:
        return
    for rule in subject.form.sections:
        held = [section for section in subject.sections if section.id == rule.id]
        text = squash("\n".join(section.text for section in held))
        if not text:
            continue
        for topic in rule.topics:
            if topic.levels and subject.identity.issuer_level not in topic.levels:
                continue
            if not _speaks_of(text, topic):
                yield _finding(held, topic)


def _finding(held: Sequence[Section], topic: Topic) -> Finding:
    return Finding(
        "required_topic_missing",
        section=held[0].id,
        expected=topic.zh,
        detail=topic.zh,
        evidence=(Evidence("heading", held[0].heading, held[0].location),),
    )


def _speaks_of(text: str, topic: Topic) -> bool:
    if any(pattern.search(text) for pattern in _patterns(topic.patterns)):
        return True
    return bool(topic.words) and not _words_of(text, topic.words).isdisjoint(topic.words)


@lru_cache(maxsize=64)
def _patterns(sources: tuple[str, ...]) -> tuple[regex.Pattern[str], ...]:
    return tuple(regex.compile(source) for source in sources)


def _words_of(text: str, wanted: tuple[str, ...]) -> set[str]:
    """The words of a text, told apart where a pattern would join what belongs to two words."""
    tokenizer = _tokenizer()
    for word in wanted:
        tokenizer.add_word(word)
    return set(tokenizer.cut(fold(text)))


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    """The tokenizer of jieba, its cache kept out of folders that others can write."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = tempfile.mkdtemp(prefix="nianbao-")
    return tokenizer
