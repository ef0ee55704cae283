# How the benchmarks measure. Sourced by run.
# shellcheck shell=bash

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
