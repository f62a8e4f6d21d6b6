"""The law as data: rule files in, typed rules out."""

from extractor.rulebook.formula import Evaluation, FormulaError, evaluate, parse_formula
from extractor.rulebook.loader import check_rules, load_rulebook
from extractor.rulebook.pages import explain_page, flag_examples

__all__ = [
    "Evaluation",
    "FormulaError",
    "check_rules",
    "evaluate",
    "explain_page",
    "flag_examples",
    "load_rulebook",
    "parse_formula",
]
