-- a placeholder answers nothing
(
  synth_m0 IN ('1', '1.0', 'true')
)
AND (
  (
    `source` IS NULL OR synth_m1 = ''
  )
  OR synth_m1 IN (
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
  synth_m0 IN ('1', '1.0', 'true')
)
AND (
  (
    `version` IS NULL OR synth_m2 = ''
  )
  OR synth_m2 IN (
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

synth_m0 IN ('1', '1.0', 'true')

synth_m0 IN ('0', '0.0', 'false')

NOT COALESCE(synth_m0 IN ('0', '0.0', '1', '1.0', 'false', 'true'), FALSE)
