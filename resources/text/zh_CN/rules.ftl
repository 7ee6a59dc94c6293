# 办理规则：状态、权限、风险等级、编码、名称、金额。由 domain 各规则按键取用，值由程序填入。

## 输入数据

input-invalid =
    { $path } { $problem ->
        [not-a-mapping] 应为一组“键: 值”
        [not-a-list] 应为列表
        [not-a-number] 应为数字
        [not-a-whole-number] 应为不小于零的整数
        [not-a-flag] 应为 true 或 false
        [not-a-text] 应为文字
        [not-a-day] 应为日期，写法如 2023-09-01
        [unknown-choice] 不在可选值之内
        [unknown-key] 没有这个键，请核对拼写
        [negative] 不能小于零
        [not-a-fraction] 应为比例，如 -0.35 表示下降百分之三十五，不能小于 -1
       *[missing] 没有填写
    }。请改正后重试。

## 事项、处方、走访的状态和步骤

item-state-open = 待整改
item-state-reported = 已报整改
item-state-extension_requested = 申请延期
item-state-overdue = 逾期
item-state-verified = 已销号
item-state-returned = 复查不合格
item-state-escalated = 移送监察
item-state-transferred = 已移送
item-state-closed_by_enforcement = 执法办结
item-state-not_required = 无需整改

item-event-name_owner = 确定整改负责人
item-event-report_done = 登记整改报告
item-event-request_extension = 登记延期申请
item-event-approve_extension = 批准延期
item-event-refuse_extension = 不批准延期
item-event-fall_overdue = 转为逾期
item-event-verify = 复查销号
item-event-return = 登记复查不合格
item-event-reopen = 重新限期整改
item-event-escalate = 移送监察
item-event-transfer = 移送其他部门
item-event-record_corrected = 登记监察改正结果
item-event-record_enforcement = 登记执法办结
item-event-disprove = 认定无需整改

letter-event-confirm = 现场确认
letter-event-approve = 审签
letter-event-issue = 签发
letter-event-serve = 登记送达
letter-event-serve_on_site = 现场告知
letter-event-start_rectification = 转入整改
letter-event-complete = 转为全部销号
letter-event-withdraw = 撤回

visit-event-reschedule = 改期
visit-event-start = 开始走访
visit-event-finish = 结束走访
visit-event-resume = 继续走访
visit-event-cancel = 取消走访

close-reason-originals_seen = 现场查验原件，未留复印件
close-reason-cause_ended = 事由已经消除
close-reason-enforcement_result = 监察已有处理结果
close-reason-other_authority = 属其他部门职责
close-reason-fact_disproved = 经核实事实不成立
close-reason-recorded_twice = 重复登记
close-reason-basis_not_applicable = 所引依据不适用
close-reason-enterprise_gone = 企业已注销或迁出

escalation-reason-urgent = 紧急事项
escalation-reason-refused = 拒不整改
escalation-reason-second_failure = 两次复查不合格
escalation-reason-overdue = 逾期经提醒仍未整改

step-refused = 这一步现在不能办理。请刷新后按当前状态办理。

step-item-wrong-state =
    这项整改现在是“{ $state ->
        [open] { item-state-open }
        [reported] { item-state-reported }
        [extension_requested] { item-state-extension_requested }
        [overdue] { item-state-overdue }
        [verified] { item-state-verified }
        [returned] { item-state-returned }
        [escalated] { item-state-escalated }
        [transferred] { item-state-transferred }
        [closed_by_enforcement] { item-state-closed_by_enforcement }
       *[not_required] { item-state-not_required }
    }”，不能“{ $event ->
        [name_owner] { item-event-name_owner }
        [report_done] { item-event-report_done }
        [request_extension] { item-event-request_extension }
        [approve_extension] { item-event-approve_extension }
        [refuse_extension] { item-event-refuse_extension }
        [fall_overdue] { item-event-fall_overdue }
        [verify] { item-event-verify }
        [return] { item-event-return }
        [reopen] { item-event-reopen }
        [escalate] { item-event-escalate }
        [transfer] { item-event-transfer }
        [record_corrected] { item-event-record_corrected }
        [record_enforcement] { item-event-record_enforcement }
       *[disprove] { item-event-disprove }
    }”。请按当前状态办理。

step-item-wrong-person =
    “{ $event ->
        [name_owner] { item-event-name_owner }
        [report_done] { item-event-report_done }
        [request_extension] { item-event-request_extension }
        [approve_extension] { item-event-approve_extension }
        [refuse_extension] { item-event-refuse_extension }
        [fall_overdue] { item-event-fall_overdue }
        [verify] { item-event-verify }
        [return] { item-event-return }
        [reopen] { item-event-reopen }
        [escalate] { item-event-escalate }
        [transfer] { item-event-transfer }
        [record_corrected] { item-event-record_corrected }
        [record_enforcement] { item-event-record_enforcement }
       *[disprove] { item-event-disprove }
    }”须由{ $who ->
        [system] 系统自动办理
        [recorder] 人社局、总工会、本乡镇网格员、监察员或指导员登记
        [hrss-or-ftu] 人社局或总工会办理
        [hrss] 人社局办理
        [hrss-lead] 人社局领导签批
        [inspector] 劳动保障监察员登记
        [closer] 这一事项的牵头单位复查（规章制度第3、4项、集体协商和部分平台事项为人社局和总工会，其余为人社局）
       *[extension-leader] 牵头单位领导审批（规章制度第3、4项、集体协商和平台事项为总工会领导，其余为人社局领导）
    }。请转交办理。

step-item-never-extended = { $code } 项（使用童工、扣押证件）不准延期，应当立即改正。拒不改正的，请移送监察。
step-item-no-repayment-plan = 拖欠工资没有书面清偿计划，不能延期。请先取得经工会（职工代表）协商、法定代表人签字的清偿计划。
step-item-extended-once = 这项整改已经延期一次，不能再延。请督促整改，逾期的移送监察。
step-item-asked-too-late = 延期申请须在整改期限（{ $deadline }）届满前书面提出。现已超过期限，请督促整改或者移送监察。
step-item-extension-too-long = 延期 { $days } 天过长，最多 { $longest } 天（不超过原期限，且不超过规定上限）。请改短后再批。
step-item-deadline-not-passed = 整改期限到 { $deadline } 当日止，尚未逾期。
step-item-failed-twice = 复查已两次不合格，不能再限期整改。请移送监察。
step-item-reopened-too-long = 重新整改的期限 { $days } 天过长，最多 { $longest } 天。请改短。
step-item-recheck-reason = 复查销号不能用“{ $reason ->
        [originals_seen] { close-reason-originals_seen }
        [cause_ended] { close-reason-cause_ended }
        [enforcement_result] { close-reason-enforcement_result }
        [other_authority] { close-reason-other_authority }
        [fact_disproved] { close-reason-fact_disproved }
        [recorded_twice] { close-reason-recorded_twice }
        [basis_not_applicable] { close-reason-basis_not_applicable }
       *[enterprise_gone] { close-reason-enterprise_gone }
    }”作理由。请附整改证据，或者选“现场查验原件”“事由已经消除”。
step-item-enforcement-reason = 登记监察结果不能用“{ $reason ->
        [originals_seen] { close-reason-originals_seen }
        [cause_ended] { close-reason-cause_ended }
        [enforcement_result] { close-reason-enforcement_result }
        [other_authority] { close-reason-other_authority }
        [fact_disproved] { close-reason-fact_disproved }
        [recorded_twice] { close-reason-recorded_twice }
        [basis_not_applicable] { close-reason-basis_not_applicable }
       *[enterprise_gone] { close-reason-enterprise_gone }
    }”作理由。请附处理文书，或者选“监察已有处理结果”。
step-item-disproved-reason = 认定无需整改不能用“{ $reason ->
        [originals_seen] { close-reason-originals_seen }
        [cause_ended] { close-reason-cause_ended }
        [enforcement_result] { close-reason-enforcement_result }
        [other_authority] { close-reason-other_authority }
        [fact_disproved] { close-reason-fact_disproved }
        [recorded_twice] { close-reason-recorded_twice }
        [basis_not_applicable] { close-reason-basis_not_applicable }
       *[enterprise_gone] { close-reason-enterprise_gone }
    }”作理由。请选事实不成立、重复登记、依据不适用或者企业已注销。
step-item-not-urgent = 这项整改不属于紧急事项，不能按紧急移送。请改选其他移送理由。
step-item-no-second-failure = 复查还没有两次不合格，不能以此移送。请改选其他移送理由。
step-item-not-overdue-and-reminded = 以逾期为由移送，须在期限届满后再提醒一次。请先发提醒并登记。

step-prescription-wrong-state =
    这份文书现在是“{ $state ->
        [draft] { letter-state-draft }
        [confirmed] { letter-state-confirmed }
        [issued] { letter-state-issued }
        [served] { letter-state-served }
        [in_rectification] { letter-state-in_rectification }
        [completed] { letter-state-completed }
       *[withdrawn] { letter-state-withdrawn }
    }”，不能“{ $event ->
        [confirm] { letter-event-confirm }
        [approve] { letter-event-approve }
        [issue] { letter-event-issue }
        [serve] { letter-event-serve }
        [serve_on_site] { letter-event-serve_on_site }
        [start_rectification] { letter-event-start_rectification }
        [complete] { letter-event-complete }
       *[withdraw] { letter-event-withdraw }
    }”。请按当前状态办理。

step-prescription-wrong-person =
    “{ $event ->
        [confirm] { letter-event-confirm }
        [approve] { letter-event-approve }
        [issue] { letter-event-issue }
        [serve] { letter-event-serve }
        [serve_on_site] { letter-event-serve_on_site }
        [start_rectification] { letter-event-start_rectification }
        [complete] { letter-event-complete }
       *[withdraw] { letter-event-withdraw }
    }”须由{ $who ->
        [system] 系统自动办理
        [hrss-or-ftu] 人社局或总工会办理
        [co-signer] 人社局、总工会或工商联审签
       *[hrss-lead] 人社局领导签批
    }。请转交办理。

step-prescription-nothing-to-report = 体检没有发现问题，也没有建议和风险提示，不必开处方。请结束走访。
step-prescription-already-approved =
    { $body ->
        [hrss] 人社局
        [ftu] 总工会
       *[fic] 工商联
    }已经审签过这份文书，不必再签。
step-prescription-already-numbered = 这份文书已经编号签发，不能再次审签或者编号。
step-prescription-both-must-approve =
    签发须人社局和总工会都审签，现在还缺{ $missing ->
        [hrss] 人社局
        [ftu] 总工会
       *[both] 两家
    }的审签。企业等不及的，可以先作现场告知，事后补签。
step-prescription-no-open-item = 这份文书没有待整改的事项，不转入整改。
step-prescription-items-still-open = 还有 { $count } 项没有销号，不能转为全部销号。请逐项复查。

step-visit-wrong-state =
    这次走访现在是“{ $state ->
        [planned] { visit-state-planned }
        [under_way] { visit-state-under_way }
        [finished] { visit-state-finished }
       *[cancelled] { visit-state-cancelled }
    }”，不能“{ $event ->
        [reschedule] { visit-event-reschedule }
        [start] { visit-event-start }
        [finish] { visit-event-finish }
        [resume] { visit-event-resume }
       *[cancel] { visit-event-cancel }
    }”。请按当前状态办理。

step-visit-wrong-person = 您不参加这家企业的走访，不能办理。请由负责的单位或者本乡镇人员办理。

step-visit-letter-confirmed = 处方已经现场确认，走访不能再改动或者取消。内容有误的，请撤回处方重开。

step-missing-evidence = 还没有附证据。请添加照片、扫描件或者文书后再办理。
step-missing-reason = 还没有写理由。请写明后再办理。
step-missing-close-reason = 还没有选销号理由。请选一项。
step-missing-evidence-or-close-reason = 还没有附证据，也没有选销号理由。请至少补一样后再销号。
step-missing-owner = 整改负责人的姓名、职务和电话要填全。
step-missing-tracking-officer = 还没有指定跟踪责任人。请选本单位的一名人员。
step-missing-written-request = 还没有登记企业书面申请的日期。请收到申请后填写。
step-missing-plan = 还没有写整改计划。请按企业申请填写。
step-missing-new-days = 还没有填天数。请填写新的整改天数。
step-missing-escalation-reason = 还没有选移送理由。请选一项。
step-missing-escalation-letter = 还没有移送函。请先由领导签署移送函并填写文号。
step-missing-authority = 还没有填受理部门。请写明移送到哪个部门。
step-missing-signature-or-refusal = 企业还没有签字。请签字确认；拒签的，请记录拒签情况。
step-missing-document-number = 还没有文号。请先取号。
step-missing-proof-of-service = 还没有送达凭证。请登记送达方式、日期和签收人。
step-missing-new-day = 还没有选新的日期。请选好再改期。
step-missing-two-officers = 复查须两人以上。请补填复查人员。
step-missing-two-visitors = 走访须两人以上，其中至少一人来自人社局或总工会。请补填走访人员。

## 权限

role-hrss = 县人社局经办人员
role-hrss_lead = 县人社局领导
role-inspector = 劳动保障监察员
role-ftu = 县总工会经办人员
role-ftu_lead = 县总工会领导
role-fic = 县工商联人员
role-town = 乡镇（网格）人员
role-guide = 集体协商指导员
role-coord = 劳动关系协调员

right-none =
    您的岗位不办理“{ $measure ->
        [risk_survey] 风险排查和体检
        [prescription_issue] 用工处方签发
        [item_closing] 整改销号
        [extension_approval] 延期审批
        [shared_data] 共享数据导入
        [risk_grade] 风险定级
        [risk_override] 下调风险等级
        [negotiation] 协商要约
        [contract_review] 集体合同审查
        [negotiation_dispute] 协商争议协调
        [lost_work_subsidy] 误工补贴
        [guidance] 指导服务
        [layoff_report] 裁员报告
        [early_warning] 苗头预警
        [escalation] 移送监察
        [demonstration] 示范典型
        [monthly_dispatch] 月调度
        [cross_region] 区域协同
       *[parameters] 参数和依据维护
    }”。请转有权限的同志。
right-not-a-member =
    这家企业不是工商联会员，“{ $measure ->
        [risk_survey] 风险排查和体检
        [prescription_issue] 用工处方签发
        [item_closing] 整改销号
        [extension_approval] 延期审批
        [shared_data] 共享数据导入
        [risk_grade] 风险定级
        [risk_override] 下调风险等级
        [negotiation] 协商要约
        [contract_review] 集体合同审查
        [negotiation_dispute] 协商争议协调
        [lost_work_subsidy] 误工补贴
        [guidance] 指导服务
        [layoff_report] 裁员报告
        [early_warning] 苗头预警
        [escalation] 移送监察
        [demonstration] 示范典型
        [monthly_dispatch] 月调度
        [cross_region] 区域协同
       *[parameters] 参数和依据维护
    }”不在您的范围内。请转人社局或总工会。
right-membership-unknown =
    还不知道这家企业是不是工商联会员，“{ $measure ->
        [risk_survey] 风险排查和体检
        [prescription_issue] 用工处方签发
        [item_closing] 整改销号
        [extension_approval] 延期审批
        [shared_data] 共享数据导入
        [risk_grade] 风险定级
        [risk_override] 下调风险等级
        [negotiation] 协商要约
        [contract_review] 集体合同审查
        [negotiation_dispute] 协商争议协调
        [lost_work_subsidy] 误工补贴
        [guidance] 指导服务
        [layoff_report] 裁员报告
        [early_warning] 苗头预警
        [escalation] 移送监察
        [demonstration] 示范典型
        [monthly_dispatch] 月调度
        [cross_region] 区域协同
       *[parameters] 参数和依据维护
    }”暂不能办理。请先在台账里核实会员身份。
right-other-township =
    这家企业不在您的乡镇，“{ $measure ->
        [risk_survey] 风险排查和体检
        [prescription_issue] 用工处方签发
        [item_closing] 整改销号
        [extension_approval] 延期审批
        [shared_data] 共享数据导入
        [risk_grade] 风险定级
        [risk_override] 下调风险等级
        [negotiation] 协商要约
        [contract_review] 集体合同审查
        [negotiation_dispute] 协商争议协调
        [lost_work_subsidy] 误工补贴
        [guidance] 指导服务
        [layoff_report] 裁员报告
        [early_warning] 苗头预警
        [escalation] 移送监察
        [demonstration] 示范典型
        [monthly_dispatch] 月调度
        [cross_region] 区域协同
       *[parameters] 参数和依据维护
    }”不能查看。请转所在乡镇或县里。
right-read-only =
    “{ $measure ->
        [risk_survey] 风险排查和体检
        [prescription_issue] 用工处方签发
        [item_closing] 整改销号
        [extension_approval] 延期审批
        [shared_data] 共享数据导入
        [risk_grade] 风险定级
        [risk_override] 下调风险等级
        [negotiation] 协商要约
        [contract_review] 集体合同审查
        [negotiation_dispute] 协商争议协调
        [lost_work_subsidy] 误工补贴
        [guidance] 指导服务
        [layoff_report] 裁员报告
        [early_warning] 苗头预警
        [escalation] 移送监察
        [demonstration] 示范典型
        [monthly_dispatch] 月调度
        [cross_region] 区域协同
       *[parameters] 参数和依据维护
    }”您只能查看，不能改动。请转牵头单位办理。
right-lead-only =
    “{ $measure ->
        [risk_survey] 风险排查和体检
        [prescription_issue] 用工处方签发
        [item_closing] 整改销号
        [extension_approval] 延期审批
        [shared_data] 共享数据导入
        [risk_grade] 风险定级
        [risk_override] 下调风险等级
        [negotiation] 协商要约
        [contract_review] 集体合同审查
        [negotiation_dispute] 协商争议协调
        [lost_work_subsidy] 误工补贴
        [guidance] 指导服务
        [layoff_report] 裁员报告
        [early_warning] 苗头预警
        [escalation] 移送监察
        [demonstration] 示范典型
        [monthly_dispatch] 月调度
        [cross_region] 区域协同
       *[parameters] 参数和依据维护
    }”须由牵头单位决定。请转牵头单位办理。
right-narrow =
    “{ $measure ->
        [risk_survey] 风险排查和体检
        [prescription_issue] 用工处方签发
        [item_closing] 整改销号
        [extension_approval] 延期审批
        [shared_data] 共享数据导入
        [risk_grade] 风险定级
        [risk_override] 下调风险等级
        [negotiation] 协商要约
        [contract_review] 集体合同审查
        [negotiation_dispute] 协商争议协调
        [lost_work_subsidy] 误工补贴
        [guidance] 指导服务
        [layoff_report] 裁员报告
        [early_warning] 苗头预警
        [escalation] 移送监察
        [demonstration] 示范典型
        [monthly_dispatch] 月调度
        [cross_region] 区域协同
       *[parameters] 参数和依据维护
    }”中您的岗位只参与部分工作，这一步不在其内。请转牵头单位办理。
right-own-only =
    “{ $measure ->
        [risk_survey] 风险排查和体检
        [prescription_issue] 用工处方签发
        [item_closing] 整改销号
        [extension_approval] 延期审批
        [shared_data] 共享数据导入
        [risk_grade] 风险定级
        [risk_override] 下调风险等级
        [negotiation] 协商要约
        [contract_review] 集体合同审查
        [negotiation_dispute] 协商争议协调
        [lost_work_subsidy] 误工补贴
        [guidance] 指导服务
        [layoff_report] 裁员报告
        [early_warning] 苗头预警
        [escalation] 移送监察
        [demonstration] 示范典型
        [monthly_dispatch] 月调度
        [cross_region] 区域协同
       *[parameters] 参数和依据维护
    }”中您只能改动和打印自己登记的内容。请转登记人或牵头单位。

## 风险等级

risk-reason-F1 =
    工资拖欠{ $days }天{ $note }，一票定为{ $level ->
        [red] { risk-red }
        [orange] { risk-orange }
        [yellow] { risk-yellow }
       *[blue] { risk-blue }
    }色等级

risk-reason-F2 =
    法定代表人或者实际控制人失联，或者正在转移财产{ $note }，一票定为{ $level ->
        [red] { risk-red }
        [orange] { risk-orange }
        [yellow] { risk-yellow }
       *[blue] { risk-blue }
    }色等级

risk-reason-F3 =
    集体停工或者集体讨薪{ $persons }人{ $note }，一票定为{ $level ->
        [red] { risk-red }
        [orange] { risk-orange }
        [yellow] { risk-yellow }
       *[blue] { risk-blue }
    }色等级

risk-reason-F4 =
    使用童工{ $note }，一票定为{ $level ->
        [red] { risk-red }
        [orange] { risk-orange }
        [yellow] { risk-yellow }
       *[blue] { risk-blue }
    }色等级

risk-reason-F5 =
    责令限期支付工资，逾期未付{ $note }，一票定为{ $level ->
        [red] { risk-red }
        [orange] { risk-orange }
        [yellow] { risk-yellow }
       *[blue] { risk-blue }
    }色等级

risk-reason-O1 =
    工资拖欠{ $days }天{ $note }，一票定为{ $level ->
        [red] { risk-red }
        [orange] { risk-orange }
        [yellow] { risk-yellow }
       *[blue] { risk-blue }
    }色等级

risk-reason-O2 =
    拟裁员{ $persons }人，达到经济性裁员标准，法定程序未完成{ $note }，一票定为{ $level ->
        [red] { risk-red }
        [orange] { risk-orange }
        [yellow] { risk-yellow }
       *[blue] { risk-blue }
    }色等级

risk-reason-O3 =
    正在兼并、解散或者破产，存在欠薪、欠费或者没有职工安置方案{ $note }，一票定为{ $level ->
        [red] { risk-red }
        [orange] { risk-orange }
        [yellow] { risk-yellow }
       *[blue] { risk-blue }
    }色等级

risk-reason-O4 =
    有停工或者集体讨薪苗头，涉及{ $persons }人{ $note }，一票定为{ $level ->
        [red] { risk-red }
        [orange] { risk-orange }
        [yellow] { risk-yellow }
       *[blue] { risk-blue }
    }色等级

risk-reason-O5 =
    拒不整改或者阻挠检查{ $note }，一票定为{ $level ->
        [red] { risk-red }
        [orange] { risk-orange }
        [yellow] { risk-yellow }
       *[blue] { risk-blue }
    }色等级

risk-reason-O6 =
    贷款严重逾期或者账户冻结，同时欠税或者欠缴社会保险费{ $note }，一票定为{ $level ->
        [red] { risk-red }
        [orange] { risk-orange }
        [yellow] { risk-yellow }
       *[blue] { risk-blue }
    }色等级

risk-reason-Y1 =
    工资拖欠{ $days }天{ $note }，一票定为{ $level ->
        [red] { risk-red }
        [orange] { risk-orange }
        [yellow] { risk-yellow }
       *[blue] { risk-blue }
    }色等级

risk-reason-Y2 =
    停产{ $days }天{ $note }，一票定为{ $level ->
        [red] { risk-red }
        [orange] { risk-orange }
        [yellow] { risk-yellow }
       *[blue] { risk-blue }
    }色等级

risk-reason-Y3 =
    社会保险费欠缴{ $months }个月{ $note }，一票定为{ $level ->
        [red] { risk-red }
        [orange] { risk-orange }
        [yellow] { risk-yellow }
       *[blue] { risk-blue }
    }色等级

risk-reason-Y4 =
    有{ $count }项整改逾期未完成{ $note }，一票定为{ $level ->
        [red] { risk-red }
        [orange] { risk-orange }
        [yellow] { risk-yellow }
       *[blue] { risk-blue }
    }色等级

risk-reason-Y5 =
    { $offer ->
        [refused] 拒绝协商要约
       *[unanswered_over_20] 协商要约超过二十日未答复
    }{ $note }，一票定为{ $level ->
        [red] { risk-red }
        [orange] { risk-orange }
        [yellow] { risk-yellow }
       *[blue] { risk-blue }
    }色等级

risk-reason-Y6 =
    拟裁员{ $persons }人，已按程序说明和报告{ $note }，一票定为{ $level ->
        [red] { risk-red }
        [orange] { risk-orange }
        [yellow] { risk-yellow }
       *[blue] { risk-blue }
    }色等级

risk-reason-A-overdue =
    工资拖欠{ $days }天，涉及{ $workers ->
        [absent] 人数不明
       *[other] { $workers }人
    }、{ $amount ->
        [absent] 金额不明
       *[other] { $amount }元
    }{ $alert ->
        [yes] ，达到刑事案件提示线
       *[no] {""}
    }{ $note }，计{ $points }分

risk-reason-A-cleared = 十二个月内有拖欠工资记录，现已清偿{ $note }，计{ $points }分

risk-reason-A-deferred = 经集体协商约定延期支付工资，约定日期未到{ $note }，计{ $points }分

risk-reason-B =
    现场检查未整改问题{ $count }项{ $overdue ->
        [absent] {""}
       *[other] （其中逾期{ $overdue }项）
    }{ $note }，计{ $points }分

risk-reason-C1 =
    { $abnormal-comma ->
        [yes] 、
       *[no] {""}
    }{ $abnormal ->
        [absent] {""}
       *[other] 税务认定为非正常户
    }{ $arrears-comma ->
        [yes] 、
       *[no] {""}
    }{ $arrears ->
        [absent] {""}
       *[other] 欠税{ $arrears }个月
    }{ $zero-comma ->
        [yes] 、
       *[no] {""}
    }{ $zero ->
        [absent] {""}
       *[other] 连续零申报{ $zero }个月
    }{ $drop-comma ->
        [yes] 、
       *[no] {""}
    }{ $drop ->
        [absent] {""}
       *[other] 销售额同比下降{ $drop }%
    }{ $note }，计{ $points }分

risk-reason-C2 =
    { $owed-comma ->
        [yes] 、
       *[no] {""}
    }{ $owed ->
        [absent] {""}
       *[other] 社会保险费欠缴{ $owed }个月
    }{ $unregistered-comma ->
        [yes] 、
       *[no] {""}
    }{ $unregistered ->
        [absent] {""}
       *[other] 用工超过三十日未办社会保险登记
    }{ $drop-comma ->
        [yes] 、
       *[no] {""}
    }{ $drop ->
        [absent] {""}
       *[other] 参保人数比六个月前减少{ $drop }%
    }{ $note }，计{ $points }分

risk-reason-C3 =
    { $overdue-comma ->
        [yes] 、
       *[no] {""}
    }{ $overdue ->
        [absent] {""}
       *[other] 贷款逾期{ $overdue }天
    }{ $classification-comma ->
        [yes] 、
       *[no] {""}
    }{ $classification ->
        [absent] {""}
       *[other] 贷款分类为{ $classification ->
            [normal] 正常
            [special_mention] 关注
            [substandard] 次级
            [doubtful] 可疑
            [loss] 损失
           *[other] { $classification }
        }
    }{ $frozen-comma ->
        [yes] 、
       *[no] {""}
    }{ $frozen ->
        [absent] {""}
       *[other] 账户被冻结或者被抽贷
    }{ $note }，计{ $points }分

risk-reason-C4 =
    { $stopped-comma ->
        [yes] 、
       *[no] {""}
    }{ $stopped ->
        [absent] {""}
       *[other] 停运、停产或者全部报停用电
    }{ $drop-comma ->
        [yes] 、
       *[no] {""}
    }{ $drop ->
        [absent] {""}
       *[other] 货运量（用电量）同比下降{ $drop }%
    }{ $note }，计{ $points }分

risk-reason-C4-winter = 建筑施工冬季停工期内，货运量和用电量不计分{ $note }

risk-reason-D =
    { $offer-comma ->
        [yes] 、
       *[no] {""}
    }{ $offer ->
        [absent] {""}
       *[other] { $offer ->
            [unanswered_over_20] 协商要约超过二十日未答复
            [refused] 拒绝协商要约
           *[deadlock] 协商陷入僵局
        }
    }{ $contract-comma ->
        [yes] 、
       *[no] {""}
    }{ $contract ->
        [absent] {""}
       *[other] { $contract ->
            [expired] 集体合同已期满
           *[none] 未建工会、未订集体合同
        }
    }{ $note }，计{ $points }分

risk-missing-wage = 缺工资支付情况，未计分，不等于没有欠薪。请走访核实。

risk-missing-visit = 没有近期的现场检查，未计分。请安排走访体检。

risk-missing-tax = 缺税务数据，未计分。请商税务局提供。

risk-missing-social_insurance = 缺社会保险缴费数据，未计分。请商社保中心和税务局提供。

risk-missing-loan = 缺贷款数据，未计分。请商金融部门提供，或者注明查无此项。

risk-missing-logistics = 缺货运或者用电数据，未计分。请商有关单位提供。

risk-missing-negotiation = 缺集体协商情况，未计分。请商县总工会提供。

risk-missing-headcount = 缺职工人数，人数比例按全部职工计算。请核实后补填。

risk-missing-unpaid_workers = 缺被拖欠工资的人数，人数比例未计分。请核实后补填。

risk-source-note = （数据期{ $period }，{ $provider }{ $provided }提供）

risk-potential =
    资料补齐后可能升为{ $level ->
        [red] { risk-red }
        [orange] { risk-orange }
        [yellow] { risk-yellow }
       *[blue] { risk-blue }
    }

risk-held-not-cleared = 引起原等级的事项还没有复查通过，等级暂不下调。
risk-held-observation = 事项已清除，观察期未满，等级暂不下调。
risk-held-missing-data = 现有资料不足以评定，等级暂不下调。请先补齐资料。
risk-held-one-step = 等级每次只下调一级。
risk-override-needs-reason = 人工调整等级要写明理由。请补写后再保存。
risk-override-not-permitted =
    { $direction ->
        [up] 上调等级由县人社局人员办理
       *[down] 下调等级须由县人社局领导决定
    }。请转交办理。
risk-override-no-change =
    { $level ->
        [unrated] 不能人工调整为“未评”
       *[other] 要调整的等级和现在的等级相同
    }。请重新选择。

risk-informed-bureau_leaders = 当日报告局主要领导

risk-informed-arrears_office = 当日报告县治欠办

risk-informed-union_federation = 告知县总工会

risk-informed-industry_federation = 是会员的，告知县工商联

risk-informed-township = 告知所在乡镇网格

risk-informed-deputy_leader = 一个工作日内报告分管领导

risk-informed-case_officer = 告知承办人员

risk-measure-open_case = 由两名以上监察员立案调查

risk-measure-secure_evidence = 固定工资支付证据

risk-measure-payment_plan = 督促法定代表人签订工资清偿计划

risk-measure-police = 负责人失联的，联系公安机关

risk-measure-emergency_fund = 报请县政府动用应急周转金

risk-measure-assistance_letter = 涉及多县的，发协查函

risk-measure-fast_lane = 开通调解仲裁快速通道

risk-measure-joint_talk = 三方联合约谈

risk-measure-short_deadlines = 开具处方，缩短整改期限

risk-measure-wage_negotiation = 总工会发起薪酬水平和支付周期协商

risk-measure-layoff_letter = 发送裁员程序告知书

risk-measure-prescription = 开具用工处方

risk-measure-ledger = 列入工作台账

risk-measure-guidance = 上门指导

risk-measure-missing_sources = 催要缺少的资料

risk-measure-employment_guide = 发放用工指南

risk-measure-lectures = 组织参加讲座

risk-measure-wage_information = 核实工资支付情况

## 统一社会信用代码

uscc-problem-empty = 还没有填统一社会信用代码。可以先保存，以后补填。
uscc-problem-length = 统一社会信用代码应为18位，现在是{ $count }位。请核对营业执照；可以先保存，以后改正。
uscc-problem-scientific = 代码被表格软件改成了科学记数，已经不能还原。请按企业名称核对后重新填写。
uscc-problem-character =
    代码第{ $position }位“{ $found }”不是代码用字（不用 I、O、S、V、Z）{ $meant ->
        [none] {""}
       *[other] ，可能是“{ $meant }”
    }。请核对营业执照。
uscc-problem-division = 代码第{ $position }位“{ $found }”应为数字（第3至8位是行政区划代码）。请核对营业执照。
uscc-problem-check = 代码校验不符：末位是“{ $found }”，按前17位应为“{ $expected }”。可能有一位填错，请核对营业执照。
uscc-problem-old-check = 15位注册号校验不符，可能有一位填错。请核对原营业执照。
uscc-warning-organisation = 代码本身正确，其中的组织机构代码（第9至17位）校验不符。少数老号码如此，请核对一次营业执照。
uscc-repair-confused = 字母和数字看错（如 O 和 0）
uscc-repair-swapped = 相邻两位颠倒
uscc-repair-look_alike = 字形相近的一位看错
uscc-repair-replaced = 有一位填错

## 金额

amount-not-understood = “{ $text }”不是金额。请写成数字，例如 1265.50、1,265.50 或者 126.5万。
amount-unit-conflict = “{ $text }”自己带了单位，表头也写了单位，不知道该乘几次。请核对后改一处。
amount-too-large = { $text }元超出大写金额的范围。请核对金额。

## 企业比对

match-code = 统一社会信用代码相同
match-code-other-name = 统一社会信用代码相同，但名称差别很大，代码可能填错了行
match-linked-number = 曾经关联的编号相同
match-other-code = 名称相同，但统一社会信用代码不同，可能是两家单位
match-name-and-more = 名称相同，法定代表人、电话或者乡镇也相同
match-name = 名称相同
match-name-contradicted = 名称相同，但法定代表人、电话或者乡镇不同
match-core = 字号和行业相同，地区、组织形式或者分支机构不同
match-similar = 名称相近，乡镇相同
match-none = 没有比对上
