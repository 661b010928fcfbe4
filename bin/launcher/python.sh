# Finds the system's Python (3.11 or newer), or says how to get it. Sourced by bin/run, bin/manage and bin/test.
PYTHONPATH=$(CDPATH='' cd -- "$(dirname "$0")" && pwd)
export PYTHONPATH PYTHONUNBUFFERED=1
python=
for candidate in "${PORTAL_PYTHON:-}" /usr/bin/python3 python3 python3.13 python3.12 python3.11; do
    if [ -n "$candidate" ] && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "No Python 3.11 or newer here: installing the system's (apt-get install python3)."
    { apt-get update -q && apt-get install -y -q --no-install-recommends python3; } >/dev/null && python=/usr/bin/python3
fi
if [ -z "$python" ]; then
    echo "The portal needs Python 3.11 or newer. On Debian 12 or Ubuntu 24.04: apt-get install python3" >&2
    exit 1
fi
