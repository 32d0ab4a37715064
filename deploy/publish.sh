#!/usr/bin/env bash
# Lays the built site on a server as a new release, and lets it take the old one's place in one step.
#
#   deploy/publish.sh ada@www.example.com:/srv/www/playbook
#   deploy/publish.sh /srv/www/playbook                        # on the server itself
#
# Below that folder there are then releases/DATE-COMMIT/ with site/ and policy.conf, and current, a link
# to the newest. Whoever reads while it runs gets the old site, whole. The last five releases stay: to go
# back, let the link point at one of them. Needs rsync on both sides, and GNU mv on the server.
set -euo pipefail
cd "$(dirname "$0")/.."

target=${1:?"Usage: deploy/publish.sh [USER@HOST:]FOLDER"}
keep=5
[ -f site/index.html ] || { echo "site/ is not built; run 'make build' first." >&2; exit 1; }

case $target in
  *:*) host=${target%%:*}; folder=${target#*:} ;;
  *)   host=""; folder=$target ;;
esac
there() { # run a script on the server, with arguments
  if [ -n "$host" ]; then
    # The words go through a second shell there.
    ssh -- "$host" "bash -s -- $(printf '%q ' "$@")"
  else
    bash -s -- "$@"
  fi
}

release="$(date -u +%Y%m%d-%H%M%S)-$(git rev-parse --short HEAD 2>/dev/null || echo copy)"
aside=$(mktemp -d)
trap 'rm -rf "$aside"' EXIT
"${PYTHON:-python3}" deploy/csp.py site > "$aside/policy.conf"

there "$folder" "$release" <<'THERE'
set -euo pipefail
mkdir -p "$1/releases/.$2/site"
THERE

# What is the same as before is not sent: it becomes another name of the old file, with its old date, so
# that a browser keeps what it has. Who may read it is said here and not by your umask.
rsync --recursive --links --checksum --perms --chmod=D755,F644 --link-dest="$folder/current/site/" \
  site/ "${host:+$host:}$folder/releases/.$release/site/"
rsync --chmod=F644 --perms "$aside/policy.conf" "${host:+$host:}$folder/releases/.$release/policy.conf"

there "$folder" "$release" "$keep" <<'THERE'
set -euo pipefail
cd "$1"
mv "releases/.$2" "releases/$2"
if ! cmp -s "releases/$2/policy.conf" current/policy.conf; then
  echo "The policy is a new one: reload nginx (nginx -t && nginx -s reload)."
fi
ln -sfn "releases/$2" ".current.$$"
mv -T ".current.$$" current
rm -rf releases/.[0-9]* # what was cut short before
ls -1 releases | sort -r | tail -n "+$(($3 + 1))" | while read -r old; do
  rm -rf "releases/$old"
done
THERE
echo "Published $release."
