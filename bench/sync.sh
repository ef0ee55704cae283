# The sync over real OpenSSH nodes: what a run costs where nothing has changed, and a big kitchen beside rsync. Rounds
# are interleaved, so that whatever else the machine does falls on all of them alike.
# shellcheck shell=bash disable=SC2034,SC2154 # variables of the other parts

count=${BENCH_NODES:-50}
big=${BENCH_SYNC_NODES:-20}
concurrency=${BENCH_CONCURRENCY:-10}
sync_rounds=${BENCH_SYNC_ROUNDS:-3}
if [ "$(id -u)" != 0 ]; then
  echo "sync: skipped, for it needs root (each node is an sshd in its own mount namespace)"
  return
fi
if ! command -v sshd > /dev/null && [ ! -x /usr/sbin/sshd ]; then
  echo "sync: skipped, for it needs Debian's package openssh-server"
  return
fi
"$here/fleet" down "$scratch/fleet" # it listens at the same addresses
"$here/fleet" up "$scratch/synced" "$((count > big ? count : big))"
ssh_config=$scratch/synced/ssh_config

# Makes a kitchen in $1 for so many nodes as $2, whose converge does nothing.
a_kitchen() {
  local n
  mkdir -p "$1"/{nodes,roles,environments,data_bags,cookbooks,site-cookbooks}
  printf '[userinfo]\nuser = deploy\nssh-config = %s\n[kitchen]\nconverge_command = true\n' "$ssh_config" > "$1/littlechef.cfg"
  for ((n = 1; n <= $2; n++)); do printf '{"run_list": []}\n' > "$1/nodes/node$n.bench.test.json"; done
}

# Runs a command for each of $1 nodes, as {}.
on_nodes() {
  local nodes=$1
  shift
  printf 'node%s.bench.test\n' $(seq "$nodes") | xargs -P "$concurrency" -I{} "$@"
}

fix_all() { "$top/fix" --kitchen "$1" node:all --concurrency "$concurrency" --yes; }

# --- Nothing has changed ----------------------------------------------------------------------------------------------
small=$scratch/small
a_kitchen "$small" "$count"
cp -R "$top/kitchen/site-cookbooks/." "$small/site-cookbooks"
timed fix_all "$small"
sessions_before=$(grep -c 'Starting session' "$scratch/synced/log/sshd_1")
"$top/fix" --kitchen "$small" node:node1.bench.test > /dev/null
sessions=$(($(grep -c 'Starting session' "$scratch/synced/log/sshd_1") - sessions_before))

start=() one=() plain=() many=()
for ((round = 0; round < sync_rounds; round++)); do
  timed "$top/fix" --version
  start+=("$micros")
  timed "$top/fix" --kitchen "$small" node:node1.bench.test
  one+=("$micros")
  timed on_nodes "$count" ssh -n -F "$ssh_config" {} true
  plain+=("$micros")
  timed fix_all "$small"
  many+=("$micros")
done
one_node=$(($(median "${one[@]}") - $(median "${start[@]}")))
row "one node, nothing changed, after start-up" "$(ms "$one_node")" "$sessions SSH sessions" "350 ms, 3" ""
row "ssh NODE true, $count nodes, $concurrency at once" "$(ms "$(median "${plain[@]}")")" "" "" ""
row "fix node:all, the same nodes, nothing changed" "$(ms "$(median "${many[@]}")")" \
  "$(ratio "$(median "${many[@]}")" "$(median "${plain[@]}")") ssh" "1.5 x ssh" ""

# --- A big kitchen ----------------------------------------------------------------------------------------------------
if ! command -v rsync > /dev/null; then
  echo "sync: the comparison with rsync is skipped, for it needs Debian's package rsync"
  return
fi
large=$scratch/large
a_kitchen "$large" "$big"
# Text as recipes and templates are: about 7 KB a file, which gzip makes a third of.
awk -v top="$large/site-cookbooks" 'BEGIN {
  srand(1)
  for (book = 0; book < 100; book++) {
    dir = sprintf("%s/book%02d/files", top, book)
    system("mkdir -p " dir)
    for (file = 0; file < 30; file++) {
      name = sprintf("%s/file%02d.rb", dir, file)
      for (line = 0; line < 140; line++) {
        text = ""
        for (word = 0; word < 8; word++) text = text sprintf("%c%05d", 97 + rand() * 26, rand() * 4000)
        print text > name
      }
      close(name)
    }
  }
}'
size=$(du -sk --apparent-size "$large/site-cookbooks" | cut -f1)

rsync_all() { on_nodes "$big" rsync -az --delete -e "ssh -F $ssh_config" "$large/site-cookbooks" {}:kitchen/; }

first=() first_rsync=() again=() again_rsync=()
for ((round = 0; round < sync_rounds; round++)); do
  on_nodes "$big" ssh -n -F "$ssh_config" {} 'sudo rm -rf /var/lib/fix "$HOME/kitchen"; mkdir "$HOME/kitchen"'
  rm -rf "$large/.fix"
  timed rsync_all
  first_rsync+=("$micros")
  timed fix_all "$large"
  first+=("$micros")
  timed rsync_all
  again_rsync+=("$micros")
  timed fix_all "$large"
  again+=("$micros")
done
peak_of "$top/fix" --kitchen "$large" node:all --concurrency "$concurrency" --yes
rsync_first=$(median "${first_rsync[@]}")
rsync_again=$(median "${again_rsync[@]}")
row "rsync -az, $((size / 1024)) MB in 3,000 files to $big nodes, $concurrency at once" "$(ms "$rsync_first")" "" "" ""
row "fix node:all, the same for the first time" "$(ms "$(median "${first[@]}")")" \
  "$(ratio "$(median "${first[@]}")" "$rsync_first") rsync" "1.0 x" ""
row "rsync -az, nothing changed" "$(ms "$rsync_again")" "" "" ""
row "fix node:all, nothing changed" "$(ms "$(median "${again[@]}")")" \
  "rsync takes $(ratio "$rsync_again" "$(median "${again[@]}")")" "5 x" "$(mb "$peak")"
