// Declared by hand from tencentcloud-sdk-cpp 3.3.165; see ../../../README.md.
#pragma once
#include <string>
namespace TencentCloud {
class Credential {
 public:
  Credential(const std::string& id, const std::string& key);
  Credential(const std::string& id, const std::string& key, const std::string& token);
};
}  // namespace TencentCloud
