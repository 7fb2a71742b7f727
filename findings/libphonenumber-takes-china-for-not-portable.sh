#!/bin/sh
# phonenumbers 9.0.43 (PyPI, the Python port of libphonenumber and its data): what is meant to name
# a carrier only where a number cannot have moved to another one, `carrier.safe_display_name`, names
# one for every number of mainland China, where numbers move between carriers since 2019-11-27
# (technode.com/2019/11/27/china-launches-mobile-number-portability-program-despite-carriers-resistance,
# read 2026-11-30). The data does not mark CN as such a region.
#
# What it says is the carrier the range was given to. Whoever picks a channel, a price or a reported
# signature by it is wrong for all who moved, and is told that it is safe.
#
# One would guess otherwise because the function is made for that and keeps silent for Hong Kong and
# Taiwan, and because the ranges of China in the same data are newer than that date: 192, of the
# carrier that began in 2022, is known.
#
# Seen 2026-11-30:
#   +8613800138000 [China Mobile] [China Mobile]
#   +8619200000001 [China Broadnet] [China Broadnet]
#   +85270123456 [China Mobile] []
#   +886912345678 [Chunghwa Telecom] []
# Exits with 1 when that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check phonenumbers==9.0.43
cat > carriers.py <<'PYTHON'
from phonenumbers import carrier, parse

for number in ("+8613800138000", "+8619200000001", "+85270123456", "+886912345678"):
    parsed = parse(number)
    first = carrier.name_for_number(parsed, "en")
    print(number, f"[{first}]", f"[{carrier.safe_display_name(parsed, 'en')}]")
PYTHON
seen=$(venv/bin/python carriers.py)
echo "$seen"
[ "$seen" = "+8613800138000 [China Mobile] [China Mobile]
+8619200000001 [China Broadnet] [China Broadnet]
+85270123456 [China Mobile] []
+886912345678 [Chunghwa Telecom] []" ]
