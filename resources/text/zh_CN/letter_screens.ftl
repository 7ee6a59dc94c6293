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
