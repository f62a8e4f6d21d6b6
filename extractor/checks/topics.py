"""What a section must report: asked of its text by pattern, then by word."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import regex

from extractor.checks.subject import Subject
from extractor.report import Evidence, Finding, Section
from extractor.rulebook.model import Rulebook, Topic
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
            if not _speaks_of(text, topic, subject.rulebook):
                yield _finding(held, topic)


def _finding(held: Sequence[Section], topic: Topic) -> Finding:
    return Finding(
        "required_topic_missing",
        section=held[0].id,
        expected=topic.zh,
        detail=topic.zh,
        evidence=(Evidence("heading", held[0].heading, held[0].location),),
    )


def _speaks_of(text: str, topic: Topic, rulebook: Rulebook) -> bool:
    if any(pattern.search(text) for pattern in _patterns(topic.patterns)):
        return True
    if not topic.words:
        return False
    words = _tokenizer(_topic_words(rulebook)).cut(fold(text))
    return not set(topic.words).isdisjoint(words)


@lru_cache(maxsize=64)
def _patterns(sources: tuple[str, ...]) -> tuple[regex.Pattern[str], ...]:
    return tuple(regex.compile(source) for source in sources)


@lru_cache(maxsize=8)
def _topic_words(rulebook: Rulebook) -> tuple[str, ...]:
    """The words of every topic of every form, which the tokenizer must keep whole."""
    topics = (t for form in rulebook.forms for section in form.sections for t in section.topics)
    return tuple(sorted({word for topic in topics for word in topic.words}))


@lru_cache(maxsize=2)
def _tokenizer(words: tuple[str, ...]) -> Any:
    """The tokenizer of jieba with words of our own.

    Its dictionary is read directly: jieba's own start-up keeps a cache in a folder that others can
    write to, and loads it again as code objects.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for word in words:
        tokenizer.add_word(word)
    return tokenizer
