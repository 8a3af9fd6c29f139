# What the other scripts share; sourced by them, does nothing by itself.
# shellcheck shell=bash

set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build_packages=(
  libsqlite3-dev libedit-dev libexpat1-dev libzip-dev libxlsxwriter-dev libcurl4-openssl-dev
  pkg-config)

# quietly WHAT COMMAND…: runs the command and shows what it printed only if it fails.
quietly() {
  local what=$1 log status=0
  shift
  [ ! -t 2 ] || printf '%s …\n' "$what" >&2
  log=$(mktemp)
  "$@" >"$log" 2>&1 </dev/null || status=$?
  [ "$status" -eq 0 ] || { cat "$log"; printf '%s: failed (%s)\n' "$what" "$status"; } >&2
  rm -f "$log"
  return "$status"
}

# install_missing PACKAGE…: installs those Debian packages that are not there, and asks nothing.
install_missing() {
  local missing=() package as_root=()
  command -v dpkg-query >/dev/null || return 0 # not Debian: the build says what it lacks
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q ' installed$' ||
      missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  as_root+=(env DEBIAN_FRONTEND=noninteractive apt-get -qq)
  quietly "looking up Debian packages" "${as_root[@]}" update
  quietly "installing ${missing[*]}" "${as_root[@]}" install -y --no-install-recommends "${missing[@]}"
}

# Ends the script unless the compiler is there and new enough.
require_swift() {
  local found=none
  ! command -v swift >/dev/null ||
    found=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9.]*\).*/\1/p')
  [ "$found" != none ] && [ "$(printf '6.3\n%s\n' "$found" | sort -V | head -n 1)" = 6.3 ] && return
  printf 'tongbao needs Swift 6.3 or newer on the PATH; found: %s (see swift.org/install)\n' "$found" >&2
  exit 1
}

# Builds the program that people get: optimised, with the Swift runtime inside it.
build_release() {
  install_missing "${build_packages[@]}"
  require_swift
  quietly "building tongbao (some minutes the first time)" \
    swift build --package-path "$root" -c release --static-swift-stdlib --product tongbao
}
