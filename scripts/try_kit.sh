#!/bin/sh
# Installs dist/kit (make kit) as someone without a network would, and runs what was installed.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
# The Python that .venv was made with: the kit's wheels are for that version.
python=$("$root/.venv/bin/python" -c 'import sys; print(sys._base_executable)')
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

# A network namespace of its own holds no network at all; where that is not permitted, pip at least gets no index.
offline=""
for command in "unshare --net" "unshare --map-root-user --net"; do
    if [ -z "$offline" ] && $command true 2>/dev/null; then offline=$command; fi
done
echo "Trying the kit ${offline:+with no network, by }${offline:-with pip cut off its index}"

# Nothing of this checkout or this user's settings reaches it, and the folder's name has a blank and is not ASCII.
bare() {
    (cd "$place" && env -i PATH=/usr/bin:/bin HOME="$place" LANG=C.UTF-8 PIP_NO_INDEX=1 PYTHON="$python" $offline "$@")
}
cp -R "$root/dist/kit" "$place/받은 kit"
bare sh "$place/받은 kit/install.sh" "$place/설치 here"
bare "$place/설치 here/bin/gongmun" --version
bare "$place/설치 here/bin/gongmun" demo --no-web
# The wheel holds the components' own scripts and styles: a browser loads them (it needs the loopback, not the network).
HOME="$place" "$root/.venv/bin/python" "$root/scripts/try_web.py" "$place/설치 here/bin/gongmun" "$place/.demo"
echo "The kit works."
