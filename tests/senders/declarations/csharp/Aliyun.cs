// Declared by hand from AlibabaCloud.SDK.Dysmsapi20170525 4.4.0; see ../README.md.
using System;

namespace Newtonsoft.Json
{
    public static class JsonConvert
    {
        public static string SerializeObject(object value)
        {
            throw new NotSupportedException();
        }
    }
}

namespace AlibabaCloud.OpenApiClient.Models
{
    public class Config
    {
        public string AccessKeyId { get; set; }
        public string AccessKeySecret { get; set; }
        public string SecurityToken { get; set; }
        public string Endpoint { get; set; }
        public string Protocol { get; set; }
        public string RegionId { get; set; }
        public int? ConnectTimeout { get; set; }
        public int? ReadTimeout { get; set; }
        public string HttpProxy { get; set; }
        public string HttpsProxy { get; set; }
    }
}

namespace AlibabaCloud.SDK.Dysmsapi20170525.Models
{
    public class SendSmsRequest
    {
        public string PhoneNumbers { get; set; }
        public string SignName { get; set; }
        public string TemplateCode { get; set; }
        public string TemplateParam { get; set; }
        public string OutId { get; set; }
        public string SmsUpExtendCode { get; set; }
    }

    public class SendSmsResponseBody
    {
        public string BizId { get; set; }
        public string Code { get; set; }
        public string RequestId { get; set; }
    }

    public class SendSmsResponse
    {
        public SendSmsResponseBody Body { get; set; }
    }
}

namespace AlibabaCloud.SDK.Dysmsapi20170525
{
    using AlibabaCloud.OpenApiClient.Models;
    using AlibabaCloud.SDK.Dysmsapi20170525.Models;

    public class Client
    {
        public Client(Config config) { }

        public SendSmsResponse SendSms(SendSmsRequest request)
        {
            throw new NotSupportedException();
        }
    }
}
