# 简体中文. See ../languages/README.md for what each kind of entry is.

## The language

date-time = { $year }年{ $month }月{ $day }日 { $clock }（UTC）
list-separator = {"、"}
sentence-separator = {""}

## Ways to sign in, and types of values, inside a message

method-code = 验证码
method-deviceauthn = 设备密钥
method-oidc = 第三方账号
method-passkey = 通行密钥
method-password = 密码
method-saml = 企业账号
method-webauthn = 安全密钥
type-array = 列表
type-boolean = 是或否
type-integer = 整数
type-null = 空值
type-number = 数字
type-object = 字段组
type-string = 文本

## Login

kratos-1010001 = 登录
kratos-1010002 = 使用 { $provider } 登录
kratos-1010003 = 请验证您的身份，以确认此操作。
kratos-1010004 = 请完成两步验证以登录。
kratos-1010005 = 验证
kratos-1010006 = 身份验证码
kratos-1010007 = 备用码
kratos-1010008 = 使用安全密钥登录
kratos-1010009 = 使用身份验证器应用
kratos-1010010 = 使用备用码
kratos-1010011 = 使用安全密钥继续
kratos-1010012 = 请准备好安全密钥，或设备的指纹或面部识别功能，然后继续。
kratos-1010013 = 继续
kratos-1010014 = 我们已向您提供的邮箱或电话号码发送验证码。如果您未收到，请检查输入是否有误，然后重试。
kratos-1010015 = 发送登录验证码
kratos-1010016 = 您尝试使用“{ $duplicate_identifier }”登录，但它已被其他账号使用。请登录该账号，以便将 { $provider } 添加为另一种登录方式。
kratos-1010017 = 登录并关联
kratos-1010018 = 使用 { $provider } 确认
kratos-1010019 = 获取验证码以继续
kratos-1010020 = 我们将向 { $masked_to } 发送验证码。请在此处输入完整的邮箱地址或电话号码，以确认它属于您。
kratos-1010021 = 使用通行密钥登录
kratos-1010022 = 使用密码登录
kratos-1010023 = 向 { $address } 发送验证码
kratos-1010024 = 使用设备密钥登录
kratos-1010025 = 我们已向您的邮箱或电话号码发送验证码。如果您未收到，请重试。

## Registration

kratos-1040001 = 注册
kratos-1040002 = 使用 { $provider } 注册
kratos-1040003 = 继续
kratos-1040004 = 使用安全密钥注册
kratos-1040005 = 我们已向您提供的邮箱或电话号码发送验证码。如果您未收到，请检查输入是否有误，然后重新注册。
kratos-1040006 = 发送注册验证码
kratos-1040007 = 使用通行密钥注册
kratos-1040008 = 返回
kratos-1040009 = 请选择您今后的登录方式。

## Settings

kratos-1050001 = 您的更改已保存。
kratos-1050002 = 关联 { $provider }
kratos-1050003 = 取消关联 { $provider }
kratos-1050004 = 移除身份验证器应用
kratos-1050005 = 身份验证器应用的二维码
kratos-1050007 = 显示备用码
kratos-1050008 = 创建新的备用码
kratos-1050010 = 以下是您的备用码。请将其保存在安全的地方。
kratos-1050011 = 确认备用码
kratos-1050012 = 添加安全密钥
kratos-1050013 = 安全密钥的名称
kratos-1050014 = 使用时间：{ $used_at }
kratos-1050016 = 移除备用码
kratos-1050017 = 如果您无法扫描二维码，请在身份验证器应用中输入此密钥。
kratos-1050018 = 移除安全密钥“{ $display_name }”
kratos-1050019 = 添加通行密钥
kratos-1050020 = 移除通行密钥“{ $display_name }”
kratos-1050021 = 移除设备密钥
kratos-1050022 = 设备密钥的一次性值
kratos-1050023 = 您的账号由您所在的组织管理。如需更改这些设置，请与管理员联系。

## Recovery

kratos-1060001 =
    { $minutes ->
       *[other] 您的账号已恢复。请在 { $minutes } 分钟内更改密码或设置其他登录方式。
    }
kratos-1060002 = 我们已向您提供的邮箱发送了一封包含恢复链接的邮件。如果您未收到，请检查邮箱地址是否有误，并使用您注册时的邮箱地址。
kratos-1060003 = 我们已向您提供的邮箱发送了一封包含恢复验证码的邮件。如果您未收到，请检查邮箱地址是否有误，并使用您注册时的邮箱地址。
kratos-1060004 = 我们已向 { $masked_address } 发送恢复验证码。如果您未收到，请检查输入是否有误，并使用您注册时的邮箱或电话号码。
kratos-1060005 = 如需恢复账号，请输入完整的恢复邮箱或电话号码。
kratos-1060006 = 您想通过哪种方式恢复账号？
kratos-1060007 = 返回

## Labels

kratos-1070001 = 密码
kratos-1070003 = 保存
kratos-1070004 = 邮箱、电话号码或用户名
kratos-1070005 = 提交
kratos-1070006 = 验证
kratos-1070007 = 邮箱
kratos-1070008 = 重新发送验证码
kratos-1070009 = 继续
kratos-1070010 = 恢复验证码
kratos-1070011 = 验证码
kratos-1070012 = 注册验证码
kratos-1070013 = 登录验证码
kratos-1070014 = 登录并关联
kratos-1070015 = 请证明您不是机器人，以便继续。
kratos-1070016 = 恢复邮箱或电话号码
kratos-1070017 = 电话号码
kratos-1070018 = 邮箱或电话号码

## Verification

kratos-1080001 = 我们已向您提供的邮箱发送了一封包含验证链接的邮件。如果您未收到，请检查邮箱地址是否有误，并使用您注册时的邮箱地址。
kratos-1080002 = 您的邮箱已通过验证。
kratos-1080003 = 我们已向您提供的邮箱发送了一封包含验证码的邮件。如果您未收到，请检查邮箱地址是否有误，并使用您注册时的邮箱地址。
kratos-1080004 = 我们已向您提供的电话号码发送了一条包含验证码的短信。如果您未收到，请检查号码是否有误，并使用您注册时的号码。
kratos-1080005 = 您的电话号码已通过验证。

## Errors of fields. The reason of Kratos, in English, follows 4000001, 4000005 and 5000001.

kratos-4000001 = 请检查此项内容。
kratos-4000002 = 缺少“{ $property }”。
    .field = 请填写此字段。
kratos-4000003 =
    { $min_length ->
       *[other] 请至少输入 { $min_length } 个字符。
    }
kratos-4000004 = 此项内容的格式不正确。
kratos-4000005 = 此密码无法使用。
kratos-4000006 = 输入的信息不正确。请检查密码以及用户名、邮箱或电话号码是否有误。
kratos-4000007 = 使用此邮箱、电话号码或用户名的账号已存在。
kratos-4000008 = 此身份验证码无效。请重试。
kratos-4000009 = 未输入登录所需的信息，例如邮箱。请重新填写表单。
kratos-4000010 = 此账号尚未激活。请先验证您的邮箱。
kratos-4000011 = 您尚未设置身份验证器应用。
kratos-4000012 = 此备用码已被使用。
kratos-4000013 = 您尚未设置安全密钥。
kratos-4000014 = 您没有备用码。
kratos-4000015 = 此账号不存在或没有安全密钥。
kratos-4000016 = 此备用码无效。
kratos-4000017 =
    { $max_length ->
       *[other] 请最多输入 { $max_length } 个字符。
    }
kratos-4000018 = 请输入不小于 { $minimum } 的数字。
kratos-4000019 = 请输入大于 { $minimum } 的数字。
kratos-4000020 = 请输入不大于 { $maximum } 的数字。
kratos-4000021 = 请输入小于 { $maximum } 的数字。
kratos-4000022 = 请输入 { $base } 的倍数。
kratos-4000023 =
    { $max_items ->
       *[other] 请最多输入 { $max_items } 项。
    }
kratos-4000024 =
    { $min_items ->
       *[other] 请至少输入 { $min_items } 项。
    }
kratos-4000025 = 各项不得重复。
kratos-4000026 = 此项内容的类型不正确。应为：{ $allowed_types }。
kratos-4000027 = 使用此邮箱、电话号码或用户名的账号已存在。请登录该账号以关联您的个人资料。
kratos-4000028 = “{ $credential_identifier_hint }”已被其他账号使用。
    .unknown = 此邮箱、电话号码或用户名已被其他账号使用。
    .methods = 您可以使用以下方式登录该账号：{ $methods }。
    .providers = 您可以通过以下服务登录该账号：{ $providers }。
kratos-4000029 = 此项内容必须为“{ $expected }”。
kratos-4000030 = 此项内容与预期不符。
kratos-4000031 = 此密码与您的邮箱或用户名过于相似。
kratos-4000032 =
    { $min_length ->
       *[other] 密码必须至少包含 { $min_length } 个字符。
    }
kratos-4000033 =
    { $max_length ->
       *[other] 密码最多只能包含 { $max_length } 个字符。
    }
kratos-4000034 = 此密码已出现在泄露的数据中。请选择其他密码。
kratos-4000035 = 此账号不存在或不支持使用验证码登录。
kratos-4000036 = 这些信息与您之前输入的不一致。
kratos-4000037 = 此账号不存在或没有可用的登录方式。
kratos-4000038 = 无法确认您不是机器人。请重试。
kratos-4000039 = 新密码不能与旧密码相同。
kratos-4000040 = 请输入有效的邮箱地址。
kratos-4000041 = 请输入有效的电话号码。
kratos-4000042 = 您尚未设置设备密钥。
kratos-4000043 = 安全密钥未被接受。请重试。
kratos-4000044 = 设备密钥未被接受。
kratos-4000045 = 此设备密钥已无法使用。请重新设置您的设备。
kratos-4000046 = 此设备密钥过旧，无法使用。请重新设置您的设备。

## Errors of forms

kratos-4010001 = 此表单已过期。请重新登录。
kratos-4010002 = 无法登录。请检查您输入的内容。
kratos-4010003 = 无法注册。请检查您输入的内容。
kratos-4010004 = 无法保存设置。请检查您输入的内容。
kratos-4010005 = 无法恢复您的账号。请检查您输入的内容。
kratos-4010006 = 无法验证您的邮箱或电话号码。请检查您输入的内容。
kratos-4010007 = 此请求已成功完成，无法重复提交。
kratos-4010008 = 此登录验证码无效或已被使用。请重试。
kratos-4010009 = 这不是要关联的账号。
kratos-4010010 = 此邮箱或电话号码不属于您的账号。
kratos-4010011 = 此账号已被停用。请与支持团队联系。
kratos-4040001 = 此表单已过期。请重新注册。
kratos-4040002 = 此请求已成功完成，无法重复提交。
kratos-4040003 = 此注册验证码无效或已被使用。请重试。
kratos-4050001 = 此表单已过期。请重试。
kratos-4050002 = 您一次只能更改一个邮箱或电话号码。请分别保存每项更改。
kratos-4060001 = 此请求已成功完成，无法重复提交。
kratos-4060002 = 恢复失败。请重新开始。
kratos-4060003 = 恢复链接不完整。请重新开始。
kratos-4060004 = 此恢复链接无效或已被使用。请重新开始。
kratos-4060005 = 此表单已过期。请重新开始恢复账号。
kratos-4060006 = 此恢复验证码无效或已被使用。请重试。
kratos-4070001 = 此验证链接无效或已被使用。请重新开始。
kratos-4070002 = 此请求已成功完成，无法重复提交。
kratos-4070003 = 验证失败。请重新开始。
kratos-4070004 = 验证链接不完整。请重新开始。
kratos-4070005 = 此表单已过期。请重新开始验证。
kratos-4070006 = 此验证码无效或已被使用。请重试。
kratos-5000001 = 出了点问题。
kratos-5000002 = 目前没有可用的登录方式。请与管理员联系。
kratos-5000003 = 您所在的组织要求使用企业账号登录，但尚未设置此登录方式。请与管理员联系。

## Phrases of the pages: titles of pages and of the sections of the settings

login-title = 登录
refresh-title = 验证您的身份
second_factor-title = 登录
second_factor-subtitle = 两步验证
registration-title = 创建账号
recovery-title = 恢复您的账号
verification-title = 验证邮箱或电话号码
settings-title = 账号设置
sections-title = 本页内容
section-profile = 个人资料
section-password = 密码
section-oidc = 第三方账号登录
section-saml = 企业账号登录
section-totp = 身份验证器应用
section-passkey = 通行密钥
section-webauthn = 安全密钥
section-deviceauthn = 设备密钥
section-lookup_secret = 备用码
section-other = 更多

## Inside forms

or = 或
submit = 提交
no_choice = 不选择
field-optional = 可选
field-date_time = 日期、时间和时区，例如 2026-11-28T09:30:00Z
list-add = 添加一项
list-remove = 如需移除某一项，请取消勾选。
password-new = 新密码
password-show = 显示密码
code-sent_to = 验证码已发送至：
code-enter = 请输入我们发送给您的验证码。如果未收到，请查看垃圾邮件文件夹，或重新发送验证码。
totp-enter = 请打开身份验证器应用，并输入其中显示的验证码。
lookup_secret-enter = 请输入您的一个备用码。每个备用码只能使用一次。
lookup_secret-confirm = 请将这些备用码保存在安全的地方，然后进行确认。确认之前，备用码不会生效。
needs_script = 此功能需要 JavaScript 以及支持通行密钥或安全密钥的浏览器。
needs_script-profile = 更改此项需要 JavaScript：否则您的其他资料会丢失。
needs_script-captcha = 此表单需要 JavaScript：用于确认您不是机器人。
nothing_to_do = 此处无需任何操作。
no_second_factor = 您尚未设置两步验证。您可以在账号设置中进行设置。
unusable = 此表单无法使用：其目标不是网址。

## Links

link-recovery = 忘记了密码？
link-recovery_code = 登录时遇到问题？
link-registration-before = 没有账号？
link-registration = 注册
link-login-before = 已有账号？
link-login = 登录
link-other_account = 使用其他账号
link-verification = 验证邮箱或电话号码
link-settings = 账号设置
link-logout = 退出登录
link-home = 首页
link-try_again = 重试
link-confirm = 验证您的身份
link-continue = 继续
link-back = 返回

## Errors and refusals

error-title = 出了点问题
error-unknown = 此错误没有说明。
error-details = 详细信息
refused-not_signed_in = 您尚未登录。
refused-forbidden = 您无权访问此页面。
refused-confirm = 请验证您的身份，然后重试。
refused-second_factor = 访问此页面需要进行两步验证。
refused-verify = 请先验证您的邮箱或电话号码。
refused-no_progress = 登录失败。请允许使用 Cookie，然后重试。
refused-no_flow = 此表单已过期。
refused-cross_site = 此请求由其他网站发送，未执行任何操作。
refused-rate_limited = 请求过多。请稍后重试。
refused-unavailable = 目前无法检查您的会话。您并未退出登录，请稍后重试。
refused-other = 无法响应此请求。

## Consent, logout and devices of an OAuth 2 provider

consent-title = { $client } 想使用您的账号
consent-unnamed = 一个应用
consent-scopes = 它请求以下权限。您可以拒绝其中一部分。
consent-accept = 允许
consent-reject = 不允许
consent-remember = 不再为此应用询问
consent-terms = 应用的服务条款
consent-policy = 应用的隐私政策
consent-other_account = 应用需要的账号与您当前登录的账号不同。
consent-anew = 使用另一个账号登录
scope-openid = 确认您的身份
scope-profile = 查看您的姓名和个人资料
scope-email = 查看您的邮箱
scope-phone = 查看您的电话号码
scope-address = 查看您的邮寄地址
scope-offline_access = 在您离开时保持连接
scope-unknown = 使用“{ $scope }”
logout-question = 要退出登录吗？
logout-client = { $client } 请求让您在此处以及从此处打开的应用中退出登录。
logout-stay = 保持登录
device-title = 连接设备
device-question = 请输入设备上显示的代码。仅当您是在面前的设备上开始此操作时才继续。
device-code = 代码
device-wrong = 代码错误或已过期。
device-done = 设备已连接。您可以关闭此页面。
provider-expired = 此请求已过期或已处理。请在应用中重新开始。
provider-unavailable = 目前无法执行此操作。请稍后再试。
provider-error = 应用无法让您登录。

## Sessions and devices, and deleting the account

devices-title = 会话和设备
devices-current = 此设备
devices-unknown = 未知设备
devices-name = { $system } 上的 { $browser }
devices-signed_in = 登录时间：{ $time }
devices-two_factors = 已使用双重验证
devices-from = 来自：{ $place }
devices-revoke = 退出登录：{ $device }
devices-revoke_others = 退出所有其他设备
devices-alone = 您没有在其他地方登录。
ago-now = 刚刚
ago-minutes =
    { $n ->
       *[other] { $n } 分钟前
    }
ago-hours =
    { $n ->
       *[other] { $n } 小时前
    }
ago-days =
    { $n ->
       *[other] { $n } 天前
    }
delete-title = 删除账号
delete-warning = 您的账号及其所有内容将被删除。此操作无法撤销。
delete-confirm = 我要永久删除我的账号
delete-button = 删除我的账号
delete-failed = 无法删除您的账号。请稍后重试。
