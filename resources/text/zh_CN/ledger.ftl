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
