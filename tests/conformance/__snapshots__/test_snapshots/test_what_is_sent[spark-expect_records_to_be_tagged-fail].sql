-- a value that nobody agreed on
(
  `is_synthetic` IS NULL OR TRIM(' \t\r\n ' FROM `is_synthetic`) = ''
)

NOT (
  `is_synthetic` IS NULL OR TRIM(' \t\r\n ' FROM `is_synthetic`) = ''
)
AND NOT COALESCE(
  LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('0', '0.0', '1', '1.0', 'false', 'true'),
  FALSE
)

LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('1', '1.0', 'true')

LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('0', '0.0', 'false')

NOT COALESCE(
  LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('0', '0.0', '1', '1.0', 'false', 'true'),
  FALSE
)
