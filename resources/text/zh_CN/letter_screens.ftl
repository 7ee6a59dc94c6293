### Letters on the screen: lists, one letter, signing, service, checking codes, printing.

## Refusals

letter-step-not-for-kind = “{ $kind }”没有“{ $event }”这一步。请按这种文书的程序办理。
letter-lead-signs = 这种文书须由县人社局领导签发。请转交领导办理。
letter-no-official-copy = 这份文书还没有文号，没有正式联。请先打印现场告知联，或审签、取号后再打印正式联。
letter-deadline-impossible = 日期“{ $day }”不能用：须写成 2026-03-15 的样子，且不早于走访当日。请改正。
letter-draft-out-of-date = 体检的答案在核对草稿之后又改过，草稿已经更新。请重新核对内容，再请企业签字。
letter-refusal-unproven = 记录拒签须有见证人，或者先添加现场照片。请补充后再确认。
letter-registry-number-needed = 这种文书的文号由局机关统一登记。请填写登记得到的文号。
letter-number-taken = 文号 { $number } 已用于另一份文书。请核对登记簿。
number-year-not-over = { $year } 年还没有结束，不能列空号。请到下一年再办。
code-file-missing = 文件“{ $file }”打不开：可能已被移走，或没有权限。请重新选择文件。
code-file-too-large = 文件“{ $file }”超过 { $limit } MB，不像是一份文书。请只选文书的照片或 PDF。

## Checking a code

code-verdict-genuine = 真实有效
code-verdict-altered = 核验不通过
code-verdict-wrong_content = 内容不符
code-verdict-withdrawn = 已撤回
code-verdict-revoked = 设备已停用
code-verdict-unknown_device = 无法核验
code-verdict-uncertified = 设备未经确认
code-verdict-malformed = 读不出核验码
code-verdict-no_code = 没有核验码
code-verdict-not_on_file = 没有存档

code-sentence-genuine = 签名相符，核验码未被改动。请把下列内容与纸面逐项对照。
code-sentence-genuine_on_file = 签名相符，与本机存档一致。请把下列内容与纸面逐项对照。
code-sentence-altered = 核验码被改动过，或者不是登记的设备签发的。请勿采信，并与出具单位核对。
code-sentence-wrong_content = 核验码与文书的内容对不上：文字与签发时的不一致。请勿采信，并与出具单位核对。
code-sentence-withdrawn = 文书确由本系统开出，但已经撤回，不再有效。请以重新出具的文书为准。
code-sentence-revoked = 签名相符，但出具设备在此之前已被停用。请与出具单位核对这份文书。
code-sentence-unknown_device = 本机没有出具设备的登记信息，不能判断真伪。请同步后再试，或拿到别的电脑上核验。
code-sentence-uncertified = 签名相符，但出具设备没有县里的证书。请同步后再试，或与出具单位核对。
code-sentence-malformed = 这不是本系统的核验码，或者没有录全。请重新拍照、扫描，或核对后再输入。
code-sentence-no_code = 没有找到本系统的核验码。请对准二维码重拍一张清楚的照片，或输入二维码旁的核验码。
code-sentence-not_on_file = 本机存档里没有这个核验码的文书。请核对有没有输错；对方单位出具的，请扫描二维码核验。
code-sentence-with-details = { $sentence }{ $details }。

code-fact-kind = 文书
code-fact-number = 文号
code-fact-day = 日期
code-fact-enterprise = 企业
code-fact-uscc = 信用代码
code-fact-items = 事项数
code-fact-amount = 金额
code-fact-words = 核验码
code-fact-device = 出具设备

## What letters are made of

letter-nothing-to-tell = 现在没有可写进“{ $kind }”的内容。请先办理相应的整改、复查、延期或送达，再来起草。
letter-different-enterprises = 一份文书只能发给一家企业。请只选同一家企业的事项。
letter-day-unreadable = 日期“{ $day }”读不出来。请写成 2026-03-15 的样子。

referral-target = 方山县劳动保障监察机构
referral-history-return = { $date }复查不合格
referral-history-fall_overdue = { $date }起逾期未整改
referral-history-remind = { $date }提醒后仍未整改
referral-history-approve_extension = { $date }批准延期一次
referral-history-report_done = { $date }报送整改情况
referral-evidence-photo = 照片
referral-evidence-line = { $code } { $name }
extension-opinion-approve_extension = 同意延期一次。
extension-opinion-refuse_extension = 不同意延期。

## Words and colours

letter-wait-signature = 待签字
letter-wait-approval = 待审签
letter-wait-number = 待取号
letter-wait-service = 待送达
letter-weekday-1 = 星期一
letter-weekday-2 = 星期二
letter-weekday-3 = 星期三
letter-weekday-4 = 星期四
letter-weekday-5 = 星期五
letter-weekday-6 = 星期六
letter-weekday-7 = 星期日
letter-long-day = { $day }（{ $weekday }）

## Printing and exporting

printing-title = 打印文书
printing-label = 打印{ $name }
printing-done = 已把“{ $name }”送到打印机，共 { $pages } 面。
printing-refused = 打印机“{ $printer }”没有接受打印任务。请检查打印机是否开机、缺纸，或换一台打印机再试。
printing-export-title = 导出 PDF
printing-export-kind = PDF 文件 (*.pdf)
printing-export-label = 导出{ $name }
printing-exported = 已导出到 { $file }。

## The draft of a prescription

draft-empty = 体检没有发现问题，也没有建议和风险提示，不必开处方。
draft-empty-hint = 在“用工体检”里答出不合规的条目后，这里会自动列出存在问题、依据和建议。
draft-sign = 签字、打印现场联
draft-go-on = 去打印、送达
draft-frozen = 这份处方已经现场确认，内容冻结，只能查看。
draft-report-by = 整改情况报送期限
draft-item-title = { $number }. { $code }　{ $section }
draft-item-blank = 有空白
draft-item-edited = 已改写
draft-item-restore = 恢复原文
draft-item-finding = 存在问题
draft-item-advice = 建议
draft-item-deadline = 整改时限
draft-item-owner = 负责人
draft-item-owner-name = 姓名
draft-item-owner-post = 职务
draft-item-owner-phone = 联系电话
draft-item-owner-for-all = 用于全部事项
draft-item-tracker = 跟踪人
draft-item-too-late = 不得长于默认期限（{ $day }）。确需更长的，请写明原因，事后按延期办理。
draft-item-some-unverified = 以下依据未经核对原文，不打印：{ $cites }
draft-item-none-verified = 依据未经核对原文，这一条打印时不写依据：{ $cites }
draft-warning-blank = 以下条目的文字还有空白（____），补填数据后才能确认：{ $codes }。
draft-warning-unverified = 以下条目没有核对过的依据，打印时不写依据：{ $codes }。
draft-warning-owner = 以下条目的整改负责人还没有填全（姓名、职务、电话）：{ $codes }。
draft-warning-late = 以下条目的时限长于默认期限：{ $codes }。

## Signing

signing-title = 签字确认
signing-way-screen = 屏幕签字
signing-way-paper = 纸上签字
signing-way-refused = 拒绝签字
signing-person = 企业签字人
signing-name = 姓名
signing-post = 职务
signing-phone = 联系电话
signing-enterprise = 企业
signing-who = 谁来签
signing-pad = { $name }签名区
signing-undo = 撤销一笔
signing-clear = 重签
signing-paper-hint = 确认后内容即冻结。打印现场联，由企业在纸上签字盖章；异议栏留空，由企业当场勾选。
signing-objection = 陈述意见
signing-objection-hint = 无异议可不填
signing-refusal = 拒签事由
signing-witness = 见证人
signing-photos = 照片
signing-refusal-photo = 没有见证人时，请拍下拒签现场。可拖入、粘贴。
signing-accept = 确认，冻结内容
signing-done = 已确认，内容已冻结。请打印现场联并登记送达。
signing-missing-name = 请填写企业签字人的姓名。
signing-missing-signature = 请企业在签名区签字。
signing-missing-reason = 请写明拒签事由。
signing-missing-witness = 请填写见证人，或添加现场照片。
letter-photo-add = 添加照片

## Printing and service in a visit

service-print-title = 打印
service-copies = 份数
service-copies-hint = 一式两份：企业一份，存档一份。
service-duplex = 双面
service-print = 打印现场联
service-print-official = 打印正式联
service-title = 送达登记
service-way = 送达方式
service-recipient = 收件人
service-witness = 见证人
service-tracking = 邮件单号
service-consent = 确认书
service-consent-hint = 企业何时签署的电子送达确认书，送达到哪个地址
service-photo-hint = 拍下文书留在企业住所的情形。可拖入、粘贴。
service-day = 送达日期
service-day-missing = 请填写送达日期。
service-servers = 送达人
service-place = 送达地点
service-note = 备注
service-accept = 登记送达
service-no-letter = 还没有用工处方
service-no-letter-hint = 请先在“用工处方”一步核对草稿，再回来签字、打印、送达。
service-to-draft = 去看处方草稿
service-told-signed = 企业已签字确认（{ $name }），内容已冻结。
service-told-refused = 企业拒绝签字：{ $reason }。内容已冻结。
service-told-served = 已送达：{ $way }，{ $day }。
service-told-begun = { $count } 项整改的期限从{ $day }起算，即送达的次日。
letter-items-title = 整改事项
letter-item-until = 整改时限 { $day }
letter-export = 导出 PDF

## One letter

letter-page-title = 文书
letter-subtitle = { $number } · { $enterprise }
letter-gone = 没有找到这份文书，可能已被删除或尚未同步到本机。
letter-more = 更多 ▾
letter-edit = 编辑
letter-print = 打印
letter-copy-text = 复制全文
letter-text-copied = 全文已复制，可粘贴到别处。
letter-show-onsite = 看现场告知联
letter-show-official = 看正式联
letter-serve-again = 登记正式联送达
letter-to-visit = 去看走访
letter-to-enterprise = 去看企业
letter-draft-kind = 起草{ $kind }
letter-discard = 删除草稿

letter-steps-title = 办理
letter-go-to-signing = 去签字确认
letter-confirm-own = 定稿，冻结内容
letter-do-approve = 审签
letter-do-issue = 取号签发
letter-do-serve = 登记送达
letter-do-serve_on_site = 现场告知，登记送达
letter-do-withdraw = 撤回
letter-done-confirm = 已定稿，内容冻结。
letter-done-approve = 已审签。
letter-done-issue = 已取号签发。请打印正式联，盖章后送达。
letter-done-serve = 送达已登记。
letter-done-withdraw = 已撤回，文号不再使用。已经开始的整改事项请逐项处理。
letter-withdraw-question = 为什么撤回？（企业有误、事实有误等）撤回后不能恢复，文号不再使用。
letter-registry-number = 文号
letter-registry-question = 这种文书的文号由局机关统一登记。请填写登记得到的文号。
letter-registry-example = 如 方人社函〔2026〕52号

letter-service-title = 送达
letter-fact-state = 状态
letter-fact-number = 文号
letter-fact-field-number = 现场编号
letter-fact-approved = 审签
letter-fact-signed = 签收人
letter-fact-refused = 拒签
letter-fact-objection = 陈述意见
letter-fact-withdrawn = 撤回原因
letter-fact-served = 送达
letter-fact-copies = 份数
letter-two-copies = 一式两份
letter-signed = { $name }
letter-signed-on-paper = { $name }（纸上签字）
letter-code-title = 核验
letter-code-remark = 断网也可验真
letter-code-explained = 二维码含文号、企业、条目摘要与数字签名。复印、改字后核验不通过。
letter-item-line = { $code } · 时限 { $day }
letter-papers-title = 相关文书
letter-photos-title = 照片、扫描件
letter-photos-hint = 签过字的纸、送达回证、邮寄回执可拍照存档。
letter-history-title = 经过
letter-history-made = 起草

## Editing a drafted letter

letter-edit-hint = 只改需要改的地方，其余仍由台账自动生成；清空一栏即恢复原来的文字。
letter-edit-keep = 保存
letter-edit-deadline = 整改时限
letter-edit-finding = { $code } 情况
letter-edit-result = { $code } 复查
letter-edit-planned-count = 拟裁人数
letter-edit-informed-on = 反映日期
letter-edit-explained-on = 说明日期
letter-edit-planned-on = 拟实施日期
letter-edit-target = 移送单位
letter-edit-history = 整改经过
letter-edit-place = 送达地点
letter-edit-reason = 延期理由
letter-edit-safeguards = 保障措施
letter-edit-repayment-plan = 清偿计划
letter-edit-handler-opinion = 承办人意见

## The list of letters

letters-title = 文书
letters-subtitle = 共 { $count } 份 · 待送达 { $waiting }
letters-search = 文号、企业名称、信用代码
letters-all = 全部
letters-kind = 文种：
letters-state = 状态：
letters-township = 乡镇：
letters-empty = 还没有文书
letters-empty-hint = 走访中发现问题后，在“用工处方”一步会自动生成处方草稿；其他文书从处方和整改事项里起草。
letters-none-found = 没有符合条件的文书
letters-none-found-hint = 可以换一个条件，或清空搜索栏。
letters-numbers = 编号管理
letters-check = 核验文书
letter-column-document = 文号
letter-column-kind = 文种
letter-column-enterprise = 企业
letter-column-state = 状态
letter-column-waits = 待办
letter-column-items = 销号
letter-column-made = 起草日期
letter-column-served = 送达日期
letter-items-closed = { $closed }/{ $count }

layoff-hint = 企业反映拟裁减人员时，起草法定程序告知书。三十日从说明情况之日起算。
layoff-count-of-signal = 按预警信息
layoff-draft = 起草

## Numbers

numbers-title = 编号管理
numbers-year = 年份
numbers-blocks = 预留号段
numbers-reserve = 预留
numbers-reserved = 号段已预留。
numbers-void = 作废
numbers-voided = 已登记作废。
numbers-void-register = 空号、作废登记
numbers-close-year = 年末结账，列出空号
numbers-year-closed = 已列出未使用的编号。
numbers-reason = 作废原因，如纸张打坏
numbers-reason-missing = 请写明作废原因。
numbers-first = 起号
numbers-last = 止号
numbers-to = 至
numbers-block = { $first }—{ $last }
numbers-used-up = 已用完
numbers-device = { $number } 号机 { $name }
numbers-column-kind = 文种
numbers-column-device = 电脑
numbers-column-block = 号段
numbers-column-next = 下一号
numbers-column-left = 剩余
numbers-column-number = 编号
numbers-column-reason = 原因

## The page that checks codes

code-check-title = 核验文书
code-check-subtitle = 不用联网，凭二维码或核验码判断真伪
code-check-how = 拖入文书的照片或 PDF，粘贴截图，或输入二维码的内容、二维码旁的 8 位核验码。
code-check-placeholder = 二维码内容或核验码，如 EH8D-6CR5
code-check-do = 核验
code-check-choose = 选照片或 PDF
code-check-paste = 粘贴
code-check-kinds = 文书 ({ $suffixes })
code-check-nothing-pasted = 剪贴板里没有图片、文件或文字。请先复制，再粘贴。
code-check-working = 核验文书
code-check-empty = 还没有核验
code-check-empty-hint = 用手机拍下二维码，把照片传到电脑后拖进来；扫描件、PDF 也可以。
code-check-open = 打开这份文书
