# A run over many real OpenSSH nodes, each with four hooks, beside plain `ssh NODE true` at the same concurrency.
# shellcheck shell=bash disable=SC2034,SC2154 # variables of the other parts

count=${BENCH_NODES:-50}
concurrency=${BENCH_CONCURRENCY:-10}
if [ "$(id -u)" != 0 ]; then
  echo "fleet: skipped, for it needs root (each node is an sshd in its own mount namespace)"
  return
fi
if ! command -v sshd > /dev/null && [ ! -x /usr/sbin/sshd ]; then
  echo "fleet: skipped, for it needs Debian's package openssh-server"
  return
fi
"$here/fleet" up "$scratch/fleet" "$count"

herd=$scratch/herd
mkdir -p "$herd"/{nodes,roles,environments,data_bags,cookbooks,site-cookbooks,hooks,hook-defs}
printf '[userinfo]\nuser = deploy\nssh-config = %s\n[kitchen]\nconverge_command = true\n' "$scratch/fleet/ssh_config" > "$herd/littlechef.cfg"
for ((n = 1; n <= count; n++)); do printf '{"run_list": []}\n' > "$herd/nodes/node$n.bench.test.json"; done
printf '#!/bin/sh\nexit 0\n' > "$herd/hooks/nothing.sh"
chmod 755 "$herd/hooks/nothing.sh"
for hook in drain silence; do
  printf '{"name": "%s", "type": "node_predeployhook", "exec": "nothing.sh"}\n' $hook > "$herd/hook-defs/$hook.json"
done
for hook in check refill; do
  printf '{"name": "%s", "type": "node_postdeployhook", "exec": "nothing.sh"}\n' $hook > "$herd/hook-defs/$hook.json"
done

plain_ssh() { # more options
  printf 'node%s.bench.test\n' $(seq "$count") | xargs -P "$concurrency" -I{} ssh -F "$scratch/fleet/ssh_config" "$@" {} true
}

# The same kitchen without its hooks: what the push itself costs.
cp -R "$herd" "$herd-bare"
rm "$herd-bare"/hook-defs/*
push() { "$top/fix" --kitchen "$herd-bare" "$@" --yes; }

push node:all -c "$concurrency" > /dev/null # from now on nothing has changed
default=() curve=() ours=() bare=() one=() version=()
for round in 1 2 3; do
  timed "$top/fix" --version
  version+=("$micros")
  timed push node:node1.bench.test
  one+=("$micros")
  timed push node:all -c "$concurrency"
  bare+=("$micros")
  timed plain_ssh -n
  default+=("$micros")
  timed plain_ssh -n -o KexAlgorithms=curve25519-sha256
  curve+=("$micros")
  timed "$top/fix" --kitchen "$herd" node:all --concurrency "$concurrency" --yes
  ours+=("$micros")
done
peak_of "$top/fix" --kitchen "$herd" node:all --concurrency "$concurrency" --yes
run=$(median "${ours[@]}")
row "ssh NODE true, $count nodes, $concurrency at once" "$(ms "$(median "${default[@]}")")" "" "" ""
row "the same with curve25519, which sshj uses too" "$(ms "$(median "${curve[@]}")")" "" "" ""
row "fix node:all, the same nodes, four hooks each" "$(ms "$run")" \
  "$(ratio "$run" "$(median "${default[@]}")") ssh, $(ratio "$run" "$(median "${curve[@]}")") curve25519" "3 x ssh" "$(mb "$peak")"
bare_run=$(median "${bare[@]}") one_run=$(median "${one[@]}") start_up=$(median "${version[@]}")
row "fix node:all, the same nodes, no hooks, nothing changed" "$(ms "$bare_run")" \
  "$(ratio "$bare_run" "$(median "${default[@]}")") ssh, $(ratio "$bare_run" "$(median "${curve[@]}")") curve25519" "1.5 x ssh" ""
row "fix node:node1, no hooks, nothing changed" "$(ms "$one_run")" "$(ms $((one_run - start_up))) after start-up" "350 ms" ""
