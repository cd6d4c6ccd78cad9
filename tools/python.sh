#!/bin/sh
# Print the first Python of a version this project runs on that can make virtual environments, or say what is missing.
# PYTHON=/path/to/python overrides the search.
check='import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] < (3, 14) else 1)'
without_venv=
for name in ${PYTHON:-python3.11 python3.12 python3.13 python3 python}; do
  command -v "$name" >/dev/null 2>&1 || continue
  "$name" -c "$check" >/dev/null 2>&1 || continue
  if "$name" -c 'import venv, ensurepip' >/dev/null 2>&1; then
    command -v "$name"
    exit 0
  fi
  without_venv="$without_venv $name"
done
if [ -n "$without_venv" ]; then
  echo "landbridge: found$without_venv, but without the module venv: on Debian and Ubuntu install the package python3-venv (or python3.11-venv), then run make again" >&2
else
  echo "landbridge: needs Python 3.11, 3.12 or 3.13, and found none of ${PYTHON:-python3.11 python3.12 python3.13 python3}: install one, or say which with  make PYTHON=/path/to/python" >&2
fi
exit 1
