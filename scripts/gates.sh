# Runs gates two at a time, for most of them keep one core busy. Sourced by `.ci/run`:
#   gate NAME COMMAND...    begins the command as soon as there is room for it
#   alone NAME COMMAND...   runs it with nothing beside it: it uses all cores, or measures, or others need what it makes
#   end_gates               waits for all, prints a line for each, and returns 1 where one was red
# What a gate prints goes to a file of its own, and is shown whole when the gate has ended.

readonly BESIDE=${WEIR_GATES_BESIDE:-2}
readonly MOST=${WEIR_GATE_MINUTES:-30}m
readonly LOGS=${WEIR_GATE_LOGS:-.weir/gates}

results=()
red=0
# By process.
declare -A names=() begun=()

gate() {
  local name=$1
  shift
  while ((${#names[@]} >= BESIDE)); do end_one; done
  # A gate that hangs is red like any other, and the ones after it are still seen.
  timeout --kill-after=30 "$MOST" bash -c '"$@"' gate "$@" >"$(log_of "$name")" 2>&1 </dev/null &
  names[$!]=$name
  begun[$!]=$EPOCHREALTIME
  printf '    %s begins\n' "$name"
}

alone() {
  end_all
  gate "$@"
  end_all
}

end_gates() {
  end_all
  printf '\n'
  printf '%s\n' "${results[@]}"
  return "$red"
}

# For a trap: a run that is interrupted leaves no gate behind.
stop_gates() {
  ((${#names[@]} == 0)) || kill "${!names[@]}" 2>/dev/null
  wait
}

end_all() { while ((${#names[@]} > 0)); do end_one; done; }

end_one() {
  local pid verdict=green
  until pid=$(ended); do sleep 0.2; done
  wait "$pid" || { verdict=red; red=1; }
  printf '\n=== %s\n' "${names[$pid]}"
  cat "$(log_of "${names[$pid]}")"
  results+=("$(printf '%-5s %6.1f s  %s' "$verdict" "$(seconds_since "${begun[$pid]}")" "${names[$pid]}")")
  unset "names[$pid]" "begun[$pid]"
}

# Not `wait -n`: in bash 5.2 it does not see those that had ended before.
ended() {
  local pid
  for pid in "${!names[@]}"; do kill -0 "$pid" 2>/dev/null || { echo "$pid"; return 0; }; done
  return 1
}

log_of() { mkdir -p "$LOGS" && echo "$LOGS/${1//[^A-Za-z0-9]/-}.log"; }

seconds_since() { awk -v a="${1/,/.}" -v b="${EPOCHREALTIME/,/.}" 'BEGIN { print b - a }'; }
