"""What can happen to a call on its way; never a key, a header or a body."""

WORDS = {
    "endpoint": "not a host, host:port or URL",
    "endpoint_todo": "write it as `sms.example.com`, `127.0.0.1:9001` or `https://sms.example.com`, without a path",
    "plain": "plain http would carry the signature over the network unprotected",
    "plain_todo": "use https://; http:// is for this machine only",
    "malformed": "the request could not be put together: a header or the address has characters that HTTP does not allow",
    "name": "the name {host} cannot be resolved",
    "connect": "no connection to {host}",
    "connect_timeout": "no connection to {host} within {seconds:g} s",
    "proxy": "the proxy did not connect to {host}",
    "certificate": "the TLS certificate of {host} was not accepted",
    "no_proxy": "names no proxy that smsform can use",
    "no_proxy_todo": "write http://HOST:PORT, or clear the variable; NO_PROXY names hosts without a proxy",
    "read_timeout": "no answer within {seconds:g} s",
    "broken": "the connection broke before the answer was complete",
    "too_large": "the answer is larger than {limit} bytes",
    "status": "HTTP status {status}",
    "not_json": "the answer is not JSON of the documented form",
}
