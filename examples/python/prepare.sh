#!/bin/sh
# Installs the example in a virtual environment, by default .venv, and generates its code from the .proto files.
set -eu
cd "$(dirname "$0")"
venv=${1:-.venv}
stamp=$venv/viernes-installed
wanted=$(python3 --version && cat pyproject.toml)

if [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$wanted" ]; then
  python3 -m venv --clear "$venv"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --editable '.[dev]'
  echo "$wanted" > "$stamp"
fi
"$venv/bin/python" generate.py
