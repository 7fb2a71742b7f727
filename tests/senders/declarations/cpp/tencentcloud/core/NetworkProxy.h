// Declared by hand from tencentcloud-sdk-cpp 3.3.165; see ../../../README.md.
#pragma once
#include <cstdint>
#include <string>
namespace TencentCloud {
class NetworkProxy {
 public:
  enum Type { NONE = 0, HTTP, SOCKS5 };
  NetworkProxy(Type type = NONE, const std::string& host = "", uint16_t port = 0,
               const std::string& user = "", const std::string& password = "");
};
}  // namespace TencentCloud
