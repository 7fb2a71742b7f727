// The official SDKs of Go, a call a line: {"action": …, "params": {…}} comes in, and
// {"response": …} or {"error": …} goes out. Arguments: type, host:port, id, secret.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/client"
	dysms "github.com/alibabacloud-go/dysmsapi-20170525/v5/client"
	"github.com/alibabacloud-go/tea/tea"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"
	sms "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/sms/v20210111"
)

type call func(params []byte) (any, error)

// Fill a typed request from JSON, send it, and take the reply's content out.
func typed[Request, Response any](
	send func(*Request) (*Response, error), content func(*Response) any,
) call {
	return func(params []byte) (any, error) {
		request := new(Request)
		if err := json.Unmarshal(params, request); err != nil {
			return nil, err
		}
		response, err := send(request)
		if err != nil {
			return nil, err
		}
		return content(response), nil
	}
}

// The SDK's own constructors set service, version and action of a request.
func named[Request interface{ FromJsonString(string) error }, Response any](
	create func() Request, send func(Request) (*Response, error), content func(*Response) any,
) call {
	return func(params []byte) (any, error) {
		request := create()
		if err := request.FromJsonString(string(params)); err != nil {
			return nil, err
		}
		response, err := send(request)
		if err != nil {
			return nil, err
		}
		return content(response), nil
	}
}

func tencent(endpoint, id, secret string) (map[string]call, error) {
	settings := profile.NewClientProfile()
	settings.HttpProfile.Endpoint = endpoint
	settings.HttpProfile.Scheme = "http"
	client, err := sms.NewClient(common.NewCredential(id, secret), "ap-guangzhou", settings)
	if err != nil {
		return nil, err
	}
	return map[string]call{
		"SendSms": named(sms.NewSendSmsRequest, client.SendSms,
			func(r *sms.SendSmsResponse) any { return r.Response }),
		"PullSmsSendStatus": named(sms.NewPullSmsSendStatusRequest, client.PullSmsSendStatus,
			func(r *sms.PullSmsSendStatusResponse) any { return r.Response }),
		"PullSmsSendStatusByPhoneNumber": named(
			sms.NewPullSmsSendStatusByPhoneNumberRequest, client.PullSmsSendStatusByPhoneNumber,
			func(r *sms.PullSmsSendStatusByPhoneNumberResponse) any { return r.Response }),
		"SendStatusStatistics": named(
			sms.NewSendStatusStatisticsRequest, client.SendStatusStatistics,
			func(r *sms.SendStatusStatisticsResponse) any { return r.Response }),
		"AddSmsTemplate": named(sms.NewAddSmsTemplateRequest, client.AddSmsTemplate,
			func(r *sms.AddSmsTemplateResponse) any { return r.Response }),
	}, nil
}

func aliyun(endpoint, id, secret string) (map[string]call, error) {
	client, err := dysms.NewClient(&openapi.Config{
		AccessKeyId: tea.String(id), AccessKeySecret: tea.String(secret),
		Endpoint: tea.String(endpoint), Protocol: tea.String("http"),
	})
	if err != nil {
		return nil, err
	}
	return map[string]call{
		"SendSms": typed(client.SendSms,
			func(r *dysms.SendSmsResponse) any { return r.Body }),
		"QuerySendDetails": typed(client.QuerySendDetails,
			func(r *dysms.QuerySendDetailsResponse) any { return r.Body }),
		"QuerySendStatistics": typed(client.QuerySendStatistics,
			func(r *dysms.QuerySendStatisticsResponse) any { return r.Body }),
		"CreateSmsTemplate": typed(client.CreateSmsTemplate,
			func(r *dysms.CreateSmsTemplateResponse) any { return r.Body }),
	}, nil
}

func main() {
	services := map[string]func(endpoint, id, secret string) (map[string]call, error){
		"tencent": tencent, "aliyun": aliyun,
	}
	calls, err := services[os.Args[1]](os.Args[2], os.Args[3], os.Args[4])
	if err != nil {
		panic(err)
	}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var asked struct {
			Action string          `json:"action"`
			Params json.RawMessage `json:"params"`
		}
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			panic(err)
		}
		told := map[string]any{}
		if response, err := calls[asked.Action](asked.Params); err != nil {
			told["error"] = err.Error()
		} else {
			told["response"] = response
		}
		line, err := json.Marshal(told)
		if err != nil {
			panic(err)
		}
		fmt.Println(string(line))
	}
}
