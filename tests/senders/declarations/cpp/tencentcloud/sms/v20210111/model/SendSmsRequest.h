// Declared by hand from tencentcloud-sdk-cpp 3.3.165; see ../../../../../README.md.
#pragma once
#include <string>
#include <vector>
namespace TencentCloud {
namespace Sms {
namespace V20210111 {
namespace Model {
class SendSmsRequest {
 public:
  void SetPhoneNumberSet(const std::vector<std::string>& set);
  void SetSmsSdkAppId(const std::string& id);
  void SetTemplateId(const std::string& id);
  void SetSignName(const std::string& name);
  void SetTemplateParamSet(const std::vector<std::string>& set);
  void SetExtendCode(const std::string& code);
  void SetSessionContext(const std::string& context);
  void SetSenderId(const std::string& id);
};
}  // namespace Model
}  // namespace V20210111
}  // namespace Sms
}  // namespace TencentCloud
