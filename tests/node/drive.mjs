// Drives an emulator on this machine with the official Node SDK.
//
//     node drive.mjs '{"port": 1, "secretId": "", "secretKey": "", "region": "",
//                      "signMethod": "", "reqMethod": "", "direct": false}'
//
// Reads one call a line, {"action": …, "params": {…}}, and answers one line each:
// {"response": {…}} or {"error": {"code": …, "message": …, "requestId": …}}.

import http from "node:http";
import net from "node:net";
import readline from "node:readline";
import sdk from "tencentcloud-sdk-nodejs-sms";

const setup = JSON.parse(process.argv[2]);
const here = { host: "127.0.0.1", port: setup.port };

// TC3 signs the host without its port and takes the service from the host's first
// label. Unless it is to be taken as it is (direct), the real name is kept and the
// connection alone goes elsewhere. The older methods sign the endpoint as it stands.
const agent = new http.Agent({ keepAlive: true });
agent.createConnection = () => net.connect(here);
const named = setup.signMethod === "TC3-HMAC-SHA256" && !setup.direct;

const client = new sdk.sms.v20210111.Client({
  credential: { secretId: setup.secretId, secretKey: setup.secretKey },
  region: setup.region,
  profile: {
    signMethod: setup.signMethod,
    httpProfile: {
      reqMethod: setup.reqMethod,
      protocol: "http://",
      endpoint: named ? "sms.tencentcloudapi.com" : `${here.host}:${here.port}`,
      ...(setup.direct ? {} : { agent }),
      reqTimeout: 20,
    },
  },
});

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { action, params } = JSON.parse(line);
  let answer;
  try {
    answer = { response: await client[action](params) };
  } catch ({ code, message, requestId }) {
    answer = { error: { code: code ?? "", message, requestId: requestId ?? "" } };
  }
  console.log(JSON.stringify(answer));
}
agent.destroy();
