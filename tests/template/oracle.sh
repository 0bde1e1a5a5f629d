#!/bin/sh
# Debian's python3 has jinja2; another python first in the path may not.
here=$(dirname "$0")
for python in /usr/bin/python3 python3; do
  if "$python" -c 'import jinja2' 2>/dev/null; then exec "$python" "$here/oracle.py" "$@"; fi
done
echo "skipped: no python3 with jinja2 (Debian: python3-jinja2)"
exit 77
