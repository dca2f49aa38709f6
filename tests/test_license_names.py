"""What people write for a licence: the one id that is meant, or no answer where there is not one."""

from __future__ import annotations

import pytest

from modelcard_validator import hub, license_names

MEANT = {
    "apache-2.0": "Apache-2.0|Apache 2.0|apache2|Apache License, Version 2.0|Apache Licence v2|apache_2-0",
    "mit": "MIT|MIT License|The MIT License|mit-licence",
    "bsd-2-clause": "BSD 2-Clause|simplified BSD|BSD-2",
    "bsd-3-clause": "BSD 3 Clause License|3-clause BSD|new BSD license|BSD-3",
    "bsd-3-clause-clear": "BSD-3-Clause-Clear",
    "bsl-1.0": "BSL-1.0|Boost Software License 1.0",
    "c-uda": "C-UDA-1.0|C-UDA",
    "cc-by-4.0": "CC BY 4.0|cc-by-4|CC-BY-4-0|Creative Commons Attribution 4.0 International",
    "cc-by-nc-4.0": "cc by nc 4.0|CC BY-NC 4.0|Creative Commons Attribution-NonCommercial 4.0",
    "cc-by-nc-sa-4.0": "CC-BY-NC-SA 4.0|cc-by-sa-nc-4.0|CC BY-NC-SA 4.0 International",
    "cc-by-nc-nd-3.0": "CC BY-NC-ND 3.0 Unported",
    "cc0-1.0": "CC0|cc-zero|CC0 1.0 Universal",
    "creativeml-openrail-m": "CreativeML Open RAIL-M",
    "openrail++": "OpenRAIL++-M|CreativeML Open RAIL++-M",
    "fair-noncommercial-research-license": "FAIR Noncommercial Research License",
    "gemma": "Gemma|Gemma Terms of Use",
    "gpl-3.0": "GPLv3|GPL 3|gpl3|GNU GPL v3.0|GNU General Public License v3.0",
    "agpl-3.0": "AGPLv3|GNU Affero General Public License v3.0",
    "lgpl-2.1": "LGPL v2.1",
    "lgpl-lr": "LGPLLR",
    "llama2": "Llama 2|LLAMA-2|Llama 2 Community License Agreement",
    "llama3": "Llama 3|llama-3|Meta Llama 3 Community License",
    "llama3.1": "llama-3.1|Llama 3.1|llama3_1|Llama 3.1 Community License Agreement",
    "odc-by": "ODC-By-1.0|ODC-BY",
    "odbl": "ODbL-1.0",
    "pddl": "PDDL-1.0",
    "mpl-2.0": "Mozilla Public License 2.0|MPL 2.0",
    "other": "Other|OTHER",
    "unknown": "Unknown|NOASSERTION",
}
NO_ANSWER = [
    *(
        "apache",
        "apache-1.1",
        "cc",
        "cc-by",
        "CC-BY-SA",
        "cc-by-3.0-us",
        "CC BY 4.0 Unported",
        "cc-by-by-4.0",
    ),
    *("bsd-4-clause", "bsl", "BSL 1.0", "bsl-1.1", "BUSL-1.1", "Business Source License 1.1", "gpl-1.0"),
    *(
        "GPL-3.0-or-later",
        "GPL-3.0-only",
        "gplv3+",
        "gfdl-1.3",
        "llama",
        "llama-2-7b",
        "llama3.4",
        "llama2-chat",
    ),
    *(
        "gemma-2",
        "openrail-m",
        "modified-mit",
        "MIT-0",
        "mit/apache-2.0",
        "MIT OR Apache-2.0",
        "MIT, Apache-2.0",
    ),
    *(
        "unlicensed",
        "no license",
        "none",
        "public domain",
        "proprietary",
        "acme-open",
        "license",
        "2.0",
        "",
        "-",
    ),
    *("CC-BY-NC-4.0 (weights)", "Apache-2.0 WITH LLVM-exception", "apache 2.0 and mit", "WTFPL v3", "."),
]


@pytest.mark.parametrize(("right", "written"), [(id, word) for id in MEANT for word in MEANT[id].split("|")])
def test_one_id_is_meant(right: str, written: str) -> None:
    assert license_names.hub_id(written) == right


@pytest.mark.parametrize("written", NO_ANSWER)
def test_no_id_is_meant(written: str) -> None:
    assert license_names.hub_id(written) in (None, written)


@pytest.mark.parametrize("id", sorted(hub.LICENSES))
def test_an_id_is_left_alone_and_known_in_any_case(id: str) -> None:
    assert license_names.hub_id(id) is None
    assert license_names.hub_id(id.upper()) == id
    assert license_names.is_known(id)
    assert license_names.meant(id) == id


@pytest.mark.parametrize("written", ["unlicensed", "gpl-1.1", "bsd-1-clause", "cc-by-na-4.0", "mitt"])
def test_a_slip_is_never_guessed_where_two_fit_or_a_number_differs(written: str) -> None:
    assert license_names.slip_of(written) is None
