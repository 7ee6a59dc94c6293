#!/usr/bin/env bash
# Installs the Debian packages that Qt's Linux wheels expect from the system; with "test" also the tests' tools.
# Looks for the libraries themselves, since package names differ between releases. Fonts are our own.
set -euo pipefail
PATH="$PATH:/usr/sbin:/sbin"

known=$(ldconfig -p)
missing=()
library() { [[ "$known" == *"$1 "* ]] || missing+=("$2"); }
tool() { command -v "$1" >/dev/null || missing+=("$2"); }

library libEGL.so.1 libegl1
library libGL.so.1 libgl1
library libfontconfig.so.1 libfontconfig1
library libglib-2.0.so.0 libglib2.0-0
library libdbus-1.so.3 libdbus-1-3
library libxkbcommon.so.0 libxkbcommon0
library libxkbcommon-x11.so.0 libxkbcommon-x11-0
library libX11-xcb.so.1 libx11-xcb1
library libxcb-cursor.so.0 libxcb-cursor0
library libxcb-icccm.so.4 libxcb-icccm4
library libxcb-image.so.0 libxcb-image0
library libxcb-keysyms.so.1 libxcb-keysyms1
library libxcb-randr.so.0 libxcb-randr0
library libxcb-render-util.so.0 libxcb-render-util0
library libxcb-shape.so.0 libxcb-shape0
library libxcb-sync.so.1 libxcb-sync1
library libxcb-xfixes.so.0 libxcb-xfixes0
library libxcb-xkb.so.1 libxcb-xkb1
library libwayland-client.so.0 libwayland-client0
library libwayland-cursor.so.0 libwayland-cursor0
library libwayland-egl.so.1 libwayland-egl1
library libcups.so.2 libcups2
if [ "${1:-}" = test ]; then
    tool Xvfb xvfb
    tool strace strace
    # Debian keeps the server's programs out of the search path.
    compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || tool initdb postgresql
fi

[ "${#missing[@]}" -gt 0 ] || exit 0
if ! command -v apt-get >/dev/null; then
    echo "Qt needs system libraries that are missing here. Their Debian packages: ${missing[*]}" >&2
elif [ "$(id -u)" -ne 0 ]; then
    echo "Missing system packages. Please run: sudo apt-get install ${missing[*]}" >&2
else
    echo "Installing system packages: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq update
    apt-get -qq install --yes --no-install-recommends "${missing[@]}" >/dev/null
fi
