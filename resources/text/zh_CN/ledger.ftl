### 整改台账与整改事项：筛选、列表、办理、期限、提醒。

## 办理中的拒绝

item-day-impossible = 日期 { $day } 不对，应在 { $earliest } 至 { $latest } 之间。请核对后再登记。
item-extension-not-later = 申请的期限 { $until } 不晚于现在的期限 { $deadline }。请改为更晚的日期。
item-nothing-to-remind = 所选事项都不需要企业再办理（已报整改、已移送或者已销号），没有登记提醒。请改选待整改的事项。

## 提醒企业

reminder-day = { $month }月{ $day }日
reminder-trimmed-marks = 。；，
reminder-item-due = { $letter }“{ $title }”，期限{ $day }（{ $when ->
    [today] 今天到期
   *[later] 还有{ $days }天
}）
reminder-item-overdue = { $letter }“{ $title }”，期限{ $day }（已逾期{ $days }天）
reminder-message = 【{ $body }】{ $enterprise }：贵单位以下整改事项请按期完成，并将整改材料报送我单位：{ $items }。如已完成或者确有困难，请及时联系，电话 { $phone }。

## 期限怎么算出来的

item-account-begun = { $served_on } 送达，自 { $start } 起算 { $days } 天，至 { $last }。
item-account-rolled = { $last } 是休息日，顺延到 { $due }（民法典第二百零三条）。
item-account-extended = 批准延期一次：{ $old } 延至 { $new }。
item-account-reopened = 复查不合格，自 { $start } 起再限 { $days } 天，至 { $new }。
item-account-flagged = 未按当年放假通知核对：本机没有 { $year } 年的放假安排，按周六、周日休息推算。

## 导出

ledger-export-unavailable = 这里不能导出表格。请在工作区打开后再试。
ledger-table-enterprise = 企业
ledger-table-township = 乡镇
ledger-table-risk = 风险等级
ledger-table-letter = 处方文号
ledger-table-code = 条目
ledger-table-title = 整改事项
ledger-table-owner = 整改负责人
ledger-table-phone = 联系电话
ledger-table-deadline = 整改时限
ledger-table-remaining = 剩余天数
ledger-table-state = 状态
ledger-table-lead = 牵头单位
ledger-table-tracker = 跟踪责任人
ledger-table-reported = 报整改日期
ledger-table-reminded = 最近提醒
ledger-table-closed = 销号日期
ledger-table-unpaid = 涉及金额（元）
ledger-table-flagged = 备注
ledger-flagged = 未按当年放假通知核对

## 台账页面

ledger-title = 整改台账
ledger-subtitle = 共 { $all } 项 · 未销号 { $open } · 逾期 { $overdue }
ledger-export = 导出 Excel
ledger-exporting = 导出整改台账
ledger-exported = 已导出 { $rows } 项到 { $file }。
ledger-file-name = 整改台账-{ $day }.xlsx
ledger-file-kinds = 表格文件 ({ $patterns })
ledger-remind = 提醒企业
ledger-remind-due = 提醒企业 { $count }
ledger-nothing-due = 今天没有要提醒的事项。期限前三天、当天和次日会列出来；也可以按空格选中几项再提醒。
ledger-choose-first = 请先在表中选一项整改事项。

ledger-group-open = 未销号
ledger-group-overdue = 逾期
ledger-group-due-in-week = 一周内到期
ledger-group-recheck = 待复查
ledger-group-closed = 已销号
ledger-all = 全部
ledger-filter-township = 乡镇：
ledger-filter-lead-body = 牵头：
ledger-filter-risk-level = 风险：
ledger-filter-tracker-id = 跟踪：
ledger-filter-single = 只看一家企业
ledger-filter-text = 事项、企业、负责人
ledger-tracker-me = 我

ledger-column-title = 整改事项
ledger-column-enterprise = 企业
ledger-column-township = 乡镇
ledger-column-risk = 风险
ledger-column-owner = 整改负责人
ledger-column-tracker = 跟踪人
ledger-column-deadline = 时限
ledger-column-remaining = 剩余
ledger-column-state = 状态

ledger-marked = 选
ledger-marked-count = 已选 { $count } 项
ledger-mark-hint = 空格键选中或者取消
ledger-unmark = 全部取消
ledger-remind-marked = 提醒所选企业

ledger-empty = 没有整改事项
ledger-empty-group-open = 没有未销号的整改事项
ledger-empty-group-overdue = 没有逾期的整改事项
ledger-empty-group-due-in-week = 一周内没有到期的整改事项
ledger-empty-group-recheck = 没有等待复查的整改事项
ledger-empty-group-closed = 还没有销号的整改事项
ledger-empty-hint = 用工处方送达后，其中要整改的问题逐条列在这里，整改一条消除一条。
ledger-empty-filtered = 没有符合条件的整改事项
ledger-empty-filtered-hint = 可以放宽上面的条件，或者清除后再找。
ledger-show-all = 清除条件
ledger-card-empty = 选一项看详情
ledger-card-empty-hint = 用 ↑ ↓ 选择，回车打开，Ctrl+R 复查。

## 事项的写法

item-title-address = 你单位
item-comma = 、
item-separator = { " · " }
item-owner = { $name } { $post } { $phone }
item-owner-none = 还没有指定
item-tracker-none = 还没有指定
item-officer-first = 第一人
item-officer-second = 第二人
item-officer-third = 第三人（可不选）
item-officer = { $name }（{ $body }）
item-letter = { $number } 第{ $ordinal }条
item-deadline-flagged = { $day }（未按当年放假通知核对）
item-chip-overdue = 逾期 { $days } 天
item-chip-today = 今天
item-chip-days = { $days } 天
item-chip-recheck = 复查剩 { $days } 天
item-chip-recheck-late = 复查超 { $days } 天
item-chip-none = —
item-key-letter = 处方
item-key-enterprise = 企业
item-key-owner = 负责人
item-key-tracker = 跟踪人
item-key-deadline = 时限
item-key-limit = 办理时限
item-limit = { $limit }，{ $due } 前（还有 { $days } 天）
item-limit-late = { $limit }，应在 { $due } 前（已超 { $days } 天）
item-limit-deadline = 整改期限
item-limit-recheck = 复查
item-limit-decide_extension = 审批延期
item-limit-escalate = 移送监察
item-open = 打开事项
item-open-enterprise = 企业
item-open-letter = 处方
item-open-referral = 打开移送函
item-all-steps = 查看全部经过
item-gone = 这项整改已经不在本机（可能已由其他单位撤回）。请刷新后再看。

item-event-begin = 处方送达，开始整改
item-event-remind = 提醒企业
item-step-until = 至 { $day }
item-step-asked = 申请延至 { $day }
item-step-plan = 计划：{ $plan }
item-step-by-desk = 到期自动登记

## 办理

item-action-report = 登记整改报告
item-action-recheck = 复查
item-action-decide = 审批延期
item-action-result = 登记监察结果
item-action-extend = 申请延期
item-action-escalate = 移送监察
item-action-owner = 指定负责人
item-action-remind = 提醒企业
item-action-transfer = 移送其他部门
item-action-disprove = 无需整改
item-action-refused = 不能{ $action }：{ $reason }
item-actions-none = 这项整改已经办结，没有要办的了。

item-dialog-report = 登记整改报告
item-dialog-recheck = 登记复查
item-dialog-decide = 审批延期
item-dialog-result = 登记监察结果
item-dialog-extend = 登记延期申请
item-dialog-escalate = 移送监察
item-dialog-owner = 指定整改负责人
item-dialog-transfer = 移送其他部门
item-dialog-disprove = 认定无需整改
item-dialog-about = { $enterprise } · { $letter }

item-accept-report = 登记
item-accept-recheck = 销号
item-accept-return = 退回整改
item-accept-decide = 批准
item-accept-refuse = 不批准
item-accept-result = 登记
item-accept-extend = 登记申请
item-accept-escalate = 移送并起草移送函
item-accept-owner = 保存
item-accept-transfer = 移送
item-accept-disprove = 认定

item-field-reported-on = 报告日期
item-field-evidence = 证据
item-field-note = 说明
item-field-asked = 申请
item-field-requested-on = 申请日期
item-field-extension-days = 延期天数
item-field-reason = 理由
item-field-plan = 整改计划
item-field-owner-name = 负责人姓名
item-field-owner-post = 职务
item-field-owner-phone = 电话
item-field-tracker = 跟踪责任人
item-field-result = 结果
item-field-rechecked-on = 复查日期
item-field-officers = 复查人员
item-field-close-reason = 销号依据
item-field-new-days = 重新整改
item-field-decision = 决定
item-field-opinion = 意见
item-field-escalation-reason = 移送理由
item-field-authority = 受理部门

item-recheck-passed = 合格，予以销号
item-recheck-failed = 不合格，退回整改
item-decision-approved = 批准
item-decision-refused = 不批准
item-result-corrected = 企业已改正
item-result-enforced = 已作处理，执法办结
item-reason-by-evidence = 以所附证据为准
item-reason-choose = 请选择
item-check-repayment-plan = 有书面清偿计划，已与工会（职工代表）协商，并由法定代表人签字
item-days-suffix = { " 天" }
item-days-lead-to = 至 { $due }
item-days-lead-on = { $last } 是休息日，顺延至 { $due }
item-day-missing = 请填写日期。

item-note-report = 企业报了什么，如：合同已补签12份
item-note-plan = 分几步、什么时候完成
item-note-passed = 查了什么，如：抽查合同12份，均已签字
item-note-failed = 哪里还不合格（必填）
item-note-approve = 可以不写
item-note-refuse = 不批准的理由（必填）
item-note-escalate = 事实经过，如：提醒两次仍未补签（必填）
item-note-result = 处理结果和文书文号
item-note-disprove = 怎么核实的（必填）

item-words-recheck = 登记后，应在 { $days } 个工作日内由两名以上人员复查（本局工作口径）。
item-words-extension = 最多延 { $longest } 天：不超过原期限 { $days } 天，也不超过 { $most } 天；只能延期一次（本局工作口径）。延期不停止欠薪天数的计算。
item-words-second-failure = 这是第二次不合格：登记后不再限期，应移送监察。
item-words-asked = 期限由 { $deadline } 延至 { $until }（{ $days } 天）
item-words-past-already = 申请的期限已经过去：批准后这项整改仍是逾期。
item-words-escalate = 紧急事项即时移送，其他事项在逾期并提醒一次后 { $days } 个工作日内移送（本局工作口径）。移送函由局领导签署，文号由本局登记。
item-words-transfer = 应当及时移送（劳动保障监察条例第十八条第二款）；本局工作口径为 { $days } 个工作日内。

item-authority-health = 县卫生健康和体育局
item-authority-safety = 县应急管理局
item-authority-housing = 县住房和城乡建设管理局
item-authority-tax = 县税务局

item-evidence-add = 添加证据
item-evidence-hint = 可以把照片、扫描件拖到这里，或者按 Ctrl+V 粘贴。
item-evidence-none = 没有附证据。
item-evidence-in-use = “{ $file_name }”已经作为报告或者复查的依据，不能移除。需要更正的，请补充新的证据并写明。

item-done-report = 已登记整改报告。
item-next-report = 下一步：{ $due } 前由两名以上人员复查。
item-done-extend = 已登记延期申请。
item-next-extend = 下一步：请牵头单位领导在 { $due } 前审批，批准前原期限照算。
item-done-approved = 已批准延期。
item-next-approved = 新的期限是 { $due }，请告知企业。
item-done-refused = 已登记不批准延期。
item-next-refused = 期限仍是 { $due }，请告知企业按期整改。
item-done-verified = 复查合格，已销号。
item-next-verified = 这份处方还有 { $count } 项没有销号。
item-next-completed = 这份处方已经全部销号。
item-done-returned = 复查不合格，已退回整改。
item-next-returned = 新的期限是 { $due }，请告知企业；再次不合格的移送监察。
item-done-failed-twice = 两次复查不合格，已登记。
item-next-failed-twice = 下一步：请局领导办理移送监察。
item-done-escalate = 已移送监察，移送函已起草。
item-next-escalate = 下一步：核对移送函，打印后由局领导签署并登记文号。
item-done-owner = 已保存整改负责人和跟踪责任人。
item-next-owner = 整改期限 { $due } 不变。
item-done-transfer = 已移送其他部门，这项整改办结。
item-next-transfer = 请把有关材料一并送交受理部门。
item-done-result = 已登记监察结果，这项整改办结。
item-next-result = 企业的风险等级会按结果重新计算。
item-done-disprove = 已认定无需整改，这项整改办结。
item-next-disprove = 请把结果告知企业。

## 提醒清单

reminder-title = 提醒企业
reminder-summary = 给 { $enterprises } 户企业的提醒，共 { $items } 项
reminder-passed-over = 另有 { $count } 项在等本局办理，不用提醒企业。
reminder-not-sent = 程序不会自动发送。请复制后用短信、微信发出，或者打印清单逐户电话通知，再登记提醒。
reminder-copied = 已复制，可以粘贴到短信或者微信。
reminder-recipient = { $name } { $phone }
reminder-copy = 复制
reminder-print = 打印清单
reminder-way = 方式
reminder-way-phone = 电话
reminder-way-message = 短信、微信
reminder-way-letter = 书面
reminder-way-visit = 上门
reminder-note = 登记已提醒
reminder-done = 已登记提醒 { $count } 项。
reminder-next = 逾期后提醒过一次仍不整改的，可以移送监察。

## 事项页面

item-page-title = 整改事项
item-page-gone = 这项整改不在本机
item-to-ledger = 回到台账
item-card-finding = 问题与依据
item-card-deadline = 期限怎么算
item-card-evidence = 整改证据
item-card-facts = 基本情况
item-card-history = 办理经过
item-key-finding = 存在问题
item-key-advice = 改进建议
item-key-citation = 法律依据
item-key-code = 体检条目
item-key-township = 乡镇
item-key-lead = 牵头单位
item-key-amount = 涉及金额
item-key-transferred = 受理部门
item-key-reason = 办结理由
item-amount = { $workers } 人，{ $yuan } 元
item-open-enterprise-page = 打开企业
item-open-letter-page = 打开处方
