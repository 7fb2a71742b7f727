// Drives an emulator on this machine with Alibaba Cloud's official Node SDK.
//
//     node aliyun.mjs '{"port": 1, "accessKeyId": "", "accessKeySecret": "",
//                       "signatureAlgorithm": null}'
//
// Reads one call a line, {"action": …, "params": {…}}, and answers one line each:
// {"response": {…}} or {"error": {"name": …, "code": …, "status": …, "requestId": …,
// "retryAfter": …}}. Parameters are spelled as the service spells them.

import readline from "node:readline";
import sdk, * as models from "@alicloud/dysmsapi20170525";
import openapi from "@alicloud/openapi-core";

const setup = JSON.parse(process.argv[2]);
const client = new sdk.default(
  new openapi.$OpenApiUtil.Config({
    accessKeyId: setup.accessKeyId,
    accessKeySecret: setup.accessKeySecret,
    signatureAlgorithm: setup.signatureAlgorithm ?? undefined,
    protocol: "http",
    endpoint: `127.0.0.1:${setup.port}`,
  }),
);

const inner = (name) => name[0].toLowerCase() + name.slice(1);

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { action, params } = JSON.parse(line);
  const Request = models[`${action}Request`] ?? sdk[`${action}Request`];
  const fields = Object.entries(params).map(([name, value]) => [inner(name), value]);
  let answer;
  try {
    const reply = await client[inner(action)](new Request(Object.fromEntries(fields)));
    answer = { response: reply.body.toMap() };
  } catch ({ name, code, statusCode, requestId, data, retryAfter }) {
    const id = requestId ?? data?.RequestId ?? "";
    answer = { error: { name, code, status: statusCode, requestId: id, retryAfter } };
  }
  console.log(JSON.stringify(answer));
}
process.exit(0); // the SDK's agent would keep its connections open
