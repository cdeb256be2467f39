#!/bin/sh
# Runs after all plans of a pull request: makes one comment of their reports, and updates it the next time.
# The token is read from the environment: GITHUB_TOKEN, GITLAB_TOKEN, AZURE_DEVOPS_TOKEN or BITBUCKET_TOKEN.
set -eu

out="/tmp/planwise/$BASE_REPO_OWNER-$BASE_REPO_NAME-$PULL_NUM/$HEAD_COMMIT"

# No project was planned. What could not be analysed has left a report that says so.
set -- "$out"/*.json
if [ ! -e "$1" ]; then
    exit 0
fi

planwise comment "$@" --post github --repo "$BASE_REPO_OWNER/$BASE_REPO_NAME" --pull-request "$PULL_NUM"
