// Declared by hand from tencentcloud-sdk-cpp 3.3.165; see ../../../../README.md.
#pragma once
#include <tencentcloud/core/Credential.h>
#include <tencentcloud/core/NetworkProxy.h>
#include <tencentcloud/core/profile/ClientProfile.h>
#include <tencentcloud/sms/v20210111/model/SendSmsRequest.h>
#include <tencentcloud/sms/v20210111/model/SendSmsResponse.h>

#include <map>
#include <string>
namespace TencentCloud {
namespace Core {
class Error {
 public:
  std::string GetErrorCode() const;
  std::string GetErrorMessage() const;
  std::string GetRequestId() const;
};
}  // namespace Core
template <typename E, typename R>
class Outcome {
 public:
  bool IsSuccess() const;
  E GetError() const;
  R GetResult() const;
};
namespace Sms {
namespace V20210111 {
class SmsClient {
 public:
  typedef Outcome<Core::Error, Model::SendSmsResponse> SendSmsOutcome;
  SmsClient(const Credential& credential, const std::string& region,
            const ClientProfile& profile);
  SmsClient(const SmsClient&) = delete;  // the real one must not be copied either
  void SetNetworkProxy(const NetworkProxy& proxy);
  void SetHeader(const std::map<std::string, std::string>& headers);
  SendSmsOutcome SendSms(const Model::SendSmsRequest& request);
};
}  // namespace V20210111
}  // namespace Sms
}  // namespace TencentCloud
