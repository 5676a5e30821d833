#!/usr/bin/env bash
# Verify a pack: bash verify.sh [--key signer.pub] [--manifest SHA256] [--head SHA256] [--tsa-root ROOT.pem]
# It needs bash 4 or later, jq, openssl, find, and sha256sum, cat, wc, mktemp and rm; it reads the directory in which it lies, and changes nothing.
#   --key FILE      the public key of who signed the manifest (PEM); get it from the signer, not from the pack
#   --sign-off FILE a sign-off of the period that came beside the pack, in the place of MANIFEST.dsse.json; --key is its signer's
#   --manifest HEX  what `sha256sum MANIFEST.json` printed where the pack was made; get it from there, not from the pack
#   --head HEX      the SHA-256 of a header that you know from elsewhere: the pack must have it
#   --tsa-root FILE the root certificate (PEM) of the authority that stamped the ledger; get it from the authority
# Exit codes: 0 verified, 1 altered, missing or contradicting, 2 cannot be judged: no --key or --manifest, or no --tsa-root.
set -u -o pipefail
export LC_ALL=C
key='' manifest='' known_head='' root='' envelope=MANIFEST.dsse.json statement=evidence-pack failures=0
fail() { printf 'FAILED  %s\n' "${1//[^[:print:]]/?}"; failures=$((failures + 1)); }
note() { printf 'NOTE    %s\n' "${1//[^[:print:]]/?}"; }
usage() { printf '%s\n' "$1" "Usage: bash verify.sh [--key signer.pub] [--sign-off FILE] [--manifest SHA256] [--head SHA256] [--tsa-root ROOT.pem]" >&2; exit 2; }
state_of() { if [ -n "${actual[$1]-}" ]; then printf altered; else printf missing; fi; }
while [ $# -gt 0 ]; do
  case $1 in
    --key) key=${2-}; [ -r "$key" ] || usage "--key: there is no file '$key'."; [[ $key = /* ]] || key=$PWD/$key ;;
    --sign-off) envelope=${2-} statement=signoff; [ -r "$envelope" ] || usage "--sign-off: there is no file '$envelope'."; [[ $envelope = /* ]] || envelope=$PWD/$envelope ;;
    --manifest) manifest=${2-}; [ ${#manifest} = 64 ] || usage "--manifest: give 64 hexadecimal digits." ;;
    --head) known_head=${2-}; [ ${#known_head} = 64 ] || usage "--head: give 64 hexadecimal digits." ;;
    --tsa-root) root=${2-}; [ -r "$root" ] || usage "--tsa-root: there is no file '$root'."; [[ $root = /* ]] || root=$PWD/$root ;;
    *) usage "There is no option $1." ;;
  esac
  shift 2
done
[ "$envelope" = MANIFEST.dsse.json ] || [ -n "$key" ] || usage "--sign-off needs --key, the public key of who signed it."
for tool in jq openssl find sha256sum cat wc mktemp rm; do command -v "$tool" > /dev/null || usage "$tool is missing: install it, or use verify.py."; done
[[ ${BASH_SOURCE[0]} = */* ]] && cd "${BASH_SOURCE[0]%/*}"
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# 1. Files: each as SHA256SUMS and MANIFEST.json say, none missing, none besides.
jq -e '.schema == "pack/1"' MANIFEST.json > /dev/null 2>&1 || { fail "MANIFEST.json is missing, or not of a pack that this script knows (pack/1)."; exit 1; }
declare -A listed=() summed=() actual=()
while IFS=$'\t' read -r path digest; do if [ -n "$path" ]; then listed[$path]=$digest; else fail "MANIFEST.json lists a file without a name."; fi; done < <(jq -r '.files | to_entries[] | [.key, .value.sha256] | join("\t")' MANIFEST.json)
while IFS= read -r line || [ -n "$line" ]; do
  [[ $line =~ ^[0-9a-f]{64}"  ". ]] || { fail "SHA256SUMS has an invalid line: '$line'."; continue; }
  [ -z "${summed[${line:66}]-}" ] || fail "SHA256SUMS lists ${line:66} twice."
  summed[${line:66}]=${line:0:64}
done < SHA256SUMS
while IFS= read -r line; do
  path=${line:66}; actual[${path#./}]=${line:0:64}
done < <(find . ! -type d -exec sha256sum {} +)
for path in "${!actual[@]}"; do
  case $path in
    SHA256SUMS | MANIFEST.dsse.json) continue ;;
    MANIFEST.json) ;;
    *) [ -n "${listed[$path]-}" ] || fail "$path is not listed in MANIFEST.json." ;;
  esac
  [ -n "${summed[$path]-}" ] || fail "$path is not listed in SHA256SUMS."
done
for path in "${!summed[@]}"; do
  [ "${actual[$path]-missing}" = "${summed[$path]}" ] || fail "$path is $(state_of "$path"): SHA256SUMS has another SHA-256."
done
for path in "${!listed[@]}"; do
  [ "${actual[$path]-missing}" = "${listed[$path]}" ] || fail "$path is $(state_of "$path"): MANIFEST.json has another SHA-256."
done
for path in "${!actual[@]}"; do
  case $path in
    objects/* | policy/*) name=${path#*/}; [ "${name%.yml}" = "${actual[$path]}" ] || fail "$path is not the object of that name." ;;
    controls/*) name=${path##*-}; [[ ${actual[$path]} = "${name%.yml}"* ]] || fail "$path is not the file of that name." ;;
  esac
done

# 2. Who vouches for the manifest.
[ -z "$manifest" ] || [ "$manifest" = "${actual[MANIFEST.json]}" ] || fail "MANIFEST.json is not the one whose SHA-256 was given (--manifest)."
if [ -n "$key" ]; then
  if jq -r .payload "$envelope" 2> /dev/null | openssl base64 -d -A > "$work/payload" && [ -s "$work/payload" ]; then
    type=application/vnd.in-toto+json
    { printf 'DSSEv1 %d %s %d ' ${#type} $type "$(wc -c < "$work/payload")"; cat "$work/payload"; } > "$work/signed"
    openssl pkey -pubin -in "$key" -noout -text 2> /dev/null | { IFS= read -r about; [[ ${about^^} = *ED25519* ]]; } && hash='' || hash='-digest sha256'
    signed_by=0
    while IFS= read -r signature; do
      printf '%s' "$signature" | openssl base64 -d -A > "$work/signature"
      # shellcheck disable=SC2086 # two words, or none
      openssl pkeyutl -verify -pubin -inkey "$key" -rawin $hash -in "$work/signed" -sigfile "$work/signature" > /dev/null 2>&1 && signed_by=1
    done < <(jq -r '.signatures[].sig' "$envelope")
    [ $signed_by = 1 ] || fail "${envelope##*/} is not signed by the key in $key."
    [ "$(jq -r .predicateType "$work/payload" 2> /dev/null)" = "urn:synth-expectations:$statement/v1" ] || fail "${envelope##*/} is signed, but it is not a statement $statement."
    [ "$(jq -r '.subject[0].digest.sha256' "$work/payload")" = "${actual[MANIFEST.json]}" ] || fail "MANIFEST.json was altered: ${envelope##*/} signs another one."
  else
    fail "${envelope##*/} is missing, or no signed statement."
  fi
fi

# 3. Headers: each names the one before; the last one is that of the manifest.
former=0000000000000000000000000000000000000000000000000000000000000000 count=0 has_known=''; declare -a heads=()
while IFS=$'\t' read -r seq prev && IFS= read -r header <&3; do
  count=$((count + 1))
  [ "$seq" = $count ] || fail "ledger/headers.jsonl, line $count is entry $seq: an entry was removed, swapped or doubled."
  [ "$prev" = "$former" ] || fail "Entry $seq does not name the header before it: one of the two was altered, or removed."
  former=$(printf '%s' "$header" | sha256sum); former=${former%% *}; heads[count]=$former
  [ "$former" != "$known_head" ] || has_known=1
done < <(jq -r '[.seq, .prev] | join("\t")' ledger/headers.jsonl) 3< ledger/headers.jsonl
[ "$count $former" = "$(jq -r '.head | "\(.seq) \(.sha256)"' MANIFEST.json)" ] || fail "ledger/headers.jsonl ends with entry $count, $former: MANIFEST.json names another one. It was cut, or continued."
[ -z "$known_head" ] || [ -n "$has_known" ] || fail "No header has the SHA-256 $known_head (--head): the ledger was cut or rewritten."

# 4. Objects: the bodies of the period's entries, and what the records of its runs name, are here or redacted on record.
require() { [ -n "${actual[objects/$1]-}${actual[pseudonymised/$1.json]-}${redacted[$1]-}" ] || fail "objects/$1 is missing: $2."; }
declare -A redacted=()
while IFS=$'\t' read -r digest seq; do redacted[$digest]=$seq; note "Redacted, on record: $digest, by entry $seq."; done < <(jq -r '.redacted | to_entries[] | [.key, .value] | join("\t")' MANIFEST.json)
while IFS=$'\t' read -r seq kind body; do require "$body" "the body of entry $seq ($kind)"; done < <(jq -r --slurpfile m MANIFEST.json '$m[0] as $m | select((.at[:10] >= $m.period.from and .at[:10] <= $m.period.to) or (.seq | IN($m.runs[].finished, $m.redacted[])) or (.kind | IN("ledger_opened", "policy_approved", "policy_revoked", "key_added", "key_revoked", "recovery"))) | [.seq, .kind, .body_sha256] | join("\t")' ledger/headers.jsonl)
[ "$(jq -S .runs MANIFEST.json | jq -c 'map(.started) | sort')" = "$(jq -c --slurpfile m MANIFEST.json '$m[0].period as $p | select(.kind == "run_started" and .at[:10] >= $p.from and .at[:10] <= $p.to) | .seq' ledger/headers.jsonl | jq -sc sort)" ] || fail "MANIFEST.json does not name the runs that the ledger has in this period."
records=(); while IFS= read -r body; do [ -z "${actual[objects/$body]-}" ] || records+=("objects/$body"); done < <(jq -r --slurpfile m MANIFEST.json 'select(.seq | IN($m[0].runs[].finished)) | .body_sha256' ledger/headers.jsonl)
if [ ${#records[@]} -gt 0 ]; then
  while IFS=$'\t' read -r digest name; do require "$digest" "$name"; done < <(jq -r --slurpfile m MANIFEST.json '$m[0].scope as $s | .run_id as $run | .results[] | select((($s.tables | length) == 0 or (.table | IN($s.tables[]))) and (($s.regulations | length) == 0 or any(.evidence[].regulation; IN($s.regulations[])))) | "run \($run), \(.type) on \(.table)" as $name | (.result_sha256, .sql_sha256) | select(.) | [., $name] | join("\t")' "${records[@]}")
fi

# 5. Anchors: each is over a header that is here; a time stamp leads back to the root of its authority.
anchored=0 when='' stamped='' anchoring='Not anchored: unaltered as far as its owner is trusted.'
while IFS=$'\t' read -r entry body; do
  [ -n "${actual[objects/$body]-}" ] && IFS=$'\t' read -r kind seq head proof target < <(jq -r '[.kind, .seq, .head, .proof_sha256 // "none", .target] | join("\t")' "objects/$body") || continue
  [[ $seq$'\t'$entry =~ ^[1-9][0-9]{0,8}$'\t'[1-9][0-9]{0,8}$ && $seq -lt $entry && ${heads[seq]-} = "$head" ]] || { fail "Entry $entry anchors another entry $seq: the ledger was rewritten."; continue; }
  [ "$kind" = rfc3161 ] || { note "Entry $entry says that $target has a copy of entry $seq: ask there."; continue; }
  require "$proof" "the time stamp of entry $entry"; stamped=1; [ -n "$root" ] || continue
  [[ $(openssl ts -reply -in "objects/$proof" -text 2> /dev/null) =~ "Time stamp: "([^$'\n']+) ]] && time=$(jq -rn --arg t "${BASH_REMATCH[1]}" '$t | sub("[.][0-9]+"; "") | strptime("%b %d %H:%M:%S %Y GMT") | mktime') || time=0
  openssl ts -verify -digest "$head" -in "objects/$proof" -CAfile "$root" -untrusted "$root" -attime "$time" > /dev/null 2>&1 || { fail "objects/$proof is not a time stamp over entry $seq, $head, under the root in $root."; continue; }
  [ "$seq" -lt $anchored ] || { anchored=$seq; when=$(jq -rn "$time | todate"); }
done < <(jq -r 'select(.kind == "anchor") | [.seq, .body_sha256] | join("\t")' ledger/headers.jsonl)
[ $anchored = 0 ] || anchoring="Anchored up to entry $anchored, $when; entries since then that are not: $(jq -s --argjson a $anchored 'map(select(.seq > $a and .kind != "anchor")) | length' ledger/headers.jsonl)."
[ -z "$stamped" ] || [ -n "$root" ] || anchoring='Its time stamps are open: give --tsa-root.'

things='things are'; [ $failures != 1 ] || things='thing is'; if [ $failures -gt 0 ]; then printf 'Not verified: %d %s altered, missing or contradicting.\n' $failures "$things"; exit 1; fi
summary="${#actual[@]} files, $count entries, runs with an end: ${#records[@]}; nothing is altered or missing"
printf '%s\n' "$anchoring"
if [ -z "$key$manifest" ]; then printf 'Not judged: %s, but who made the pack is open. Give --key or --manifest.\n' "$summary"; exit 2; fi
if [ -n "$stamped" ] && [ -z "$root" ]; then printf 'Not judged: %s, and the manifest is vouched for, but the time stamps of the ledger are open.\n' "$summary"; exit 2; fi
printf 'Verified: %s. Head: entry %d, %s.\n' "$summary" "$count" "$former"
