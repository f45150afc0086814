#!/bin/sh
# Checks the generated code and the formatting, then runs go vet and the tests. Requires buf, which `npm ci` installs
# into node_modules/.bin of this repository.
set -eu
cd "$(dirname "$0")"
PATH="$PWD/../../node_modules/.bin:$PATH"

buf generate
changed=$(git status --porcelain -- transcodepb)
if [ -n "$changed" ]; then
  echo "Generated files are out of date. Run npx buf generate in examples/go and commit:"
  echo "$changed"
  exit 1
fi >&2
unformatted=$(gofmt -l .)
if [ -n "$unformatted" ]; then
  echo "Files are not formatted. Run gofmt -w in examples/go:"
  echo "$unformatted"
  exit 1
fi >&2
go vet ./...
go test ./...
