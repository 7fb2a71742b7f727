// What the declared client does: every call fails, as without a network.
#include <tencentcloud/sms/v20210111/SmsClient.h>

namespace TencentCloud {
Credential::Credential(const std::string&, const std::string&) {}
Credential::Credential(const std::string&, const std::string&, const std::string&) {}
NetworkProxy::NetworkProxy(Type, const std::string&, uint16_t, const std::string&,
                           const std::string&) {}
HttpProfile::HttpProfile() {}
void HttpProfile::SetEndpoint(const std::string&) {}
void HttpProfile::SetProtocol(const Scheme&) {}
void HttpProfile::SetReqTimeout(int64_t) {}
void HttpProfile::SetConnectTimeout(int64_t) {}
ClientProfile::ClientProfile(const HttpProfile&) {}
std::string Core::Error::GetErrorCode() const { return "ClientError.NetworkError"; }
std::string Core::Error::GetErrorMessage() const { return ""; }
std::string Core::Error::GetRequestId() const { return ""; }
namespace Sms {
namespace V20210111 {
namespace Model {
std::string SendStatus::GetSerialNo() const { return ""; }
std::string SendStatus::GetPhoneNumber() const { return ""; }
uint64_t SendStatus::GetFee() const { return 0; }
std::string SendStatus::GetCode() const { return ""; }
void SendSmsRequest::SetPhoneNumberSet(const std::vector<std::string>&) {}
void SendSmsRequest::SetSmsSdkAppId(const std::string&) {}
void SendSmsRequest::SetTemplateId(const std::string&) {}
void SendSmsRequest::SetSignName(const std::string&) {}
void SendSmsRequest::SetTemplateParamSet(const std::vector<std::string>&) {}
void SendSmsRequest::SetExtendCode(const std::string&) {}
void SendSmsRequest::SetSessionContext(const std::string&) {}
void SendSmsRequest::SetSenderId(const std::string&) {}
std::vector<SendStatus> SendSmsResponse::GetSendStatusSet() const { return {}; }
std::string SendSmsResponse::GetRequestId() const { return ""; }
}  // namespace Model
SmsClient::SmsClient(const Credential&, const std::string&, const ClientProfile&) {}
void SmsClient::SetNetworkProxy(const NetworkProxy&) {}
void SmsClient::SetHeader(const std::map<std::string, std::string>&) {}
SmsClient::SendSmsOutcome SmsClient::SendSms(const Model::SendSmsRequest&) { return {}; }
}  // namespace V20210111
}  // namespace Sms
template <>
bool Outcome<Core::Error, Sms::V20210111::Model::SendSmsResponse>::IsSuccess() const {
  return false;
}
template <>
Core::Error Outcome<Core::Error, Sms::V20210111::Model::SendSmsResponse>::GetError() const {
  return {};
}
template <>
Sms::V20210111::Model::SendSmsResponse
Outcome<Core::Error, Sms::V20210111::Model::SendSmsResponse>::GetResult() const {
  return {};
}
}  // namespace TencentCloud
