#!/usr/bin/env bash
# apprise 2.3.0 reports success for messages that a WeCom or a DingTalk robot refused.
#
# Found with apprise 2.3.0 (PyPI), Python 3.11, on 2026-11-29. Both services answer
# every call with HTTP 200 and say in the body what came of it: `errcode` 0 for taken,
# else a code (WeCom 93000 invalid webhook url, 45009 too many messages; DingTalk 310000
# wrong signature or no keyword); developer.work.weixin.qq.com/document/path/91770,
# open.dingtalk.com/document/robots/custom-robot-access. The plugins for both look at the
# HTTP status alone, so a robot that was removed, a wrong key and a message over the limit
# all look as sent.
#
# One would guess otherwise: the result of `notify` is there to tell, and the plugin for
# Feishu, whose answers are of the same kind (`code`), does read the body.
#
# Seen: wecombot True, dingtalk True, feishu False. Nothing leaves this machine: what
# apprise hands to `requests` is answered as the services document it. Exits 1 where a
# refusal is noticed by WeCom's or DingTalk's plugin.
set -euo pipefail
exec </dev/null

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check apprise==2.3.0

cat > "$work/run.py" <<'PYTHON'
import sys

import apprise
import requests

REFUSALS = {
    "wecombot://0a1b2c3d-0000-1111-2222-333344445555": '{"errcode":93000,"errmsg":"invalid webhook url"}',
    "dingtalk://0a1b2c3d4e5f60718293": '{"errcode":310000,"errmsg":"sign not match"}',
    "feishu://0a1b2c3d4e5f60718293": '{"code":19021,"msg":"sign match fail or timestamp is not within one hour"}',
}
calls = []


def refusing(text):
    def post(url, data=None, **more):
        calls.append(url)
        answer = requests.Response()
        answer.status_code, answer._content = 200, text.encode()
        return answer

    return post


found = {}
for address, text in REFUSALS.items():
    requests.post = refusing(text)
    robot = apprise.Apprise()
    assert robot.add(address)
    found[address.partition(":")[0]] = bool(robot.notify(body="approved"))
assert len(calls) == len(REFUSALS)
print("apprise", apprise.__version__, found)
sys.exit(0 if found["wecombot"] and found["dingtalk"] else 1)
PYTHON
"$work/venv/bin/python" "$work/run.py"
