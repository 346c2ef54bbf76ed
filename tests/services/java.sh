# Sourced by the servers that are made of Java's jars: built once into var/services, reused until what they are built
# from changes. Needs a JDK 17 or newer and, to build, Maven, which keeps what it downloads in ~/.m2.

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

check_java() {
  local missing="Java 17 or newer is not installed: apt install openjdk-17-jdk-headless (or a newer one)" major
  command -v java >/dev/null || fail "$missing"
  major=$(java -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p')
  [ "${major:-0}" -ge 17 ] || fail "$missing; the java found is ${major:-unknown}"
}

check_port() { # port
  if (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then
    fail "port $1 is taken: another server listens on it"
  fi
}

fetch() { # pom.xml folder
  command -v mvn >/dev/null || fail "Maven is not installed: apt install maven"
  mvn -q -B -Dstyle.color=never -f "$1" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$2"
}

# Two first starts at the same time both build; the rename lets one of them win whole.
build_once() { # folder; calls build
  local unfinished
  [ -d "$1" ] && return
  mkdir -p "${1%/*}"
  unfinished=$(mktemp -d "${1%/*}/unfinished.XXXXXX")
  # shellcheck disable=SC2064  # the folder's name is meant to be read now
  trap "rm -rf '$unfinished'" EXIT
  build "$unfinished"
  chmod 755 "$unfinished"
  mv -T "$unfinished" "$1" 2>/dev/null || [ -d "$1" ] || fail "cannot write $1"
  rm -rf "$unfinished"
}
