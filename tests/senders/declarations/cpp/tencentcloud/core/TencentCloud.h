// Declared by hand from tencentcloud-sdk-cpp 3.3.165; see ../../../README.md.
#pragma once
namespace TencentCloud {
void InitAPI();
void ShutdownAPI();
}  // namespace TencentCloud
