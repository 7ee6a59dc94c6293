### Letters on the screen: lists, one letter, signing, service, checking codes, printing.

## Refusals

letter-step-not-for-kind = “{ $kind }”没有“{ $event }”这一步。请按这种文书的程序办理。
letter-lead-signs = 这种文书须由县人社局领导签发。请转交领导办理。
letter-no-official-copy = 这份文书还没有文号，没有正式联。请先打印现场告知联，或审签、取号后再打印正式联。
letter-deadline-impossible = 日期“{ $day }”不能用：须写成 2026-03-15 的样子，且不早于走访当日。请改正。
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
code-sentence-with-details = { $sentence }{ $details }

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
