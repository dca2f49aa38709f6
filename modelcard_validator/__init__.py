"""Model Lineage Metadata: read, check and judge what a model card says of where a model comes from.

The command is `modelcard`; this is the library beneath it:

>>> from modelcard_validator import validate_text
>>> report = validate_text("---\\nlicense: Apache-2.0\\n---\\n# A model\\n")
>>> [finding.rule for finding in report.findings if finding.fix]
['license-id-misspelt']

What is promised: the names in `__all__` and the JSON output, version 1. What is not: the wording of
messages, the modules beneath this one, and that a later version finds no more than this one.
"""

from __future__ import annotations

from .card import Card, card_of
from .engine import CardReport, judge
from .errors import ModelcardError
from .finding import Finding, Fix, Kind, Location, Severity, Verdict

__version__ = "0.1.0"

__all__ = [
    "Card",
    "CardReport",
    "Finding",
    "Fix",
    "Kind",
    "Location",
    "ModelcardError",
    "Severity",
    "Verdict",
    "__version__",
    "validate_text",
]


def validate_text(text: str, filename: str = "README.md") -> CardReport:
    """Judge one card from its text with every rule; `filename` decides how it is read.

    Nothing is read from disk. What is wrong with the text is a finding, never an exception.
    """
    from .document import read
    from .rules import judging_rules

    return judge(card_of((read(text.encode("utf-8", "surrogatepass"), filename),)), judging_rules())
