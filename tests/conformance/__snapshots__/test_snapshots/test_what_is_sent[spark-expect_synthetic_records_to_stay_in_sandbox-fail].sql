-- a synthetic record in production
(
  LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('1', '1.0', 'true')
)
AND (
  (
    `org` IS NULL OR TRIM(' \t\r\n ' FROM `org`) = ''
  )
)

(
  LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('1', '1.0', 'true')
)
AND (
  NOT (
    `org` IS NULL OR TRIM(' \t\r\n ' FROM `org`) = ''
  )
  AND NOT COALESCE(LOWER(TRIM(' \t\r\n ' FROM `org`)) IN ('sandbox', 'uat'), FALSE)
)

LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('1', '1.0', 'true')

LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('0', '0.0', 'false')

NOT COALESCE(
  LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('0', '0.0', '1', '1.0', 'false', 'true'),
  FALSE
)
