"""`python -m modelcard_validator`."""

from .cli import main

main()
