#!/bin/sh
# com.aliyun:dysmsapi20170525 4.1.2 (Maven; tea-openapi 0.3.8, tea 1.3.1, okhttp 3.12.13):
# when the connection ends after the service has acted and before it answers, the same
# signed request is sent again at once, without a word. Unlike with other vendors' SDKs
# the message does not go out twice, as every call carries a nonce and the service takes
# it once; but what the caller sees is the second answer, SignatureNonceUsed, an error
# that reads as "refused", while the first call was carried out.
#
# One would guess otherwise because no retry is asked for (retry options are unset, and
# the SDK's own loop makes one attempt): it is OkHttp's retryOnConnectionFailure below it.
#
# Seen 2026-11-29:
#   first: OK
#   second: TeaException SignatureNonceUsed
#   requests: 3, the last two alike: true
# Exits with 1 when that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>resend</artifactId><version>1</version>
  <packaging>pom</packaging>
  <dependencies><dependency>
    <groupId>com.aliyun</groupId><artifactId>dysmsapi20170525</artifactId>
    <version>4.1.2</version>
  </dependency></dependencies>
</project>
XML
mvn -B -q dependency:copy-dependencies -DoutputDirectory=lib
cat > Resend.java <<'JAVA'
import com.aliyun.dysmsapi20170525.Client;
import com.aliyun.dysmsapi20170525.models.SendSmsRequest;
import com.aliyun.teaopenapi.models.Config;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

public final class Resend {
  static final List<String> NONCES = Collections.synchronizedList(new ArrayList<>());

  static void serve(Socket socket) {
    try (Socket s = socket) {
      BufferedReader in = new BufferedReader(new InputStreamReader(s.getInputStream(), "latin1"));
      while (in.readLine() != null) {
        String nonce = "";
        boolean chunked = false;
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
          String low = line.toLowerCase();
          if (low.startsWith("x-acs-signature-nonce:")) nonce = line.substring(22).trim();
          if (low.startsWith("transfer-encoding: chunked")) chunked = true;
        }
        if (chunked) while (!in.readLine().equals("0")) in.readLine();
        if (chunked) in.readLine();
        boolean again = NONCES.contains(nonce);
        NONCES.add(nonce);
        if (NONCES.size() == 2) return; // acted, and the reply is lost
        String body = again
            ? "{\"Code\":\"SignatureNonceUsed\",\"Message\":\"used\",\"RequestId\":\"R\"}"
            : "{\"Code\":\"OK\",\"Message\":\"OK\",\"BizId\":\"1^0\",\"RequestId\":\"R\"}";
        String head = "HTTP/1.1 " + (again ? "400 Bad Request" : "200 OK")
            + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n";
        s.getOutputStream().write((head + body).getBytes("latin1"));
        s.getOutputStream().flush();
      }
    } catch (Exception ended) {
      return;
    }
  }

  public static void main(String[] args) throws Exception {
    ServerSocket there = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
    Thread server = new Thread(() -> {
      try {
        while (true) {
          Socket s = there.accept();
          new Thread(() -> serve(s)).start();
        }
      } catch (Exception ended) {
        return;
      }
    });
    server.setDaemon(true);
    server.start();
    Config config = new Config().setAccessKeyId("id").setAccessKeySecret("secret")
        .setEndpoint("127.0.0.1:" + there.getLocalPort()).setProtocol("http");
    Client client = new Client(config);
    SendSmsRequest request = new SendSmsRequest().setPhoneNumbers("13800138000")
        .setSignName("s").setTemplateCode("SMS_1");
    System.out.println("first: " + client.sendSms(request).getBody().getCode());
    String second;
    try {
      second = client.sendSms(request).getBody().getCode();
    } catch (com.aliyun.tea.TeaException error) {
      second = error.getClass().getSimpleName() + " " + error.getCode();
    }
    System.out.println("second: " + second);
    System.out.println("requests: " + NONCES.size() + ", the last two alike: "
        + (NONCES.size() == 3 && NONCES.get(1).equals(NONCES.get(2))));
    boolean seen = second.equals("TeaException SignatureNonceUsed") && NONCES.size() == 3
        && NONCES.get(1).equals(NONCES.get(2));
    System.exit(seen ? 0 : 1);
  }
}
JAVA
javac -cp 'lib/*' Resend.java
java -cp 'lib/*:.' Resend
