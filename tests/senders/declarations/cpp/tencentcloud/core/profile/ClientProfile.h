// Declared by hand from tencentcloud-sdk-cpp 3.3.165; see ../../../../README.md.
#pragma once
#include <tencentcloud/core/profile/HttpProfile.h>
namespace TencentCloud {
class ClientProfile {
 public:
  ClientProfile();
  ClientProfile(const HttpProfile& profile);
};
}  // namespace TencentCloud
