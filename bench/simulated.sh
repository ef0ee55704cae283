# A run over simulated nodes (`fix wrap`, no connection), each with four hooks: what a node costs, and whether it costs
# more in a bigger run. The work of each node and hook is one `sh` that exits at once, counted with the rest.
# shellcheck shell=bash disable=SC2034,SC2154 # variables of the other parts

crowd() { # nodes
  local kitchen=$scratch/crowd-$1 n hook
  mkdir -p "$kitchen"/{nodes,roles,environments,data_bags,cookbooks,site-cookbooks,hooks,hook-defs}
  printf '[userinfo]\nuser = deploy\n' > "$kitchen/littlechef.cfg"
  for ((n = 1; n <= $1; n++)); do printf '{"run_list": []}\n' > "$kitchen/nodes/node$n.bench.test.json"; done
  printf '#!/bin/sh\nexit 0\n' > "$kitchen/hooks/nothing.sh"
  chmod 755 "$kitchen/hooks/nothing.sh"
  for hook in pre:drain pre:silence post:check post:refill; do
    printf '{"name": "%s", "type": "node_%sdeployhook", "exec": "nothing.sh"}\n' "${hook#*:}" "${hook%:*}" \
      > "$kitchen/hook-defs/${hook#*:}.json"
  done
}

small=${BENCH_SMALL:-100} large=${BENCH_LARGE:-1000}
per_node=()
for nodes in "$small" "$large"; do
  crowd "$nodes"
  measured "$top/fix" --kitchen "$scratch/crowd-$nodes" wrap node:all --yes --concurrency 10 -- true '{node}'
  per_node+=($((cpu * 1000 / nodes)))
  compared="$(awk -v us="${per_node[-1]}" 'BEGIN { printf "%.1f ms CPU a node", us / 1000 }')"
  [ "$nodes" = "$small" ] || compared+=", $(ratio "${per_node[1]}" "${per_node[0]}") of $small nodes"
  row "fix wrap, $nodes simulated nodes, four hooks each" "$(ms "$micros")" "$compared" "flat" "$(mb "$peak") (goal 512 MB)"
done
