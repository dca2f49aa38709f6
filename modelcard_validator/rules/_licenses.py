"""The licences that a card speaks of, and where their ids stand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from ..card import Card
from ..claims import License, Place
from ..readers import huggingface

MAX_LICENSES = 1000
"""How many of them rules look at: reading one that is not known costs a tenth of a millisecond."""


def licenses(card: Card) -> Iterator[License]:
    """The licences that a card gives for its model, its sources and its data; terms of service are none."""
    sources = (parent.license for parent in card.claims.parents if parent.license is not None)
    data = (dataset.license for dataset in card.claims.datasets if dataset.license is not None)
    return islice(chain(card.claims.licenses, sources, data), MAX_LICENSES)


def is_native(license: License) -> bool:
    """Whether it is the Hub's own `license` key that says so."""
    return license.source.reader == huggingface.READER


def place_of_id(license: License) -> Place:
    """Where the id of a licence stands: under `id` in a record, as the value itself on the Hub."""
    place = license.source.place
    return place if is_native(license) else place.of("id")
