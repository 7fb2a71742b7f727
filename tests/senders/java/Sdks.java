import com.aliyun.tea.TeaModel;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.tencentcloudapi.common.AbstractModel;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import com.tencentcloudapi.sms.v20210111.SmsClient;
import com.tencentcloudapi.sms.v20210111.models.AddSmsTemplateRequest;
import com.tencentcloudapi.sms.v20210111.models.PullSmsSendStatusByPhoneNumberRequest;
import com.tencentcloudapi.sms.v20210111.models.PullSmsSendStatusRequest;
import com.tencentcloudapi.sms.v20210111.models.SendSmsRequest;
import com.tencentcloudapi.sms.v20210111.models.SendStatusStatisticsRequest;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The official SDKs of Java, a call a line: {"action": …, "params": {…}} comes in, and {"response":
 * …} or {"error": …} goes out. Arguments: type, host:port, id, secret.
 */
final class Sdks {
  private Sdks() {}

  /** One action: its parameters and its reply are JSON. */
  interface Call {
    String make(String params) throws Exception;
  }

  /** What a typed method of a client takes and gives. */
  interface Typed<Q, R> {
    R send(Q request) throws Exception;
  }

  static <Q extends AbstractModel, R extends AbstractModel> Call tencent(
      Class<Q> request, Typed<Q, R> method) {
    return params ->
        AbstractModel.toJsonString(method.send(AbstractModel.fromJsonString(params, request)));
  }

  static Map<String, Call> tencent(String endpoint, String id, String secret) {
    HttpProfile http = new HttpProfile();
    http.setEndpoint(endpoint);
    http.setProtocol("http://");
    ClientProfile profile = new ClientProfile();
    profile.setHttpProfile(http);
    SmsClient client = new SmsClient(new Credential(id, secret), "ap-guangzhou", profile);
    Map<String, Call> calls = new HashMap<>();
    calls.put("SendSms", tencent(SendSmsRequest.class, client::SendSms));
    calls.put(
        "PullSmsSendStatus", tencent(PullSmsSendStatusRequest.class, client::PullSmsSendStatus));
    calls.put(
        "PullSmsSendStatusByPhoneNumber",
        tencent(
            PullSmsSendStatusByPhoneNumberRequest.class, client::PullSmsSendStatusByPhoneNumber));
    calls.put(
        "SendStatusStatistics",
        tencent(SendStatusStatisticsRequest.class, client::SendStatusStatistics));
    calls.put("AddSmsTemplate", tencent(AddSmsTemplateRequest.class, client::AddSmsTemplate));
    return calls;
  }

  static <Q extends TeaModel, R extends TeaModel> Call aliyun(
      Class<Q> request, Typed<Q, R> method) {
    return params -> {
      Map<String, Object> values = new HashMap<>();
      JsonParser.parseString(params)
          .getAsJsonObject()
          .entrySet()
          .forEach(each -> values.put(each.getKey(), plain(each.getValue().getAsJsonPrimitive())));
      Q filled = TeaModel.toModel(values, request.getDeclaredConstructor().newInstance());
      return new Gson().toJson(method.send(filled).toMap());
    };
  }

  static Object plain(com.google.gson.JsonPrimitive value) {
    return value.isNumber() ? (Object) value.getAsLong() : value.getAsString();
  }

  static Map<String, Call> aliyun(String endpoint, String id, String secret) throws Exception {
    com.aliyun.dysmsapi20170525.Client client =
        new com.aliyun.dysmsapi20170525.Client(
            new com.aliyun.teaopenapi.models.Config()
                .setAccessKeyId(id)
                .setAccessKeySecret(secret)
                .setEndpoint(endpoint)
                .setProtocol("http"));
    Map<String, Call> calls = new HashMap<>();
    calls.put(
        "SendSms",
        aliyun(
            com.aliyun.dysmsapi20170525.models.SendSmsRequest.class,
            request -> client.sendSms(request).getBody()));
    calls.put(
        "QuerySendDetails",
        aliyun(
            com.aliyun.dysmsapi20170525.models.QuerySendDetailsRequest.class,
            request -> client.querySendDetails(request).getBody()));
    calls.put(
        "QuerySendStatistics",
        aliyun(
            com.aliyun.dysmsapi20170525.models.QuerySendStatisticsRequest.class,
            request -> client.querySendStatistics(request).getBody()));
    calls.put(
        "CreateSmsTemplate",
        aliyun(
            com.aliyun.dysmsapi20170525.models.CreateSmsTemplateRequest.class,
            request -> client.createSmsTemplate(request).getBody()));
    return calls;
  }

  public static void main(String[] args) throws Exception {
    Map<String, Call> calls =
        args[0].equals("tencent")
            ? tencent(args[1], args[2], args[3])
            : aliyun(args[1], args[2], args[3]);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, true, "UTF-8");
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JsonObject asked = JsonParser.parseString(line).getAsJsonObject();
      JsonObject told = new JsonObject();
      try {
        Call call = calls.get(asked.get("action").getAsString());
        told.add("response", JsonParser.parseString(call.make(asked.get("params").toString())));
      } catch (Exception error) {
        told.addProperty("error", error.toString());
      }
      out.println(told);
    }
    System.exit(0); // the SDKs' threads of idle connections would wait for minutes
  }
}
