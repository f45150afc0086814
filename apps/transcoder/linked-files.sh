#!/bin/sh
# Copies programs of Debian packages and their shared libraries to a folder that is copied into an image with the same Debian
# version: linked-files.sh FOLDER PROGRAM...
# Programs go to usr/local/bin. The packages are listed in var/lib/dpkg/status.d, where security scanners read them.
# /base-packages lists the packages that the image already contains.
set -eu
out=$1
shift
mkdir -p "$out/usr/local/bin" "$out/var/lib/dpkg/status.d"

# owner FILE prints the package of a file. dpkg stores the path at installation, which can differ by the prefix /usr or by
# symbolic links.
owner() {
  for path in "$1" "/usr$1" "$(realpath "$1")" "$(realpath "$1" | sed 's|^/usr||')"; do
    dpkg-query --search "$path" 2>/dev/null && return
  done
  echo "no package contains $1" >&2
  return 1
}

packages=
for program in "$@"; do
  cp "$program" "$out/usr/local/bin/"
  packages="$packages $(owner "$program")"
done
for library in $(ldd "$@" | awk '$2 == "=>" && $3 ~ "^/" { print $3 }' | sort -u); do
  found=$(owner "$library")
  grep -qxF "${found%%:*}" /base-packages && continue
  path=/usr/${library#/}
  path=$(echo "$path" | sed 's|^/usr/usr/|/usr/|')
  mkdir -p "$out$(dirname "$path")"
  # Copies the file under the name that the loader opens, without symbolic links.
  cp --dereference "$library" "$out$path"
  packages="$packages $found"
done

echo "$packages" | tr ' ' '\n' | sed -n 's|:.*||p' | sort -u | while read -r package; do
  dpkg-query --status "$package" >"$out/var/lib/dpkg/status.d/$package"
  # Licenses must be distributed with the programs.
  mkdir -p "$out/usr/share/doc/$package"
  cp "/usr/share/doc/$package/copyright" "$out/usr/share/doc/$package/"
done
