-- a reserved address and a fictional number together
(
  NOT COALESCE(LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('1', '1.0', 'true'), FALSE)
)
AND (
  `synth_m0` AND `synth_m1`
)

(
  NOT COALESCE(LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('1', '1.0', 'true'), FALSE)
)
AND (
  (
    `synth_m0` OR `synth_m1`
  )
  AND NOT (
    COALESCE(`synth_m0`, FALSE) AND COALESCE(`synth_m1`, FALSE)
  )
  AND NOT FALSE
)

(
  NOT COALESCE(LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('1', '1.0', 'true'), FALSE)
)
AND (
  `synth_m0`
)

(
  NOT COALESCE(LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('1', '1.0', 'true'), FALSE)
)
AND (
  `synth_m1`
)

NOT COALESCE(LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('1', '1.0', 'true'), FALSE)

LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('1', '1.0', 'true')

LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('0', '0.0', 'false')

NOT COALESCE(
  LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('0', '0.0', '1', '1.0', 'false', 'true'),
  FALSE
)
