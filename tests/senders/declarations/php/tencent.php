<?php

// Declared by hand from tencentcloud/sms 3.0.1656; see ../README.md. SendSms sends, signed
// with TC3-HMAC-SHA256, so that what was generated can be run.

namespace TencentCloud\Common {
    final class Credential
    {
        public function __construct(public string $id, public string $key, public ?string $token = null)
        {
        }
    }
}

namespace TencentCloud\Common\Exception {
    final class TencentCloudSDKException extends \Exception
    {
        public function __construct(private string $error, string $message, private string $request = '')
        {
            parent::__construct($message);
        }

        public function getErrorCode(): string
        {
            return $this->error;
        }

        public function getRequestId(): string
        {
            return $this->request;
        }
    }
}

namespace TencentCloud\Common\Profile {
    final class HttpProfile
    {
        public string $protocol = 'https://';
        public string $endpoint = '';
        public int $timeout = 60;

        public function setProtocol(string $protocol): void
        {
            $this->protocol = $protocol;
        }

        public function setEndpoint(string $endpoint): void
        {
            $this->endpoint = $endpoint;
        }

        public function setReqMethod(string $method): void
        {
            assert($method === 'POST');
        }

        public function setReqTimeout(int $seconds): void
        {
            $this->timeout = $seconds;
        }

        public function setProxy(string $proxy): void
        {
        }
    }

    final class ClientProfile
    {
        public HttpProfile $http;

        public function setHttpProfile(HttpProfile $http): void
        {
            $this->http = $http;
        }

        public function setLanguage(string $language): void
        {
        }
    }
}

namespace TencentCloud\Sms\V20210111\Models {
    final class SendSmsRequest
    {
        public array $PhoneNumberSet;
        public string $SmsSdkAppId;
        public string $TemplateId;
        public string $SignName;
        public array $TemplateParamSet;
        public string $ExtendCode;
        public string $SessionContext;
        public string $SenderId;
    }
}

namespace TencentCloud\Sms\V20210111 {
    use TencentCloud\Common\Credential;
    use TencentCloud\Common\Exception\TencentCloudSDKException;
    use TencentCloud\Common\Profile\ClientProfile;
    use TencentCloud\Sms\V20210111\Models\SendSmsRequest;

    final class SmsClient
    {
        public function __construct(
            private Credential $credential,
            private string $region,
            private ClientProfile $profile,
        ) {
        }

        public function SendSms(SendSmsRequest $request): object
        {
            $body = json_encode((array) $request, JSON_THROW_ON_ERROR);
            $host = $this->profile->http->endpoint;
            $time = time();
            $day = gmdate('Y-m-d', $time);
            $hashed = hash('sha256', $body);
            $lines = "content-type:application/json\nhost:$host\n";
            $canonical = "POST\n/\n\n$lines\ncontent-type;host\n$hashed";
            $text = "TC3-HMAC-SHA256\n$time\n$day/sms/tc3_request\n" . hash('sha256', $canonical);
            $key = "TC3{$this->credential->key}";
            foreach ([$day, 'sms', 'tc3_request'] as $part) {
                $key = hash_hmac('sha256', $part, $key, true);
            }
            $scope = "Credential={$this->credential->id}/$day/sms/tc3_request";
            $signature = hash_hmac('sha256', $text, $key);
            $signed = "$scope, SignedHeaders=content-type;host, Signature=$signature";
            $headers = [
                "Authorization: TC3-HMAC-SHA256 $signed",
                'Content-Type: application/json', "Host: $host", 'X-TC-Action: SendSms',
                "X-TC-Timestamp: $time", 'X-TC-Version: 2021-01-11',
                "X-TC-Region: $this->region",
            ];
            $http = ['method' => 'POST', 'header' => $headers, 'content' => $body,
                'timeout' => $this->profile->http->timeout, 'ignore_errors' => true];
            $context = stream_context_create(['http' => $http]);
            $answer = @file_get_contents("{$this->profile->http->protocol}$host/", false, $context);
            if ($answer === false) {
                throw new TencentCloudSDKException('', "no reply to $body");
            }
            $reply = json_decode($answer)->Response;
            if (isset($reply->Error)) {
                throw new TencentCloudSDKException(
                    $reply->Error->Code, $reply->Error->Message, $reply->RequestId,
                );
            }
            return $reply;
        }
    }
}
