"""How long hypothesis searches; `HYPOTHESIS_PROFILE=long python -m pytest tests/property` takes minutes."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# No deadlines: a busy machine fails no test. What must be fast is measured by itself.
settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(
    "long", settings.get_profile("default"), max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", 20_000))
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
