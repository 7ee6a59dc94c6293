## The visit: its list and its five steps.
## "体检" is guidance, never an inspection: no word here may sound like an order or a penalty.

# Refusals
visit-answers-frozen = 处方已经企业现场确认，体检结果不能再改。确有错误的，请由领导撤回处方后再改。

# Where a point of the grade comes from
grade-month = { $year }年{ $month }月
grade-day = { $month }月{ $day }日
grade-source-visit = （{ $day }走访）
grade-source-ledger = （{ $day }销号）
