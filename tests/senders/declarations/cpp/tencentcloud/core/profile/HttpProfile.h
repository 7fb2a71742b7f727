// Declared by hand from tencentcloud-sdk-cpp 3.3.165; see ../../../../README.md.
#pragma once
#include <cstdint>
#include <string>
namespace TencentCloud {
class HttpProfile {
 public:
  enum Scheme { HTTPS, HTTP };
  HttpProfile();
  void SetEndpoint(const std::string& endpoint);
  void SetProtocol(const HttpProfile::Scheme& protocol);
  void SetReqTimeout(int64_t seconds);
  void SetConnectTimeout(int64_t seconds);
  void SetKeepAlive(bool flag = false);
};
}  // namespace TencentCloud
