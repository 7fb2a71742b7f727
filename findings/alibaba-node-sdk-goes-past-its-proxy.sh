#!/bin/sh
# @alicloud/dysmsapi20170525 4.6.0 (npm; @alicloud/openapi-core 1.0.8) takes `httpProxy`
# and `httpsProxy` in its Config, hands them on for every call, and makes the call without
# them: @darabonba/typescript, which sends it, has no use for a proxy and takes no agent.
# No error and no warning: where only the proxy may leave a network the call never arrives, and
# where both may it goes out unseen by the proxy.
#
# One would guess otherwise because the same two fields work in the vendor's SDKs for
# Python and Java.
#
# Seen 2026-11-29: "OK, calls at the service: 1, connections at the proxy: 0".
# Exits with 1 when that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund \
  @alicloud/dysmsapi20170525@4.6.0 @alicloud/openapi-core@1.0.8
cat > send.js <<'JS'
const http = require("node:http");
const net = require("node:net");
const { default: Dysmsapi, SendSmsRequest } = require("@alicloud/dysmsapi20170525");
const { $OpenApiUtil } = require("@alicloud/openapi-core");

const listen = (server) =>
  new Promise((ready) => {
    server.listen(0, "127.0.0.1", () => ready(`127.0.0.1:${server.address().port}`));
  });

async function main() {
  let calls = 0;
  let proxied = 0;
  const service = http.createServer((request, reply) => {
    calls += 1;
    request.resume().on("end", () => {
      reply.setHeader("content-type", "application/json");
      reply.end('{"Code":"OK","Message":"OK","BizId":"1^0","RequestId":"R"}');
    });
  });
  const proxy = net.createServer((socket) => {
    proxied += 1;
    socket.destroy();
  });
  const url = `http://${await listen(proxy)}`;
  const config = new $OpenApiUtil.Config({
    accessKeyId: "id",
    accessKeySecret: "secret",
    protocol: "http",
    endpoint: await listen(service),
    httpProxy: url,
    httpsProxy: url,
  });
  const request = new SendSmsRequest({
    phoneNumbers: "13800138000",
    signName: "s",
    templateCode: "SMS_1",
  });
  const { body } = await new Dysmsapi(config).sendSms(request);
  console.log(`${body.code}, calls at the service: ${calls}, connections at the proxy: ${proxied}`);
  process.exit(calls === 1 && proxied === 0 ? 0 : 1);
}
main();
JS
node send.js
