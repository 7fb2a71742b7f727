"""The words of the codes of sending; those marked "seen" were quoted in public."""

from __future__ import annotations

from collections.abc import Mapping

BACKEND: Mapping[str, str] = {
    "PORT_NOT_REGISTERED": "签名尚未完成运营商实名报备",
    "SIGNATURE_BLACKLIST": "签名黑名单",
    "isv.AMOUNT_NOT_ENOUGH": "账户余额不足",  # seen
    "isv.BLACK_KEY_CONTROL_LIMIT": "黑名单管控",
    "isv.CODE_ERROR": "扩展码长度错误",
    "isv.CODE_EXCEED_LIMIT": "扩展码已用完",
    "isv.CUSTOMER_REFUSED": "用户已退订推广短信",
    "isv.DAY_LIMIT_CONTROL": "触发日发送限额",
    "isv.DOMESTIC_NUMBER_NOT_SUPPORTED": "国际/港澳台消息模板不支持发送境内号码",
    "isv.EXTEND_CODE_ERROR": "扩展码使用错误",
    "isv.INVALID_JSON_PARAM": "JSON参数不合法，只接受字符串值",
    "isv.MOBILE_COUNT_OVER_LIMIT": "手机号码数量超过限制",
    "isv.MOBILE_NUMBER_ILLEGAL": "非法手机号",
    "isv.MONTH_LIMIT_CONTROL": "触发月发送限额",
    "isv.ONE_CODE_MULTIPLE_SIGN": "同一扩展码不能用于多个签名",
    "isv.PARAM_LENGTH_LIMIT": "参数超出长度限制",
    "isv.PARAM_NOT_SUPPORT_URL": "变量不支持URL",
    "isv.SIGN_STATE_ILLEGAL": "签名状态不正确",
    "isv.SMS_CONTENT_ILLEGAL": "短信内容包含禁止发送内容",
    "isv.SMS_CONTENT_MISMATCH_TEMPLATE_TYPE": "短信内容和模板属性不匹配",
    "isv.SMS_SIGN_ILLEGAL": "签名禁止使用",
    "isv.SMS_SIGN_NAME_ILLEGAL": "签名不合法(不存在或未审核通过)",
    "isv.SMS_SIGNATURE_SCENE_ILLEGAL": "签名的适用场景与短信类型不匹配",
    "isv.SMS_TEST_NUMBER_LIMIT": "只能向已绑定的测试手机号发送",
    "isv.SMS_TEST_SIGN_TEMPLATE_LIMIT": "测试模板和签名必须结合使用",
    "isv.SMS_TEST_TEMPLATE_PARAMS_ILLEGAL": "测试模板的变量只支持4至6位数字",
    "isv.TEMPLATE_MISSING_PARAMETERS": "模板缺少变量",
    "isv.TEMPLATE_PARAMS_ILLEGAL": "模板变量的值与变量属性不符",
    "isv.UNSUPPORTED_CONTENT": "短信内容包含不支持的字符",
}
