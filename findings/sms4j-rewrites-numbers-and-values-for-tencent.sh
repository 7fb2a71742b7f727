#!/bin/sh
# sms4j 3.3.5 (org.dromara.sms4j:sms4j-core, Maven): its channel for Tencent Cloud puts +86 in front
# of every number that does not begin so, even in front of another country's +: +85261234567 goes out
# as +86+85261234567, and 8613800138000 as +868613800138000. And an empty value is left out of the
# list of parameters, so those behind it move up: of ("", "1024") for {1} and {2} only "1024" is
# sent, for {1}.
#
# One would guess otherwise because Tencent's SendSms takes numbers in E.164, with the plus and the
# country (docstring of SendSmsRequest, tencentcloud-sdk-python-sms 3.1.153), which is what
# applications keep; what sms4j takes for a number from abroad is one with a hyphen in it. Its map of
# parameters has a name for each, and at Alibaba Cloud, the other service behind the same call, an
# empty one stays.
#
# Seen 2026-11-30:
#   +8613800138000 [+8613800138000]
#   8613800138000 [+868613800138000]
#   +85261234567 [+86+85261234567]
#   +852-61234567 [+85261234567]
#   {first=, second=1024} [1024]
# Exits with 1 when that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>rewrites</artifactId><version>1</version>
  <packaging>pom</packaging>
  <dependencies><dependency>
    <groupId>org.dromara.sms4j</groupId><artifactId>sms4j-core</artifactId>
    <version>3.3.5</version>
  </dependency></dependencies>
</project>
XML
mvn -B -q dependency:copy-dependencies -DoutputDirectory=lib
keytool -genkeypair -alias service -keyalg EC -dname CN=localhost -ext san=dns:localhost \
  -keystore keys -storepass changeit -validity 2 2>keytool.log
cat > Rewrites.java <<'JAVA'
import cn.hutool.json.JSONUtil;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.dromara.sms4j.provider.factory.BeanFactory;
import org.dromara.sms4j.tencent.config.TencentConfig;
import org.dromara.sms4j.tencent.config.TencentFactory;
import org.dromara.sms4j.tencent.service.TencentSmsImpl;

public final class Rewrites {
  static String asked;

  /** Takes every message and keeps what was asked. */
  static HttpsServer service() throws Exception {
    char[] password = "changeit".toCharArray();
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(KeyStore.getInstance(new File("keys"), password), password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    InetAddress here = InetAddress.getByName("127.0.0.1");
    HttpsServer service = HttpsServer.create(new InetSocketAddress(here, 0), 0);
    service.setHttpsConfigurator(new HttpsConfigurator(context));
    service.createContext("/", call -> {
      asked = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      byte[] taken = "{\"Response\":{\"SendStatusSet\":[{\"Code\":\"Ok\"}]}}".getBytes();
      call.sendResponseHeaders(200, taken.length);
      call.getResponseBody().write(taken);
      call.close();
    });
    service.start();
    return service;
  }

  static void show(Object given, String field) {
    List<?> sent = JSONUtil.parseObj(asked).getJSONArray(field);
    System.out.println(given + " " + sent.toString().replace("\"", ""));
  }

  public static void main(String[] args) throws Exception {
    BeanFactory.setExecutor(Runnable::run);
    TencentConfig config = new TencentConfig();
    config.setAccessKeyId("id");
    config.setAccessKeySecret("secret");
    config.setSdkAppId("1400000000");
    config.setSignature("shop");
    config.setTemplateId("1");
    config.setRequestUrl("localhost:" + service().getAddress().getPort());
    TencentSmsImpl sms = TencentFactory.instance().createSms(config);
    LinkedHashMap<String, String> values = new LinkedHashMap<>(Map.of("first", "1024"));
    for (String number : List.of(
        "+8613800138000", "8613800138000", "+85261234567", "+852-61234567")) {
      sms.sendMessage(number, values);
      show(number, "PhoneNumberSet");
    }
    values.put("first", "");
    values.put("second", "1024");
    sms.sendMessage("+8613800138000", values);
    show(values, "TemplateParamSet");
    System.exit(0);
  }
}
JAVA
seen=$(java -Djavax.net.ssl.trustStore=keys -Djavax.net.ssl.trustStorePassword=changeit \
  -cp 'lib/*' Rewrites.java 2>java.log) || { cat java.log >&2; exit 1; }
echo "$seen"
[ "$seen" = "+8613800138000 [+8613800138000]
8613800138000 [+868613800138000]
+85261234567 [+86+85261234567]
+852-61234567 [+85261234567]
{first=, second=1024} [1024]" ]
