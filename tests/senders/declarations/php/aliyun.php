<?php

// Declared by hand from alibabacloud/dysmsapi-20170525 4.6.0; see ../README.md. sendSms
// sends, signed with ACS3-HMAC-SHA256, so that what was generated can be run.

namespace AlibabaCloud\Dara\Exception {
    final class DaraUnableRetryException extends \Exception
    {
        public function __construct(private array $info, string $message, string $code)
        {
            parent::__construct($message);
            $this->code = $code;
        }

        public function getErrorInfo(): array
        {
            return $this->info;
        }
    }
}

namespace Darabonba\OpenApi\Models {
    final class Config
    {
        public function __construct(public array $fields)
        {
        }
    }
}

namespace AlibabaCloud\SDK\Dysmsapi\V20170525\Models {
    final class SendSmsRequest
    {
        public function __construct(public array $fields)
        {
        }
    }
}

namespace AlibabaCloud\SDK\Dysmsapi\V20170525 {
    use AlibabaCloud\Dara\Exception\DaraUnableRetryException;
    use AlibabaCloud\SDK\Dysmsapi\V20170525\Models\SendSmsRequest;
    use Darabonba\OpenApi\Models\Config;

    final class Dysmsapi
    {
        public function __construct(private Config $config)
        {
        }

        public function sendSms(SendSmsRequest $request): object
        {
            $config = $this->config->fields;
            $query = [];
            foreach ($request->fields as $name => $value) {
                $query[ucfirst($name)] = $value;
            }
            ksort($query);
            $asked = http_build_query($query, '', '&', PHP_QUERY_RFC3986);
            $headers = [
                'host' => $config['endpoint'],
                'x-acs-action' => 'SendSms',
                'x-acs-content-sha256' => hash('sha256', ''),
                'x-acs-date' => gmdate('Y-m-d\TH:i:s\Z'),
                'x-acs-signature-nonce' => bin2hex(random_bytes(16)),
                'x-acs-version' => '2017-05-25',
            ];
            $lines = '';
            $sent = [];
            foreach ($headers as $name => $value) {
                $lines .= "$name:$value\n";
                $sent[] = "$name: $value";
            }
            $names = implode(';', array_keys($headers));
            $canonical = "POST\n/\n$asked\n$lines\n$names\n{$headers['x-acs-content-sha256']}";
            $text = "ACS3-HMAC-SHA256\n" . hash('sha256', $canonical);
            $signature = hash_hmac('sha256', $text, $config['accessKeySecret']);
            $sent[] = "Authorization: ACS3-HMAC-SHA256 Credential={$config['accessKeyId']},"
                . "SignedHeaders=$names,Signature=$signature";
            $http = ['method' => 'POST', 'header' => $sent, 'content' => '',
                'timeout' => $config['readTimeout'] / 1000, 'ignore_errors' => true];
            $context = stream_context_create(['http' => $http]);
            $url = "{$config['protocol']}://{$config['endpoint']}/?$asked";
            $answer = @file_get_contents($url, false, $context);
            if ($answer === false) {
                throw new DaraUnableRetryException([], "no reply from $url", '');
            }
            $reply = json_decode($answer);
            $status = (int) explode(' ', $http_response_header[0])[1];
            if ($status >= 400) {
                $info = ['statusCode' => $status];
                throw new DaraUnableRetryException($info, $reply->Message, $reply->Code);
            }
            return (object) ['body' => (object) [
                'code' => $reply->Code ?? '', 'requestId' => $reply->RequestId ?? '',
                'bizId' => $reply->BizId ?? '',
            ]];
        }
    }
}
