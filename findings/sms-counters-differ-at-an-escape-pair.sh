#!/bin/sh
# sms-counter 1.0.0 (npm) says 2 messages for an English text of 305 characters with one euro
# sign in it; sms-segments-calculator 1.3.0 and split-sms 0.1.7 say 3 for the same text. Move the
# sign by one character and all three say 2.
#
# In the GSM 7-bit alphabet the euro sign is two septets, an escape and a letter, which must not
# be parted by a cut (3GPP TS 23.038, 6.2.1, and 23.040, 9.2.3.24.1). sms-counter adds septets and
# divides by 153; the others pack, so a septet stays empty at the cut and the rest no longer fits.
#
# One would guess otherwise because all three agree on length, alphabet and the limits of 160 and
# 153, and on nearly every text: only where a two-septet character meets the cut do they differ,
# and then by a whole message that is paid for.
#
# Seen 2026-11-30: "at the cut: 2 3 3, one before: 2 2 2".
# Wants Node 22 or newer: sms-counter is an ES module and does not say so. Exits with 1 when that
# changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund \
  sms-counter@1.0.0 sms-segments-calculator@1.3.0 split-sms@0.1.7
cat > count.js <<'JS'
const counter = require("sms-counter");
const { SegmentedMessage } = require("sms-segments-calculator");
const { split } = require("split-sms");

const count = counter.count || counter.default.count;
const messages = (text) =>
  [count(text).messages, new SegmentedMessage(text).segmentsCount, split(text).parts.length].join(" ");
const text = (before) => "a".repeat(before) + "€" + "a".repeat(304 - before);
console.log(`at the cut: ${messages(text(152))}, one before: ${messages(text(151))}`);
JS
seen=$(node count.js)
echo "$seen"
[ "$seen" = "at the cut: 2 3 3, one before: 2 2 2" ]
