# What ./dev needs, found or brought. Sourced by ./dev, which is in the repository's root.
#
# Every step looks first and does nothing when its piece is there; it works in .deps/tmp and moves
# the finished piece into place, so an interrupted step is simply done again.
#   set_up build|test|lint    leaves PATH, CXX_CLANG, CHROMIUM and Emscripten's settings exported
#
# apt is used where it exists and where we are root or may sudo; elsewhere a missing tool is one
# line that says what, why and how. Third-party source goes to .deps/, never into the repository.
#
# apt's own $(...) and /etc/os-release are meant as they stand:
# shellcheck shell=bash disable=SC2016,SC1091

deps=$PWD/.deps
least_gxx=12 least_clang=19 least_cmake=3.25 least_emcc=3.1.69 least_node=20 least_imgui=1.92
# PATH without .deps/node: a distribution's npm runs on the distribution's Node.
export TOKENLEVER_MACHINE_PATH=${TOKENLEVER_MACHINE_PATH:-$PATH}

say() { printf '%s\n' "$*" >&2; }
die() { say "./dev: $*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# at_least FOUND WANTED: versions, compared number by number.
at_least() {
  [ -n "$1" ] && [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}

# step NAME FUNCTION...: one line and the seconds it took; its own words on failure only. The function
# runs in a Bash of its own, because `set -e` is off wherever somebody asks whether a step worked.
step() {
  local name=$1 log=$deps/log/${1//[^A-Za-z0-9]/-}.log start=$SECONDS
  shift
  mkdir -p "$deps/log" "$deps/tmp"
  printf 'set-up: %s ... ' "$name" >&2
  if bash -euo pipefail -c '. cmake/setup.sh; "$@"' step "$@" >"$log" 2>&1 </dev/null; then
    say "$((SECONDS - start)) s"
  else
    say "failed"
    tail -n 15 "$log" >&2
    return 1
  fi
}

# --- tools -----------------------------------------------------------------------------------------

gxx_version() { g++ -dumpfullversion 2>/dev/null || true; }
clang_version() { "$1" -dumpversion 2>/dev/null || true; }
cmake_version() { cmake --version 2>/dev/null | sed -n '1s/.* //p'; }
emcc_version() { emcc -dumpversion 2>/dev/null | tail -n 1 || true; }
node_version() { "$1" --version 2>/dev/null | sed 's/^v//'; }

# The newest suitable Clang: clang++-19 by its Debian name, else whatever clang++ is.
find_clang() {
  local candidate
  for candidate in clang++-19 clang++; do
    if at_least "$(clang_version "$candidate")" $least_clang; then echo "$candidate"; return; fi
  done
}

has_sanitizers() {
  [ -n "$1" ] && compgen -G "$("$1" -print-resource-dir)/lib/*/*clang_rt.asan*" >/dev/null
}

find_chromium() {
  local candidate
  for candidate in ${TOKENLEVER_CHROMIUM:-} chromium chromium-browser google-chrome; do
    command -v "$candidate" && return
  done
  true
}

# Lines "package|what|why" of what is missing for the purpose.
missing_tools() {
  at_least "$(gxx_version)" $least_gxx || echo "g++|g++ >= $least_gxx|it compiles the engine"
  at_least "$(cmake_version)" $least_cmake || echo "cmake|cmake >= $least_cmake|it drives the build"
  have ninja || echo "ninja-build|ninja|it runs the build"
  [ -e "$deps/imgui/imgui.h" ] || ! have apt-get || have xz ||
    echo "xz-utils|xz|Debian's source archives are compressed with it"
  at_least "$(emcc_version)" $least_emcc ||
    echo "emscripten|emcc >= $least_emcc|it compiles the engine to WebAssembly"
  # An older Node is enough to fetch a newer one; npm is needed in any case.
  have node || echo "nodejs|node >= $least_node|it builds the page and runs the tests"
  have npm || echo "npm|npm|it fetches the page's build tools"
  [ "$1" = build ] && return
  has_sanitizers "$(find_clang)" ||
    echo "clang-19 libclang-rt-19-dev|clang++ >= $least_clang with sanitizers|it runs the tests checked"
  [ "$1" = lint ] || return 0
  have clang-format-19 || echo "clang-format-19|clang-format-19|it checks the layout"
  have clang-tidy-19 || echo "clang-tidy-19|clang-tidy-19|it checks the code"
}

can_install() {
  have apt-get && { [ "$(id -u)" = 0 ] || { have sudo && { [ -t 0 ] || sudo -n true 2>/dev/null; }; }; }
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# The address of Debian's own archive, as this machine's apt is configured.
debian_mirror() {
  apt-get indextargets --format '$(REPO_URI)|$(ORIGIN)|$(CODENAME)' |
    awk -F'|' -v suite="$(. /etc/os-release; echo "${VERSION_CODENAME:-sid}")" \
      '$2 == "Debian" && $3 == suite { print $1; exit }'
}

# Debian 12 has no Emscripten new enough: trixie's is taken, and nothing else from there, because
# priority 100 loses against everything that Debian 12 has itself.
add_trixie() {
  apt-get indextargets --format '$(CODENAME)' | grep -qx trixie && return
  local mirror; mirror=$(debian_mirror)
  [ -n "$mirror" ] || { echo "no Debian archive among apt's sources"; return 1; }
  printf 'Package: *\nPin: release n=trixie\nPin-Priority: 100\n' |
    as_root tee /etc/apt/preferences.d/tokenlever-trixie
  printf 'Types: deb\nURIs: %s\nSuites: trixie\nComponents: main\nSigned-By: %s\n' "$mirror" \
    /usr/share/keyrings/debian-archive-keyring.gpg |
    as_root tee /etc/apt/sources.list.d/tokenlever-trixie.sources
  as_root apt-get update || true
}

# A foreign source may be out of order; what counts is whether the packages come.
apt_update() { as_root apt-get update || true; }

# Ends what an interrupted installation left half-way; its apt may still be at work behind sudo.
settle_dpkg() {
  local try said
  for try in {1..120}; do
    said=$(as_root dpkg --configure -a 2>&1) && return
    [[ $said == *lock* ]] || break
    sleep 5
  done
  echo "dpkg --configure -a, try $try: $said"
  return 1
}

apt_install() {
  local packages=("$@")
  settle_dpkg
  if [[ " $* " == *" emscripten "* ]] && grep -q '^VERSION_CODENAME=bookworm' /etc/os-release; then
    add_trixie
    packages=("${packages[@]/%emscripten/emscripten/trixie}")
  fi
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install --yes --no-install-recommends -o DPkg::Lock::Timeout=600 "${packages[@]}"
}

set_up_tools() {
  local purpose=$1 missing needed=() wished=() what why package
  missing=$(missing_tools "$purpose")
  read -r -a needed <<<"$(cut -d'|' -f1 <<<"$missing" | paste -sd' ')"
  if [ "$purpose" = test ]; then
    [ -n "$(find_chromium)" ] || wished+=(chromium)
    [ -d /usr/share/fonts/opentype/inter ] || wished+=(fonts-inter)  # steady screenshots
  fi
  if [ ${#needed[@]} -gt 0 ]; then wished+=(ca-certificates ccache); fi
  if [ ${#wished[@]} -gt 0 ] && can_install; then
    step "apt-get update" apt_update || true
    [ ${#needed[@]} = 0 ] || step "apt-get install ${needed[*]}" apt_install "${needed[@]}" || true
    step "apt-get install ${wished[*]}" apt_install "${wished[@]}" || true
    hash -r
    missing=$(missing_tools "$purpose")
  fi
  [ -n "$missing" ] || return 0
  while IFS='|' read -r package what why; do
    say "./dev: $what is missing; $why; install it (Debian: apt-get install $package) and run again"
  done <<<"$missing"
  exit 1
}

# --- Node ------------------------------------------------------------------------------------------

# fresh_npm DEST FOLDER: the packages that FOLDER's lockfile names, checked against its hashes.
fresh_npm() {
  local work=$deps/tmp/npm-${1##*/}
  rm -rf "$work" && mkdir -p "$work"
  cp "$2/package.json" "$2/package-lock.json" "$PWD/.npmrc" "$work"
  # Where a local authority intercepts TLS, the system trusts it and npm must be told.
  if [ -e /etc/ssl/certs/ca-certificates.crt ]; then
    export NODE_EXTRA_CA_CERTS=${NODE_EXTRA_CA_CERTS:-/etc/ssl/certs/ca-certificates.crt}
  fi
  (cd "$work" && PATH=$TOKENLEVER_MACHINE_PATH npm ci --ignore-scripts --no-audit --no-fund)
  lock_key "$2" >"$work/node_modules/.tokenlever-lock"
  rm -rf "$1.old"
  if [ -e "$1" ]; then mv "$1" "$1.old"; fi
  mv "$work/node_modules" "$1"
  rm -rf "$1.old" "$work"
}

lock_key() { cat "$1/package.json" "$1/package-lock.json" | cksum; }

is_fresh_npm() { [ "$(cat "$1/.tokenlever-lock" 2>/dev/null)" = "$(lock_key "$2")" ]; }

set_up_node() {
  if ! at_least "$(node_version node)" $least_node; then
    is_fresh_npm "$deps/node" cmake/node || step "Node 22 from npm" fresh_npm "$deps/node" cmake/node ||
      die "node >= $least_node is missing; it builds the page; install it and run again"
    PATH=$(echo "$deps"/node/node-*/bin):$PATH
  fi
  is_fresh_npm "$PWD/node_modules" . || step "npm packages" fresh_npm "$PWD/node_modules" . ||
    die "npm could not fetch the page's build tools (esbuild, TypeScript, ...); see above"
  PATH=$PWD/node_modules/.bin:$PATH
}

# --- libraries -------------------------------------------------------------------------------------

# header_library PACKAGE FOLDER: the headers of a Debian package, signature-checked by apt, or those
# that are installed. Where there are neither, CMake fetches the pinned upstream release.
header_library() {
  local package=$1 folder=$2 work=$deps/tmp/$1
  rm -rf "$work" && mkdir -p "$work" "$deps/include"
  if [ -d "/usr/include/$folder" ]; then
    cp -r "/usr/include/$folder" "$work/$folder"
  else
    (cd "$work" && apt-get -o APT::Sandbox::User=root download "$package" && dpkg -x ./*.deb unpacked)
    mv "$work/unpacked/usr/include/$folder" "$work/$folder"
  fi
  rm -rf "${deps:?}/include/$folder"
  mv "$work/$folder" "$deps/include/$folder"
  rm -rf "$work"
}

# Debian's binary package of Dear ImGui is a native library; the source package has what we compile.
# apt gets lists and a source line of its own, so the machine's set-up stays as it is. Sid's lists
# expire after a week; a mirror frozen earlier is as good, for the signature is checked all the same.
imgui_source() {
  local work=$deps/tmp/imgui mirror apt
  rm -rf "$work" && mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/source"
  mirror=$(debian_mirror)
  [ -n "$mirror" ] || { echo "no Debian archive among apt's sources"; return 1; }
  echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror sid main" \
    >"$work/sources.list"
  apt=(apt-get -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=-
    -o Dir::State::lists="$work/lists" -o Dir::Cache="$work/cache" -o APT::Sandbox::User=root
    -o Acquire::Check-Valid-Until=false)
  "${apt[@]}" update
  (cd "$work" && "${apt[@]}" source --download-only imgui)
  tar -xf "$work"/imgui_*.orig.tar.[gx]z -C "$work/source" --strip-components=1
  at_least "$(imgui_version "$work/source")" $least_imgui || { echo "Dear ImGui is too old"; return 1; }
  rm -rf "$deps/imgui"
  mv "$work/source" "$deps/imgui"
  rm -rf "$work"
}

imgui_version() { sed -n 's/^#define IMGUI_VERSION  *"\(.*\)".*/\1/p' "$1/imgui.h"; }
# The version a header spells as NAME_MAJOR, NAME_MINOR, NAME_PATCH.
header_version() {
  sed -n "s/^#define $2_\(MAJOR\|MINOR\|PATCH\) *\([0-9]*\).*/\2/p" "$1" | paste -sd.
}

# library NAME FILE FETCHED FUNCTION...: unless FILE is in .deps or CMake has fetched it already.
library() {
  local name=$1 file=$2 fetched=$3
  shift 3
  [ -e "$deps/$file" ] || [ -d "$deps/fetched/$fetched-src" ] ||
    { have apt-get && step "$name" "$@"; } ||
    say "set-up: no Debian package of $name here; CMake takes an installed one or its pinned release"
}

set_up_libraries() {
  library nlohmann/json include/nlohmann/json.hpp nlohmann_json \
    header_library nlohmann-json3-dev nlohmann
  library doctest include/doctest/doctest.h doctest header_library doctest-dev doctest
  library "Dear ImGui" imgui/imgui.h imgui imgui_source
}

# --- Emscripten ------------------------------------------------------------------------------------

# Debian's Emscripten needs help: a newer Binaryen, and an acorn that another vendor's Node finds.
# Other installations are complete.
set_up_emscripten() {
  local root; root=$(em-config EMSCRIPTEN_ROOT)
  [ "$root" = /usr/share/emscripten ] || return 0
  export EM_BINARYEN_ROOT=$PWD/node_modules/binaryen
  EM_NODE_JS=$(command -v node)
  export EM_NODE_JS
  if [ ! -e "$root/node_modules/acorn" ]; then
    step "acorn for Emscripten" link_acorn "$root" ||
      die "acorn is not where Emscripten finds it; its optimiser needs it;" \
        "link /usr/share/nodejs/acorn to $root/node_modules/acorn"
  fi
}

link_acorn() {
  [ -e /usr/share/nodejs/acorn ]
  as_root mkdir -p "$1/node_modules"
  as_root ln -sfn /usr/share/nodejs/acorn "$1/node_modules/acorn"
}

# --- all of it -------------------------------------------------------------------------------------

record_versions() {
  local file=$deps/versions include=$deps/include clang
  clang=$(find_clang)
  {
    echo "g++ $(gxx_version)"
    [ -z "$clang" ] || echo "clang $(clang_version "$clang")"
    echo "cmake $(cmake_version)"
    echo "emscripten $(emcc_version)"
    echo "node $(node_version node)"
    [ ! -e "$include/nlohmann/json.hpp" ] ||
      echo "nlohmann/json $(header_version "$include/nlohmann/detail/abi_macros.hpp" NLOHMANN_JSON_VERSION)"
    [ ! -e "$include/doctest" ] ||
      echo "doctest $(header_version "$include/doctest/doctest.h" DOCTEST_VERSION)"
    [ ! -e "$deps/imgui" ] || echo "imgui $(imgui_version "$deps/imgui") (Debian sid, source)"
    sed -n 's/^ *"\(.*\)": "\([0-9.]*\)",\{0,1\}$/\1 \2 (npm)/p' package.json | grep -v '^version '
  } >"$file.new"
  if cmp -s "$file.new" "$file"; then rm "$file.new"; return; fi
  mv "$file.new" "$file"
  say "versions:"
  sed 's/^/  /' "$file" >&2
}

set_up() {
  mkdir -p "$deps"
  if have flock; then  # one set-up at a time
    exec 9>"$deps/lock"
    flock -n 9 || { say "set-up: waiting for another ./dev"; flock 9; }
  fi
  set_up_tools "$1"
  set_up_node
  set_up_libraries
  set_up_emscripten
  record_versions
  export PATH
  CXX_CLANG=$(find_clang)
  TOKENLEVER_CHROMIUM=$(find_chromium)
  export CXX_CLANG TOKENLEVER_CHROMIUM
  if have flock; then flock -u 9; exec 9>&-; fi
}
