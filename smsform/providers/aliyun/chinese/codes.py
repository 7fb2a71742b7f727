"""错误码的建议：英文 -> 中文。"""

WORDS = {
    # 正文
    "check the text: variables are ${name}, each once, with text around them": "请检查正文：变量写作 ${name}，各出现一次，前后有文字",
    "leave one variable: a verification text has only its code": "请只留一个变量：验证码类正文只有验证码",
    "give each variable an attribute that fits: the parameter's `kind`, or `aliyun: {template_rule: {name: attribute}}`": "请给每个变量合适的属性：参数的 `kind`，或 `aliyun: {template_rule: {name: attribute}}`",
    "shorten the text: 500 characters are the most": "请缩短正文：最多 500 个字",
    "take out what the service objects to": "请去掉服务不接受的内容",
    "let text and `type` agree": "请让正文与 `type` 一致",
    "give the template a `name`": "请给模板写 `name`",
    "give the proof as files under `more_data`, which are uploaded, or as keys of files uploaded for this account": "请在 `more_data` 下给出证明文件（会自动上传），或给出为此账号上传的文件的 key",
    # 模板关联的签名
    "wait until the template's signature is approved, then apply again": "请等模板的签名通过审核后再运行 apply",
    "apply for the template's signature first, and name it as it was approved": "请先申请模板的签名，名称与通过时一致",
    # 签名
    "a signature of this name exists: `smsform import ADDRESS NAME` makes it yours": "同名签名已存在：用 `smsform import ADDRESS NAME` 接管",
    "change the name: 2 to 12 Chinese characters, letters or digits, no spaces or symbols, not digits alone": "请修改名称：2 到 12 个汉字、字母或数字，没有空格和符号，不能只有数字",
    "give the signature a `name`": "请给签名写 `name`",
    "set `qualification_id` to an approved qualification of this account": "`qualification_id` 请设为此账号已通过的资质",
    "let `third_party` agree with what the qualification was approved for": "`third_party` 请与资质通过时的用途一致",
    "set `apply_scene` to an http or https address that shows the use": "`apply_scene` 请设为展示使用场景的 http 或 https 地址",
    "use another `sign_source`: company, or trademark with its id": "请换一个 `sign_source`：company，或附 id 的 trademark",
    "give a letter of authorization that fits the signature and is approved": "请提供与签名相符且已通过审核的授权委托书",
    "set `trademark_id` or `app_icp_record_id` to one this account has": "`trademark_id` 或 `app_icp_record_id` 请设为此账号已有的",
    "give at most ten proofs of at most 2 MB each, none of them empty": "证明材料最多十份，每份不超过 2 MB，不能为空",
    # 有什么、没有什么
    "the service edits a rejected template only; plan again": "服务只能修改未通过的模板；请重新运行 plan",
    "the service does not edit a signature under review; plan again": "服务不能修改审核中的签名；请重新运行 plan",
    "the service deletes nothing under review: wait for the verdict, or withdraw it in the console": "服务不能删除审核中的内容：请等待结果，或在控制台撤回",
    "this account has no template of this code; plan again": "此账号没有这个模板 CODE；请重新运行 plan",
    "this account has no approved template of this code: plan again; or, in a send, the values are not the template's: compare names, number and JSON": "此账号没有这个已通过的模板 CODE：请重新运行 plan；如果是发送，则变量值与模板不符：请核对名称、个数和 JSON",
    "this account has no signature of this name; plan again": "此账号没有这个名称的签名；请重新运行 plan",
    # 账号
    "a hundred a day are the most through the API: go on tomorrow (Beijing time), or submit in the console": "通过 API 每天最多一百个：请明天继续（北京时间），或在控制台提交",
    "activate SMS for this account in the console": "请在控制台为此账号开通短信服务",
    "give this key the right to the action (in the console: RAM, AliyunDysmsFullAccess)": "请授权此密钥执行该操作（控制台：RAM，AliyunDysmsFullAccess）",
    "pay what the account owes, or top it up": "请结清欠款或充值",
    "the account is frozen, abnormal or gone: look into the console": "账号被冻结、异常或不存在：请到控制台查看",
    "the service does not take calls from the place this address belongs to": "服务不接受此地址所在地区的调用",
    "the service has switched this action off: update smsform": "服务已停用该操作：请更新 smsform",
    # 密钥
    "check the AccessKey id: it must exist and be enabled": "请检查 AccessKey ID：必须存在且已启用",
    "check the AccessKey secret: it is not this id's": "请检查 AccessKey Secret：它与此 ID 不匹配",
    "get new temporary credentials: the token is wrong or has expired": "请获取新的临时密钥：token 有误或已过期",
    "set this machine's clock: it is more than fifteen minutes off": "请校准本机时钟：误差超过十五分钟",
    # 太多、太快
    "wait: the account calls faster than the service allows": "请稍候：账号的调用频率超过服务的限制",
    "a limit of the account is reached: wait, or raise it in the console": "账号已达某项上限：请稍后再试，或在控制台提高",
    # 发往何处
    "check `endpoint` in smsform.yaml: it is not the SMS API of 2017-05-25": "请检查 smsform.yaml 里的 `endpoint`：它不是 2017-05-25 版的短信 API",
    "this endpoint does not take such a call: leave `http_method` and `sign_method` out of smsform.yaml": "此 endpoint 不接受这种调用：请从 smsform.yaml 里去掉 `http_method` 和 `sign_method`",
    "something between here and the service alters headers or the address": "本机与服务之间有环节改动了请求头或地址",
    # smsform 不该发出的请求
    "check the definition's values; if they are right, smsform built a bad request: please report it": "请检查定义里的值；如果无误，则是 smsform 构造了错误的请求：请反馈",
    # 发送
    "give every variable of the template a value": "请给模板的每个变量赋值",
    "let the value fit its variable's attribute": "变量值请符合变量的属性",
    "shorten the value: the service's limit is in the console": "请缩短变量值：长度限制见控制台",
    "put the address into the text: a value must not contain one": "请把链接写进正文：变量值里不能有链接",
    "the signature must be approved, usable, and serve this type of template": "签名必须已通过审核、可用，且适用于该类型的模板",
    "test signatures and templates reach numbers that were registered for it": "测试签名和模板只能发往登记过的号码",
    "write the number in full, and send to the market the template serves": "请写完整的号码，并发往模板适用的市场",
    "give fewer numbers in one call": "请减少一次调用的号码数",
    "the recipient has opted out: leave the number out": "收件人已退订：请去掉该号码",
    "leave the number out: the recipient has opted out or complained, and nobody can lift that": "请去掉该号码：收件人已退订或投诉，无法解除",
    "this number has had enough messages for now, those of other senders included: wait; an enterprise may raise its own limits in the console": "此号码已达频率上限，其他发送方的也计入：请稍后再发；企业可在控制台提高自己的上限",
    "keep one extension code to one signature, or change the pair in the console": "一个扩展码只配一个签名，或在控制台修改对应关系",
    "free extension codes in the console, or ask the support for more": "请在控制台释放扩展码，或向客服申请更多",
    "wait until the carriers have filed the signature: five to ten working days": "请等待运营商完成签名报备：五到十个工作日",
    "check signature, text and number": "请检查签名、内容和号码",
    "check the short link: smsform makes none": "请检查短链接：smsform 不生成短链接",
    "use an extension code this signature has, or none": "请用此签名已有的扩展码，或不用",
    # 无人知晓
    "the service failed inside: try again later, with the RequestId ask its support": "服务内部出错：请稍后再试，或凭 RequestId 咨询客服",
    "something between here and the service repeats calls: look for a proxy": "本机与服务之间有环节重复了调用：请检查代理",
    "apply again; if it is refused again, upload in the console": "请再次 apply；如仍被拒绝，请在控制台上传",
}
