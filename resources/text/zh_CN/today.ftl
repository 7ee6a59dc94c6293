### 今日工作：走访、到期整改、协商提醒、待办文书、本月进度。

today-title = 今日工作
today-subtitle = { $day } · { $count } 户待走访
today-subtitle-none = { $day }
today-day = { $year }年{ $month }月{ $day }日 { $weekday }
today-weekday-1 = 星期一
today-weekday-2 = 星期二
today-weekday-3 = 星期三
today-weekday-4 = 星期四
today-weekday-5 = 星期五
today-weekday-6 = 星期六
today-weekday-7 = 星期日
today-new-visit = 新建走访

today-visits = 今日走访
today-visits-remark = 待走访 { $count } 户
today-visits-plan = 调整计划
today-visits-empty = 今天没有安排走访。可以按 Ctrl+N 新建走访，或者在“走访”里安排计划。
today-visit-start = 开始走访
today-visit-go-on = 继续走访
today-visit-no-time = —
today-visit-no-purpose = 未写事由
today-visit-unfinished = 没有做完
today-visit-missed = { $day } 计划未走访
today-risk = { $level }色风险

today-items = 整改到期
today-items-remark = 逾期 { $overdue } · 一周内 { $week }
today-items-all = 全部
today-items-empty = 没有逾期和一周内到期的整改事项。
today-item-owner = 负责人 { $name }

today-negotiations = 协商提醒
today-negotiations-empty = 没有等待答复的要约，三个月内也没有到期的集体合同。
today-contracts-more = 另有 { $count } 份合同将到期
today-contract = { $title } { $day } 到期
today-contract-days = 剩 { $days } 天
today-reply = 要约已送达，等待书面答复（{ $due } 前）
today-reply-late = 逾期未答复（应在 { $due } 前）
today-reply-over = 超 { $days } 天
today-reply-day = 第 { $day }/{ $days } 天

today-letters = 待办文书
today-letters-empty = 没有等待签字、审签、编号或者送达的文书。
today-letters-signature = 待签字 { $count }
today-letters-approval = 待审签 { $count }
today-letters-number = 待编号 { $count }
today-letters-service = 待送达 { $count }
today-wait-signature = 待签字
today-wait-approval = 待审签
today-wait-number = 待编号
today-wait-service = 待送达
today-letter = { $letter } · 已等 { $days } 天

today-month = 本月进度
today-month-remark = 截至今日
today-month-visits = 已体检
today-month-letters = 开出处方
today-month-items = 整改销号
today-month-offers = 发出要约
today-month-wages = 督促补发工资
today-month-of-visits = / { $count } 户
today-month-of-items = / { $count } 项
today-month-unit-visits = 户
today-month-unit-wages = 万元
