-- a placeholder answers nothing
(
  LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('1', '1.0', 'true')
)
AND (
  (
    `source` IS NULL OR TRIM(' \t\r\n ' FROM `source`) = ''
  )
  OR LOWER(TRIM(' \t\r\n ' FROM `source`)) IN (
    '-',
    '--',
    '.',
    '0',
    '0.0',
    '?',
    'default',
    'dummy',
    'false',
    'fixme',
    'n.a.',
    'n/a',
    'na',
    'nan',
    'nil',
    'none',
    'not available',
    'null',
    'placeholder',
    'tba',
    'tbc',
    'tbd',
    'test',
    'todo',
    'unknown',
    'unspecified',
    'xxx'
  )
)

(
  LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('1', '1.0', 'true')
)
AND (
  (
    `version` IS NULL OR TRIM(' \t\r\n ' FROM `version`) = ''
  )
  OR LOWER(TRIM(' \t\r\n ' FROM `version`)) IN (
    '-',
    '--',
    '.',
    '0',
    '0.0',
    '?',
    'default',
    'dummy',
    'false',
    'fixme',
    'n.a.',
    'n/a',
    'na',
    'nan',
    'nil',
    'none',
    'not available',
    'null',
    'placeholder',
    'tba',
    'tbc',
    'tbd',
    'test',
    'todo',
    'unknown',
    'unspecified',
    'xxx'
  )
)

LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('1', '1.0', 'true')

LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('0', '0.0', 'false')

NOT COALESCE(
  LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('0', '0.0', '1', '1.0', 'false', 'true'),
  FALSE
)
