#!/bin/sh
# Installs deid from this folder, without any network:  sh install.sh FOLDER [PYTHON]
# FOLDER is made anew and holds the program afterwards, with its own copies of all it needs.
set -eu
if [ $# -lt 1 ] || [ $# -gt 2 ]; then
    echo "sh install.sh FOLDER [PYTHON]      for example: sh install.sh /opt/deid/0.1.0 python3.12" >&2
    exit 2
fi
target=$1
here=$(cd "$(dirname "$0")" && pwd)
read -r version machine _ < "$here/python"
python=${2:-python$version}

if [ -e "$target" ]; then
    echo "$target is there already; name a folder that is not (the old one is your way back)" >&2
    exit 1
fi
found=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2> /dev/null || true)
if [ "$found" != "$version" ] || [ "$(uname -m)" != "$machine" ]; then
    echo "This folder is for Python $version on $machine; $python here is ${found:-absent}, on $(uname -m)." >&2
    echo "Install Python $version, or say where it is: sh install.sh $target /path/to/python$version" >&2
    exit 1
fi
if ! (cd "$here" && sha256sum --check --quiet SHA256SUMS); then
    echo "This folder is not whole; copy it again." >&2
    exit 1
fi
unfinished() {
    rm -rf "$target"
    echo "Not installed; $target was removed again. Put right what is said above, then try again." >&2
}
trap unfinished EXIT
trap 'exit 1' HUP INT TERM
echo "Installing into $target: about 1 GB, some minutes"
"$python" -m venv "$target"
"$target/bin/python" -m pip --isolated --disable-pip-version-check --quiet install \
    --no-index --find-links "$here/wheels" --require-hashes --no-deps -r "$here/requirements.txt"
"$target/bin/python" -m pip --isolated --disable-pip-version-check check
trap - EXIT
echo "deid $("$target/bin/deid" version) is installed: $target/bin/deid"
echo "Next: $here/docs/operations.md"
