# Refusals of the use cases: what happened and what to do next.
visit-too-few-visitors = 走访至少要有 { $needed } 名工作人员。请再选一人后开始。
visit-no-leading-body = 走访人员中至少要有一名县人社局或县总工会的人员。请调整走访人员。
visit-not-open = 这次走访“{ $state }”，不能再修改。需要补充时请新建走访。
visit-override-reason-needed = { $code }：改变由数据得出的结论，或选“不适用”，都要写明理由。请填写理由后保存。
visit-item-not-asked = { $code } 不适用于这家企业，或在走访当日尚未施行。
letter-frozen = 文书 { $number } 已经企业确认，内容不能再改。如有错误，请由领导撤回后重新开具。
letter-wording-incomplete = 以下条目的文字还有空白（____），请补填数据后再确认：{ $codes }。
number-none-left = 本机 { $year } 年的“{ $kind }”编号已用完。请联系县人社局领导预留新号段；现场告知联可先凭现场编号送达。
number-blocks-overlap = 号段 { $first }—{ $last } 与已预留的号段重叠或起止颠倒，请另选号段。
number-lead-only = 只有县人社局领导可以预留编号。
number-not-free = { $number } 号不在预留号段内，或已使用、已作废。
number-left-over = 年末未使用
service-proof-missing = “{ $way }”缺少送达凭证，请补充后再登记：{ $missing ->
    [recipient] 收件人姓名
    [witness] 见证人姓名
    [tracking_number] 邮寄单号
    [consent_note] 电子送达确认书说明
    [photo] 留置现场的照片或录像
   *[other] 凭证
}。
service-day-impossible = 送达日期 { $served_on } 早于文书确认日或晚于今天，请核对日期。
