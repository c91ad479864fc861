#!/usr/bin/env bash
# Spark as on Glue 5.1, and the Node wheel, for the tests of the Spark job: a Python environment in .weir/spark-venv.
#   spark-environment.sh          makes it, unless it is there already; prints the path of its Python
#   spark-environment.sh missing  prints in one line what this machine lacks for it; nothing where it lacks nothing
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
venv="$(dirname "$here")/.weir/spark-venv"
requirements="$here/spark-requirements.txt"
# Written last: an environment that was cut off half-way is made again.
made="$venv/made-from.txt"

main() {
  case "${1:-}" in
    '') make ;;
    missing) missing ;;
    *) sed -n '2,4s/^# *//p' "${BASH_SOURCE[0]}" >&2; exit 64 ;;
  esac
}

fail() { echo "$*" >&2; exit 1; }

make() {
  if ! cmp -s "$requirements" "$made"; then
    local lacks
    lacks=$(missing)
    [ -z "$lacks" ] || fail "The Spark environment needs more than this machine has: $lacks"
    hold_lock
    cmp -s "$requirements" "$made" || install >&2
  fi
  echo "$venv/bin/python"
}

# Tests run side by side: one makes it, the others wait. The lock ends with this program.
hold_lock() {
  mkdir -p "$(dirname "$venv")"
  exec 9>"$venv.lock"
  "$(find_python)" -c 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX)'
}

missing() {
  local lacks=()
  java_is_17 || lacks+=('Java 17 (apt-get install openjdk-17-jre-headless)')
  find_python >/dev/null || lacks+=('Python 3.9 to 3.12 with venv (apt-get install python3-venv)')
  local IFS=';'
  echo "${lacks[*]:-}"
}

java_is_17() { "${JAVA_HOME:+$JAVA_HOME/bin/}java" -version 2>&1 | grep -q 'version "17[."]'; }

# Glue 5.1 has Python 3.11; PySpark 3.5 does not run on 3.13.
find_python() {
  local python
  for python in python3.11 python3.12 python3.10 python3.9 python3; do
    if "$python" -c 'import sys, venv, ensurepip; sys.exit(not (3, 9) <= sys.version_info < (3, 13))' 2>/dev/null; then
      echo "$python"
      return
    fi
  done
  return 1
}

install() {
  echo 'Installing Spark 3.5.6 and the Node wheel into .weir/spark-venv: about 400 MB, once ...'
  rm -rf "$venv"
  "$(find_python)" -m venv "$venv"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$requirements" ||
    fail 'pip could not install scripts/spark-requirements.txt: its words stand above. Is there a network?'
  cp "$requirements" "$made"
}

main "$@"
