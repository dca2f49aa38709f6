"""The licence of training data is not known, or cannot be read.

## What it does
Reports a dataset of a record whose `license` is left out, `unknown`, or `other` without a name, a link or a
file. It says nothing of data that needs none: the publisher's own, in the public domain, used by consent or
under a statutory exception (`acquisition.basis`), or for calibration only.

## Why it matters
What cannot be read can neither allow nor forbid anything: whether the data may train this model stays open.
That the writer says `unknown` and that the writer says nothing come to the same, a note: whoever discloses
must not fare worse than who is silent. `other` says that there are terms; somebody has to look at them.

## How to fix
Look the licence up on the dataset's card, at the revision that was used, and write its id. A text without
an id is `other` with `name` and `url` or `file`. Data that was taken by another right than a licence says
which: `acquisition: {basis: text-and-data-mining}`.

## Example
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B}
trained_on: [{dataset: {id: acme/forum-posts}, license: {id: unknown}}]
```
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B}
trained_on: [{dataset: {id: acme/forum-posts}, license: {id: cc-by-4.0}}]
```

## Source
SPEC.md, 3.5, 4.1 and 5.5.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..finding import Kind, Severity
from ..unknowns import license_is_open
from . import Problem, Rule, quoted
from ._licenses import place_of_id

RULE = Rule(Kind.TERMS, Severity.WARNING, needs="record")


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    for dataset in card.claims.datasets:
        if dataset.source.reader != "record" or not license_is_open(dataset):
            continue
        name, license, severity = quoted(dataset.dataset.label), dataset.license, Severity.NOTE
        if license is None:
            place, message = dataset.dataset.place, f"no licence is given for {name}"
        elif (license.id or "").lower() == "other":
            # There are terms, and somebody knows them; not to know them is no more than an open question.
            severity = Severity.WARNING
            place, message = place_of_id(license), f"the licence of {name} is `other`, and nothing says which"
        else:
            place, message = place_of_id(license), f"the licence of {name} is not known"
        help = "Give the licence's id from the dataset's card, or say by what other right it was acquired."
        yield Problem(place, message, help, severity=severity)
