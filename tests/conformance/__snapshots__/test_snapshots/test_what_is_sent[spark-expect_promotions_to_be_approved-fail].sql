-- approvals that are none
(
  `asked` IS NULL OR TRIM(' \t\r\n ' FROM `asked`) = ''
)

(
  `approved` IS NULL OR synth_m3 = ''
)

NOT (
  `approved` IS NULL OR synth_m3 = ''
)
AND NULLIF(LOWER(TRIM(' \t\r\n ' FROM `asked`)), '') = NULLIF(LOWER(TRIM(' \t\r\n ' FROM `approved`)), '')

synth_m0 IS NULL

synth_m1 IS NULL

synth_m1 < synth_m0 AND NOT COALESCE(synth_m2 IN ('1', '1.0', 'true'), FALSE)

synth_m1 < synth_m0 AND synth_m2 IN ('1', '1.0', 'true')

(
  `run` IS NULL OR synth_m4 = ''
)

NOT (
  `run` IS NULL OR synth_m4 = ''
)
AND NOT COALESCE(LOWER(TRIM(' \t\r\n ' FROM `status`)) IN ('passed', 'success'), FALSE)
