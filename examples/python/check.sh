#!/bin/sh
# Checks lint, formatting, types and tests with the Python in $PYTHON, or that of the active virtual environment.
set -eu
cd "$(dirname "$0")"
python=${PYTHON:-python}

"$python" -m ruff check .
"$python" -m ruff format --check .
"$python" -m mypy
"$python" -m pytest --quiet
