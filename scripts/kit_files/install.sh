#!/bin/sh
# Installs Gongmun from this folder, without a network:   sh install.sh [DIR]
# With another Python:                                    PYTHON=python3.12 sh install.sh [DIR]
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
exec "${PYTHON:-python3}" "$here/install.py" "$@"
