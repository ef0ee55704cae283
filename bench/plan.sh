# A plan for a big company's kitchen, made from a seed.
# shellcheck shell=bash disable=SC2034,SC2154 # variables of the other parts

plan_nodes=${BENCH_PLAN_NODES:-10000}
definitions=${BENCH_PLAN_DEFINITIONS:-1000}
"$JAVA_HOME/bin/java" "$here/GenerateKitchen.java" "$scratch/big" "$plan_nodes" "$definitions" "${BENCH_SEED:-1}"

plan=() lint=()
for round in 1 2 3 4 5; do
  timed "$top/fix" --kitchen "$scratch/big" plan node:all
  plan+=("$micros")
  timed "$top/fix" --kitchen "$scratch/big" hooks lint
  lint+=("$micros")
done
peak_of "$top/fix" --kitchen "$scratch/big" plan node:all
plan_peak=$peak
peak_of "$top/fix" --kitchen "$scratch/big" hooks lint
row "fix plan node:all, $plan_nodes nodes, $definitions definitions" "$(ms "$(median "${plan[@]}")")" \
  "$(($(median "${plan[@]}") / plan_nodes)) us a node" "2000 ms" "$(mb "$plan_peak") (goal 512 MB)"
row "fix hooks lint, the same kitchen" "$(ms "$(median "${lint[@]}")")" "" "" "$(mb "$peak")"
