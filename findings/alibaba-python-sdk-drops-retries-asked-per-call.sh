#!/bin/sh
# alibabacloud_dysmsapi20170525 4.6.0 (PyPI; alibabacloud_tea_openapi 0.4.6, darabonba-core 1.0.9):
# retries that are asked for with a call are dropped without a word. `autoretry` and `max_attempts`
# of RuntimeOptions, and the `retry_options` that its newer twin in darabonba has, are carried into
# the call and never read; only the `retry_options` of the client's Config are. So a throttled
# SendSms is given up at once where its caller asked for three attempts.
#
# The other side: where Config asks, each attempt is signed anew with a nonce of its own. What lets
# the service take a repeated request once does not hold between attempts, so a client that repeats
# after a lost connection may send the message again.
#
# One would guess otherwise because both classes document these settings, `validate` of the newer one
# checks them, and timeouts and proxies given in the same object do count.
#
# Seen 2026-11-30, requests at the service and different nonces among them:
#   autoretry 1 1
#   retry_options of the call 1 1
#   retry_options of the client 3 3
# Exits with 1 when that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check alibabacloud_dysmsapi20170525==4.6.0 \
  alibabacloud_tea_openapi==0.4.6 darabonba-core==1.0.9 alibabacloud_tea_util==0.3.15
cat > retries.py <<'PYTHON'
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

from alibabacloud_dysmsapi20170525.client import Client
from alibabacloud_dysmsapi20170525.models import SendSmsRequest
from alibabacloud_tea_openapi.models import Config
from alibabacloud_tea_util import models as older
from darabonba import runtime as newer
from darabonba.policy.retry import RetryOptions

THROTTLED = b'{"Code":"Throttling.User","Message":"later","RequestId":"r"}'
CONDITION = {"maxAttempts": 3, "errorCode": ["Throttling.User"]}
AGAIN = RetryOptions(retryable=True, retryCondition=[CONDITION])
nonces = []


class Service(BaseHTTPRequestHandler):
    """Answers every call as the gateway answers one too many."""

    def do_POST(self):
        nonces.append(self.headers["x-acs-signature-nonce"])
        self.send_response(429)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(THROTTLED)))
        self.end_headers()
        self.wfile.write(THROTTLED)

    def log_message(self, *words):
        pass


service = HTTPServer(("127.0.0.1", 0), Service)
threading.Thread(target=service.serve_forever, daemon=True).start()
message = SendSmsRequest(
    phone_numbers="13800138000", sign_name="shop", template_code="SMS_1"
)
for what, runtime, config in (
    ("autoretry", older.RuntimeOptions(autoretry=True, max_attempts=3), {}),
    ("retry_options of the call", newer.RuntimeOptions(retry_options=AGAIN), {}),
    ("retry_options of the client", newer.RuntimeOptions(), {"retry_options": AGAIN}),
):
    nonces.clear()
    address = f"127.0.0.1:{service.server_port}"
    key = {"access_key_id": "id", "access_key_secret": "secret"}
    client = Client(Config(endpoint=address, protocol="HTTP", **key, **config))
    try:
        client.send_sms_with_options(message, runtime)
    except Exception as error:
        assert getattr(error, "code", "") == "Throttling.User", error
    print(what, len(nonces), len(set(nonces)))
PYTHON
seen=$(venv/bin/python retries.py)
echo "$seen"
[ "$seen" = "autoretry 1 1
retry_options of the call 1 1
retry_options of the client 3 3" ]
