#!/bin/sh
# Copies programs of Debian packages, with the libraries that they are linked with, to a folder that is laid over an image
# of the same Debian: linked-files.sh FOLDER PROGRAM...
# Programs go to usr/local/bin. The packages are noted in var/lib/dpkg/status.d, where scanners look for them.
set -eu
out=$1
shift
mkdir -p "$out/usr/local/bin" "$out/var/lib/dpkg/status.d"

libraries=$(ldd "$@" | awk '$2 == "=>" && $3 ~ "^/" { print $3 }' | sort -u)
{
  for program in "$@"; do
    cp "$program" "$out/usr/local/bin/"
    dpkg-query --search "$program"
  done
  for library in $libraries; do
    # dpkg knows a library by the path that it was installed under: /lib is a link to /usr/lib.
    owner=$(dpkg-query --search "$library" 2>/dev/null || dpkg-query --search "$(realpath "$library")" 2>/dev/null || dpkg-query --search "${library#/usr}")
    # What the base has needs no second copy.
    grep -qxF "${owner%%:*}" /base-packages && continue
    mkdir -p "$out$(dirname "$(realpath "$library")")"
    cp -P "$library" "$(realpath "$library")" "$out$(dirname "$(realpath "$library")")/"
    echo "$owner"
  done
} | cut -d : -f 1 | sort -u | while read -r package; do
  dpkg-query --status "$package" >"$out/var/lib/dpkg/status.d/$package"
  # The licence has to travel with the program.
  mkdir -p "$out/usr/share/doc/$package"
  cp "/usr/share/doc/$package/copyright" "$out/usr/share/doc/$package/" 2>/dev/null || true
done
