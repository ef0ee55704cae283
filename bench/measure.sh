# How the benchmarks measure. Sourced by run.
# shellcheck shell=bash disable=SC2034,SC2154 # variables of the other parts

rounds=${BENCH_ROUNDS:-15}

row() { printf '%-62s %10s  %-34s %-10s %s\n' "$@"; }

# Runs a command, its output thrown away. Sets $micros (wall) and $peak (resident memory in KB, 0 if it could not be
# read); a command that fails ends the benchmark, for its time would say nothing.
timed() {
  local start=$EPOCHREALTIME
  "$@" > /dev/null 2> "$scratch/stderr" < /dev/null || {
    local code=$?
    printf 'bench: exit code %s from: %s\n' "$code" "$*" >&2
    cat "$scratch/stderr" >&2
    exit 1
  }
  local end=$EPOCHREALTIME
  micros=$((${end/[.,]/} - ${start/[.,]/}))
}

# Runs a command and sets $peak to its peak resident memory in KB. The kernel keeps the peak itself; it is gone when
# the process is, so it is read until then.
peak_of() {
  local pid line
  "$@" > /dev/null 2>&1 < /dev/null &
  pid=$!
  peak=0
  while line=$(grep -s '^VmHWM' "/proc/$pid/status"); do
    line=${line//[!0-9]/}
    [ "$line" -le "$peak" ] || peak=$line
  done
  wait "$pid"
}

# Median of the numbers given.
median() { printf '%s\n' "$@" | sort -n | sed -n "$((($# + 1) / 2))p"; }

ms() { echo "$((($1 + 500) / 1000)) ms"; }
mb() { echo "$(($1 / 1024)) MB"; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.1f x", a / b }'; }

# Runs a command, its output thrown away. Sets $micros (wall), $cpu (user and system time of it and of all that it waited
# for, in ms) and $peak (KB); it must end with code 0. Asks for the peak now and then only, so as not to be measured too.
measured() {
  local before after pid name value start end
  [ -p "$scratch/never" ] || mkfifo "$scratch/never"
  before=$(children_ticks)
  start=$EPOCHREALTIME
  "$@" > /dev/null 2> "$scratch/stderr" < /dev/null &
  pid=$!
  peak=0
  while [ -d "/proc/$pid" ]; do
    while read -r name value _; do
      if [ "$name" = VmHWM: ] && [ "$value" -gt "$peak" ]; then peak=$value; fi
      [ "$name" != State: ] || [ "$value" != Z ] || break 2 # it has ended
    done 2> /dev/null < "/proc/$pid/status" || break
    read -rt 0.1 _ <> "$scratch/never" || true
  done
  wait "$pid" || {
    printf 'bench: exit code %s from: %s\n' "$?" "$*" >&2
    cat "$scratch/stderr" >&2
    exit 1
  }
  end=$EPOCHREALTIME
  after=$(children_ticks)
  micros=$((${end/[.,]/} - ${start/[.,]/}))
  cpu=$(((after - before) * 1000 / $(getconf CLK_TCK)))
}

# User and system time of this shell's ended children, in ticks. The name of a process may hold anything.
children_ticks() {
  local stat
  read -r stat < "/proc/$$/stat"
  # shellcheck disable=SC2086 # split at spaces on purpose
  set -- ${stat##*) }
  echo $((${14} + ${15}))
}
