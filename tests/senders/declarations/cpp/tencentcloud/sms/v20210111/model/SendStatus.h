// Declared by hand from tencentcloud-sdk-cpp 3.3.165; see ../../../../../README.md.
#pragma once
#include <cstdint>
#include <string>
namespace TencentCloud {
namespace Sms {
namespace V20210111 {
namespace Model {
class SendStatus {
 public:
  std::string GetSerialNo() const;
  std::string GetPhoneNumber() const;
  uint64_t GetFee() const;
  std::string GetCode() const;
};
}  // namespace Model
}  // namespace V20210111
}  // namespace Sms
}  // namespace TencentCloud
