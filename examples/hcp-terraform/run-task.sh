#!/bin/sh
# Answers a run task of HCP Terraform after a plan. Called by your own server with the request's JSON in the file $1, after that has
# checked the signature (X-TFC-Task-Signature) and answered the request itself with 200. Needs curl, jq and planwise.
set -eu

request=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

token=$(jq -er .access_token "$request")
callback=$(jq -er .task_result_callback_url "$request")
# The token stands in a file, not among the arguments, which others on the machine can see.
printf 'header = "Authorization: Bearer %s"\nheader = "Content-Type: application/vnd.api+json"\n' "$token" > "$folder/headers"

curl --fail --silent --show-error --location --config "$folder/headers" \
    --output "$folder/plan.json" "$(jq -er .plan_json_api_url "$request")"

code=0
planwise check "$folder/plan.json" --format run-task --exit-zero --no-repo > "$folder/answer.json" 2> "$folder/error.txt" || code=$?
if [ "$code" -ne 0 ]; then
    # What could not be analysed does not pass.
    jq -n --rawfile error "$folder/error.txt" \
        '{data: {type: "task-results", attributes: {status: "failed", message: $error}}}' > "$folder/answer.json"
fi

curl --fail --silent --show-error --config "$folder/headers" --request PATCH --data "@$folder/answer.json" "$callback"
