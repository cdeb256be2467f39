#!/bin/sh
# Runs before the plans of a pull request: makes the folder for their reports, and removes those of earlier commits. What was said
# of this commit stays, so that the comment is whole also where one project alone is planned again: each replaces its own.
set -eu

all="/tmp/planwise/$BASE_REPO_OWNER-$BASE_REPO_NAME-$PULL_NUM"
mkdir -p "$all/$HEAD_COMMIT"
for old in "$all"/*; do
    if [ "$old" != "$all/$HEAD_COMMIT" ]; then
        rm -rf "$old"
    fi
done
