## The visit: its list and its five steps.
## "体检" is guidance, never an inspection: no word here may sound like an order or a penalty.

# Refusals
visit-answers-frozen = 处方已经企业现场确认，体检结果不能再改。确有错误的，请由领导撤回处方后再改。

# Where a point of the grade comes from
grade-month = { $year }年{ $month }月
grade-day = { $month }月{ $day }日
grade-source-visit = （{ $day }走访）
grade-source-ledger = （{ $day }销号）
grade-source-least = （{ $day }走访，最早应付日未填，按最少天数计）
grade-missing = 尚缺：{ $names }
grade-name-separator = 、
grade-input-wage = 工资支付
grade-input-visit = 现场体检
grade-input-tax = 缴税
grade-input-social_insurance = 社保缴费
grade-input-loan = 贷款
grade-input-logistics = 货运和用电
grade-input-negotiation = 集体协商

# The page and its steps
visit-title = 走访
visit-step-basics = 基本情况
visit-step-health_check = 用工体检
visit-step-risk = 风险研判
visit-step-prescription = 用工处方
visit-step-service = 打印送达
visit-start = 开始走访
visit-next = 下一步
visit-finish = 结束走访
visit-resume = 继续走访
visit-cancel = 取消走访
visit-cancel-reason = 为什么取消？已填的内容都会保留。
visit-finished = { $enterprise }的走访已结束。整改事项转入台账跟踪。
visit-gone = 找不到这次走访。
visit-gone-hint = 可能是别的单位的走访，或者已被移走。请回到走访列表重新选择。
visit-started = 走访 { $moment }
visit-planned-for = 计划 { $moment }
visit-saving = 正在保存…
visit-saved = 已保存 { $time }
visit-subtitle-separator = { " · " }
visit-panel-missing = 这一步还不能在本机办理。
visit-panel-missing-hint = 体检结果都已保存。请在“处方”页办理，或者升级程序后再来。

# Step one
visit-basics-enterprise = 企业情况
visit-basics-no-code = 未登记统一社会信用代码
visit-basics-township = 所属乡镇
visit-basics-legal_representative = 法定代表人
visit-basics-headcount = 职工人数
visit-basics-contact_person = 联系人
visit-basics-contact_phone = 联系电话
visit-basics-industry = 行业
visit-basics-established_on = 成立日期
visit-basics-address = 地址
visit-basics-categories = 企业类别（决定体检问哪些条目）
visit-basics-headcount-wrong = 职工人数应填整数，请重新填写。
visit-basics-visit = 走访情况
visit-basics-visitors = 走访人员（至少两人，其中有人社局或总工会的）
visit-basics-planned = 计划 { $day } { $time } · { $campaign }
visit-basics-unplanned = 未列入计划 · { $campaign }
visit-basics-no-campaign = 日常走访
visit-basics-enterprise_person = 企业在场人员
visit-basics-enterprise_person_post = 职务
visit-basics-enterprise_person_phone = 电话
visit-basics-purpose = 走访事由
visit-basics-note = 备注
visit-person-add = 添加人员
visit-person = { $name }（{ $body }）

# Step two
visit-section-not-applicable = 不适用
visit-section-found = { $count } 项不合规
visit-signal-compliant = 没有
visit-signal-violated = 有
visit-signal-not_applicable = 不适用
visit-check-keys = 1 合规  2 不合规  3 不适用  ↓ 下一项  F4 证据
visit-check-quick = 快速体检
visit-check-quick-hint = 只问核心条目；已答的其他条目保留，取消后仍在。
visit-check-rest = 本节其余全部合规
visit-check-rest-hint = 将本节 { $count } 项未答条目记为合规。涉及紧急事项、苗头和须填数据的条目仍要逐项回答。
visit-check-basis = · 依据{ $cite }
visit-check-bases = · 依据{ $cite }等 { $count } 条
visit-check-doubted = · 另有 { $count } 条依据待核，不打印
visit-check-look-at = 查看：{ $what }
visit-check-live = { $level }，处方 { $count } 条
visit-check-note = 现场情况备注
visit-check-evidence = 证据
visit-check-reason = 改判理由
visit-check-reason-first = 待写理由，未保存
visit-check-reason-not-applicable = 为什么不适用？写明后按回车保存：
visit-check-reason-against = 按数据是“{ $computed }”，您选“{ $chosen }”。写明理由后按回车保存：
visit-check-reason-dropped = { $code } 没有写理由，仍按原来的结果保存。
visit-check-figure-missing = 未判定：缺“{ $label }”
visit-camera-choose = 选择相机文件夹
visit-camera-watched = 正在等这个文件夹里的新照片：{ $path }。点击可以换一个。
visit-camera-waiting = 新照片 { $count } 张，归入本条（F4）
visit-evidence-choose = 选择证据文件
visit-evidence-kinds = 照片、扫描件和 PDF ({ $suffixes })
visit-evidence-pasted = 粘贴的图片
visit-evidence-taking = 添加证据
visit-evidence-loading = 正在读取…

# Step three and the card beside the questions
visit-risk-title = 风险研判
visit-risk-live = 实时
visit-risk-level-score = { $level } { $score }分
visit-risk-described = 风险等级：{ $level }
visit-risk-unknown = 未知
visit-risk-floor = 定级
visit-risk-more = 另有 { $count } 条，见“风险研判”一步
visit-risk-held = 按现有资料应为{ $computed }。{ $why }
visit-risk-by-hand = 人工定为{ $level }，{ $until } 到期。理由：{ $reason }
visit-risk-summary = 得分 { $score }，缺的资料都不利时最高 { $high }；资料覆盖 { $coverage }%。模型 { $version }。
visit-risk-components = 各项得分
visit-risk-model = 工作口径，不是处罚，不对外公布
visit-risk-actions = 下一步怎么办
visit-risk-actions-remark = 工作口径
visit-risk-due = { $day } 前到场
visit-risk-informed = 报告和告知：{ $words }
visit-risk-measures = 措施：{ $words }
visit-risk-override = 人工调整等级
visit-risk-override-hint = 上调须写明理由；下调由县人社局领导决定。三十天后自动失效，按当时的资料重新定级。
visit-risk-override-reason = 理由
visit-risk-override-save = 调整

# The draft beside the questions
visit-draft-title = 处方草稿
visit-draft-count = { $count } 条
visit-draft-preview = 预览
visit-draft-empty = 还没有发现问题。答“不合规”的条目会随时写在这里。
visit-draft-finding = { $number }、{ $finding }
visit-draft-basis = 依据{ $cites }。
visit-draft-no-basis = 依据待核，处方中不列法条。
visit-draft-advice = 建议：{ $advice }
visit-draft-deadline = 时限
visit-draft-owner = 负责人
visit-draft-owner-missing = 负责人待定

# The list
visit-list-title = 走访
visit-list-remark = 已计划 { $planned } 次 · 进行中 { $under_way } 次
visit-list-empty = 还没有走访。
visit-list-empty-hint = 可以先排计划，也可以到了企业直接新建走访。
visit-list-none-here = 没有符合条件的走访。
visit-list-show-all = 显示全部
visit-search-placeholder = 企业名称、信用代码、事由
visit-group-planned = 已计划
visit-group-under_way = 进行中
visit-group-finished = 已完成
visit-group-cancelled = 已取消
visit-group-all = 全部
visit-filter-own = 我参加的
visit-filter-every = 全部
visit-filter-township = 乡镇：
visit-column-when = 时间
visit-column-time = 计划时刻
visit-column-enterprise = 企业
visit-column-township = 乡镇
visit-column-state = 状态
visit-column-risk = 风险
visit-column-visitors = 走访人员
visit-column-found = 体检
visit-column-answered = 已答条目
visit-column-violated = 不合规
visit-column-letter = 处方编号
visit-column-purpose = 事由
visit-found = 已答 { $answered }，不合规 { $violated }
visit-new = 新建走访
visit-plan = 安排走访
visit-reschedule = 改期
visit-plan-day = 日期
visit-plan-time = 时刻
visit-plan-time-example = 09:30
visit-plan-day-first = 请填写走访日期。
visit-planned-done = 已列入 { $day } 的走访计划。
visit-pick-title = 选择企业
visit-pick-placeholder = 企业名称、拼音首字母或信用代码后几位
visit-pick-hint = 用上下键选择，回车确定。
visit-pick-nothing = 没有找到。换几个字再试；新企业请先在“企业”页登记。
visit-pick-line = { $name }　{ $township }
visit-pick-first = 请先选择企业。
visit-export = 导出
visit-export-name = 走访台账.xlsx
visit-exported = 已导出 { $count } 次走访。
visit-export-unavailable = 本机不能导出表格。请升级程序后再试。
