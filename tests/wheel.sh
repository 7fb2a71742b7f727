#!/usr/bin/env bash
# Build the wheel and use it as a stranger would: tests/wheel.sh CHECKOUT FOLDER
# FOLDER must not exist yet. Needs uv.
set -euo pipefail
checkout=$1 folder=$2
mkdir "$folder"
uv build -q --wheel -o "$folder/dist" "$checkout"
wheel=$(echo "$folder"/dist/smsform-*-py3-none-any.whl)
python3 "$checkout/tests/wheel.py" "$checkout" "$wheel"
uv venv -q --python python3 "$folder/venv"
uv pip install -q -p "$folder/venv/bin/python" "$wheel"
cd "$folder" # so that nothing is imported from a checkout
PATH=$folder/venv/bin:$PATH
smsform --version
smsform init project --yes --ci github 2>/dev/null
smsform -C project validate
smsform -C project apply --auto-approve --wait | tail -n 1
smsform -C project preview --format html -o page.html
smsform --lang zh -C project status >/dev/null
python -c 'from smsform import Project; print(len(Project.load("project").ids()), "ids")'
