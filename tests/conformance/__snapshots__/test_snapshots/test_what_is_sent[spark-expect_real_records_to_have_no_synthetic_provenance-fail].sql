-- a generator's name on a real record
(
  LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('0', '0.0', 'false')
)
AND (
  NOT (
    `source` IS NULL OR TRIM(' \t\r\n ' FROM `source`) = ''
  )
)

(
  LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('0', '0.0', 'false')
)
AND (
  NOT (
    `dataset` IS NULL OR TRIM(' \t\r\n ' FROM `dataset`) = ''
  )
)

LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('0', '0.0', 'false')

LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('1', '1.0', 'true')

NOT COALESCE(
  LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('0', '0.0', '1', '1.0', 'false', 'true'),
  FALSE
)
