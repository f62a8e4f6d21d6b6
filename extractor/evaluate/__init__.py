"""Accuracy of a dataset against ground truth.

Truth is one JSON file per document (``corpus/README.md`` lists the keys)::

    {"source": "2024/town.pdf", "issuer": "...", "year": 2024, "format": "2021",
     "values": {"disclosure.regulations.issued": "0", ...}, "status": "flagged",
     "sections": [1, 2, 3, 4, 5, 6], "flags": ["T001"], "allowed": ["S002"], "clean": false,
     "layout": "pdf-ruled", "operators": ["row_deleted"], "variants": ["rules:dashed"]}

``values`` gives the figure printed for each indicator; ``null`` where the cell is there and holds
no number; an indicator is left out where the document has no such cell. A number read where the
truth has none is as wrong as a wrong number. A file of several reports lists them under
``reports``. ``issuers`` lists every name that may be given; ``unjudged`` lists indicators that the
document prints more than once and not alike. Keys that are left out are not judged.
Without ``source`` the document is the one whose name without suffix is that of the truth file
(``town.truth.json``), or, for a file named ``truth.json``, the only one beside it.
"""

from extractor.evaluate.evaluation import Evaluation, evaluate
from extractor.evaluate.floors import raise_floors, read_floors, shortfalls
from extractor.evaluate.judge import Mistake
from extractor.evaluate.score import Cause, Rate, Score
from extractor.evaluate.tables import (
    about_corpus,
    full_text,
    mistake_lines,
    rate_table,
    readme_text,
    score_table,
    update_readme,
)

__all__ = [
    "Cause",
    "Evaluation",
    "Mistake",
    "Rate",
    "Score",
    "about_corpus",
    "evaluate",
    "full_text",
    "mistake_lines",
    "raise_floors",
    "rate_table",
    "read_floors",
    "readme_text",
    "score_table",
    "shortfalls",
    "update_readme",
]
