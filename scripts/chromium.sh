#!/usr/bin/env bash
# A Chromium for the tests of pages: prints its path.
#   chromium.sh          installs Debian's where there is none and this account may
#   chromium.sh missing  prints in one line what this machine lacks; nothing where it lacks nothing
set -euo pipefail

main() {
  case "${1:-}" in
    '') find_chromium || install ;;
    missing) find_chromium >/dev/null || echo 'a Chromium (apt-get install chromium, or WEIR_CHROMIUM names another one)' ;;
    *) sed -n '2,4s/^# *//p' "${BASH_SOURCE[0]}" >&2; exit 64 ;;
  esac
}

find_chromium() {
  if [ -n "${WEIR_CHROMIUM:-}" ]; then
    echo "$WEIR_CHROMIUM"
    return
  fi
  command -v chromium || command -v chromium-browser || command -v google-chrome || mac_chrome
}

mac_chrome() {
  local program='/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
  [ -x "$program" ] && echo "$program"
}

install() {
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "The pages cannot be tried: this machine lacks $(main missing)" >&2
    exit 1
  fi
  {
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends chromium fonts-dejavu-core
  } >&2
  find_chromium
}

main "$@"
