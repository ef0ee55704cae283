# How long a short command takes, beside the least that a JVM takes. Rounds are interleaved, so that whatever else the
# machine does falls on all of them alike.
# shellcheck shell=bash disable=SC2034,SC2154 # variables of the other parts

cat > "$scratch/Hello.java" <<'JAVA'
public final class Hello {
  public static void main(String[] args) {
    System.out.println("hello");
  }
}
JAVA
"$JAVA_HOME/bin/javac" -d "$scratch" "$scratch/Hello.java"
cp -R "$top/kitchen" "$scratch/kitchen"

hello=() version=() lint=() plan=()
for ((round = 0; round <= rounds; round++)); do
  timed "$JAVA_HOME/bin/java" -Xshare:auto -cp "$scratch" Hello
  hello+=("$micros")
  timed "$top/fix" --version
  version+=("$micros")
  timed "$top/fix" --kitchen "$scratch/kitchen" hooks lint
  lint+=("$micros")
  timed "$top/fix" --kitchen "$scratch/kitchen" plan node:all
  plan+=("$micros")
  [ "$round" -gt 0 ] || hello=() version=() lint=() plan=() # the first one warms the file cache
done
base=$(median "${hello[@]}")
peak_of "$top/fix" --version
version_peak=$peak
peak_of "$top/fix" --kitchen "$scratch/kitchen" hooks lint
lint_peak=$peak
peak_of "$top/fix" --kitchen "$scratch/kitchen" plan node:all
plan_peak=$peak

row "java -Xshare:auto, hello world" "$(ms "$base")" "" "" ""
row "fix --version" "$(ms "$(median "${version[@]}")")" "$(ratio "$(median "${version[@]}")" "$base") hello world" "130 ms" "$(mb "$version_peak")"
row "fix hooks lint, the shipped kitchen" "$(ms "$(median "${lint[@]}")")" "$(ratio "$(median "${lint[@]}")" "$base") hello world" "200 ms" "$(mb "$lint_peak")"
row "fix plan node:all, the shipped kitchen" "$(ms "$(median "${plan[@]}")")" "$(ratio "$(median "${plan[@]}")" "$base") hello world" "" "$(mb "$plan_peak")"
