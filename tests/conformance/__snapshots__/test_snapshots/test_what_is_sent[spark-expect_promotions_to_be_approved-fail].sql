-- approvals that are none
(
  `asked` IS NULL OR TRIM(' \t\r\n ' FROM `asked`) = ''
)

(
  `approved` IS NULL OR TRIM(' \t\r\n ' FROM `approved`) = ''
)

NOT (
  `approved` IS NULL OR TRIM(' \t\r\n ' FROM `approved`) = ''
)
AND NULLIF(LOWER(TRIM(' \t\r\n ' FROM `asked`)), '') = NULLIF(LOWER(TRIM(' \t\r\n ' FROM `approved`)), '')

`synth_m0` IS NULL

`synth_m1` IS NULL

`synth_m1` < `synth_m0`
AND NOT COALESCE(LOWER(TRIM(' \t\r\n ' FROM `urgent`)) IN ('1', '1.0', 'true'), FALSE)

`synth_m1` < `synth_m0`
AND LOWER(TRIM(' \t\r\n ' FROM `urgent`)) IN ('1', '1.0', 'true')

(
  `run` IS NULL OR TRIM(' \t\r\n ' FROM `run`) = ''
)

NOT (
  `run` IS NULL OR TRIM(' \t\r\n ' FROM `run`) = ''
)
AND NOT COALESCE(LOWER(TRIM(' \t\r\n ' FROM `status`)) IN ('passed', 'success'), FALSE)
