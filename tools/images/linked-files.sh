#!/bin/sh
# Copies programs of Debian packages, with the libraries that they are linked with, to a folder that is laid over an image
# of the same Debian: linked-files.sh FOLDER PROGRAM...
# Programs go to usr/local/bin. The packages are noted in var/lib/dpkg/status.d, where scanners look for them.
# /base-packages lists the packages that the image has already.
set -eu
out=$1
shift
mkdir -p "$out/usr/local/bin" "$out/var/lib/dpkg/status.d"

# owner FILE prints the package that it is of. dpkg knows a library by the path that it was installed under, which may be
# the other name of /usr/lib, or where a chain of alternatives leads to.
owner() {
  for path in "$1" "/usr$1" "$(realpath "$1")" "$(realpath "$1" | sed 's|^/usr||')"; do
    dpkg-query --search "$path" 2>/dev/null && return
  done
  echo "no package has $1" >&2
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
  # The file itself under the name that the loader asks for, at the end of however many links.
  cp --dereference "$library" "$out$path"
  packages="$packages $found"
done

echo "$packages" | tr ' ' '\n' | sed -n 's|:.*||p' | sort -u | while read -r package; do
  dpkg-query --status "$package" >"$out/var/lib/dpkg/status.d/$package"
  # The licence has to travel with the program.
  mkdir -p "$out/usr/share/doc/$package"
  cp "/usr/share/doc/$package/copyright" "$out/usr/share/doc/$package/"
done
