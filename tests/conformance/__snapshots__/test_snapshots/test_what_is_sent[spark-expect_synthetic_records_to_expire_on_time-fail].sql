-- one violation of each kind
(
  LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('1', '1.0', 'true')
)
AND (
  `synth_m0` IS NULL
)

(
  LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('1', '1.0', 'true')
)
AND (
  LOWER(TRIM(' \t\r\n ' FROM `class`)) = 'test'
  AND `synth_m0` < CAST('2026-08-24 12:00:00Z' AS TIMESTAMP_LTZ)
)

(
  LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('1', '1.0', 'true')
)
AND (
  LOWER(TRIM(' \t\r\n ' FROM `class`)) = 'training'
  AND `synth_m0` < CAST('2024-11-22 12:00:00Z' AS TIMESTAMP_LTZ)
)

(
  LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('1', '1.0', 'true')
)
AND (
  NOT COALESCE(LOWER(TRIM(' \t\r\n ' FROM `class`)) IN ('test', 'training'), FALSE)
)

LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('1', '1.0', 'true')

LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('0', '0.0', 'false')

NOT COALESCE(
  LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('0', '0.0', '1', '1.0', 'false', 'true'),
  FALSE
)

CAST('2026-11-22 12:00:00Z' AS TIMESTAMP_LTZ) < `synth_m0`
