// Declared by hand from TencentCloudSDK.Sms 3.0.1435; see ../README.md.
using System;

namespace TencentCloud.Common
{
    public class Credential
    {
        public string SecretId { get; set; }
        public string SecretKey { get; set; }
        public string Token { get; set; }
    }

    public class TencentCloudSDKException : Exception
    {
        public string ErrorCode { get; set; }
        public string RequestId { get; set; }
    }
}

namespace TencentCloud.Common.Profile
{
    public enum Language { ZH_CN, EN_US }

    public class HttpProfile
    {
        public string Protocol { get; set; }
        public string Endpoint { get; set; }
        public string ReqMethod { get; set; }
        public int Timeout { get; set; }
        public string WebProxy { get; set; }
    }

    public class ClientProfile
    {
        public HttpProfile HttpProfile { get; set; }
        public Language Language { get; set; }
    }
}

namespace TencentCloud.Sms.V20210111.Models
{
    public class SendSmsRequest
    {
        public string[] PhoneNumberSet { get; set; }
        public string SmsSdkAppId { get; set; }
        public string TemplateId { get; set; }
        public string SignName { get; set; }
        public string[] TemplateParamSet { get; set; }
        public string ExtendCode { get; set; }
        public string SessionContext { get; set; }
        public string SenderId { get; set; }
    }

    public class SendStatus
    {
        public string SerialNo { get; set; }
        public string PhoneNumber { get; set; }
        public ulong? Fee { get; set; }
        public string Code { get; set; }
    }

    public class SendSmsResponse
    {
        public SendStatus[] SendStatusSet { get; set; }
        public string RequestId { get; set; }
    }
}

namespace TencentCloud.Sms.V20210111
{
    using TencentCloud.Common;
    using TencentCloud.Common.Profile;
    using TencentCloud.Sms.V20210111.Models;

    public class SmsClient
    {
        public SmsClient(Credential credential, string region, ClientProfile profile) { }

        public SendSmsResponse SendSmsSync(SendSmsRequest request)
        {
            throw new NotSupportedException();
        }
    }
}
