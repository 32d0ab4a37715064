#!/usr/bin/env bash
# Puts the built site on a branch of its own, for hosts that serve one (Codeberg Pages, for example).
#
#   deploy/branch.sh REMOTE BRANCH
#
# The branch holds the newest site and nothing else: it has one commit, and the old one is replaced.
set -euo pipefail
cd "$(dirname "$0")/.."

remote=${1:?"Usage: deploy/branch.sh REMOTE BRANCH"}
branch=${2:?"Usage: deploy/branch.sh REMOTE BRANCH"}
[ -f site/index.html ] || { echo "site/ is not built; run 'make build' first." >&2; exit 1; }
commit=$(git rev-parse --short HEAD 2>/dev/null || echo "a copy")

aside=$(mktemp -d)
trap 'rm -rf "$aside"' EXIT
cp -R site/. "$aside"
cd "$aside"
git init --quiet --initial-branch="$branch"
git add --all --force
git -c user.name=playbook -c user.email=playbook@invalid commit --quiet --message "The site of $commit"
# Its address may hold a token, which has no business in the log.
git push --quiet --force "$remote" "HEAD:refs/heads/$branch" 2>/dev/null || { echo "The branch '$branch' was not taken." >&2; exit 1; }
echo "The site of $commit is on the branch '$branch'."
