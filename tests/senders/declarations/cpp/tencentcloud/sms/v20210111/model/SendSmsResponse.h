// Declared by hand from tencentcloud-sdk-cpp 3.3.165; see ../../../../../README.md.
#pragma once
#include <tencentcloud/sms/v20210111/model/SendStatus.h>

#include <vector>
namespace TencentCloud {
namespace Sms {
namespace V20210111 {
namespace Model {
class SendSmsResponse {
 public:
  std::vector<SendStatus> GetSendStatusSet() const;
  std::string GetRequestId() const;
};
}  // namespace Model
}  // namespace V20210111
}  // namespace Sms
}  // namespace TencentCloud
