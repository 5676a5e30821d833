-- uses that are not, and runs and experiments without one
(
  `use` IS NULL OR synth_m9 = ''
)
OR synth_m9 IN (
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

(
  `owner` IS NULL OR synth_m6 = ''
)
OR synth_m6 IN (
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

(
  `purpose` IS NULL OR synth_m7 = ''
)
OR synth_m7 IN (
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

(
  `basis` IS NULL OR synth_m3 = ''
)
OR synth_m3 IN (
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

(
  `dpia` IS NULL OR synth_m5 = ''
)
OR synth_m5 IN (
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

NOT COALESCE(synth_m8 IN ('high', 'limited', 'low', 'minimal'), FALSE)

synth_m8 = 'high'
AND (
  (
    `conformity` IS NULL OR synth_m4 = ''
  )
  OR synth_m4 IN (
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

synth_m2 IS NULL

synth_m1 IS NULL

synth_m1 < synth_m2

NOT (
  `reviewed` IS NULL OR synth_m10 = ''
) AND (
  synth_m0 IS NULL
)

CAST('2026-11-22 12:00:00Z' AS TIMESTAMP_LTZ) < synth_m0

(
  synth_m0 < CAST('2025-11-22 12:00:00Z' AS TIMESTAMP_LTZ)
  OR (
    (
      `reviewed` IS NULL OR synth_m10 = ''
    )
    AND synth_m1 < CAST('2025-11-22 12:00:00Z' AS TIMESTAMP_LTZ)
  )
)
AND NOT COALESCE(
  CASE
    WHEN `ended` RLIKE '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?(?![^a]|a)'
    THEN CAST(CASE
      WHEN LENGTH(`ended`) = 10
      THEN `ended` || ' 00:00:00Z'
      WHEN `ended` RLIKE '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])(?![^a]|a)'
      THEN CASE
        WHEN SUBSTRING(`ended`, 17, 1) = ':'
        THEN `ended`
        ELSE SUBSTRING(`ended`, 1, 16) || ':00' || SUBSTRING(`ended`, 17)
      END
      ELSE CASE
        WHEN SUBSTRING(`ended`, 17, 1) = ':'
        THEN `ended`
        ELSE SUBSTRING(`ended`, 1, 16) || ':00' || SUBSTRING(`ended`, 17)
      END || 'Z'
    END AS TIMESTAMP_LTZ)
  END < CAST('2026-11-22 12:00:00Z' AS TIMESTAMP_LTZ),
  FALSE
)

(
  NOT (
    COALESCE(r0_found, 0) = 1
  )
)
AND (
  COALESCE(r1_influenced, 0) = 1
)

(
  NOT (
    COALESCE(r0_found, 0) = 1
  )
) AND (
  c3 = 1
)

(
  NOT (
    COALESCE(r0_found, 0) = 1
  )
)
AND (
  (
    c4 = 1
  ) AND (
    NOT (
      COALESCE(r1_found, 0) = 1
    )
  )
)

(
  NOT (
    COALESCE(r0_found, 0) = 1
  )
)
AND (
  COALESCE(r1_untagged, 0) = 1
)

(
  NOT (
    COALESCE(r0_found, 0) = 1
  )
)
AND (
  COALESCE(r1_influenced, 0) = 1
)

(
  NOT (
    COALESCE(r0_found, 0) = 1
  )
) AND (
  c3 = 1
)

(
  NOT (
    COALESCE(r0_found, 0) = 1
  )
)
AND (
  (
    c4 = 1
  ) AND (
    NOT (
      COALESCE(r1_found, 0) = 1
    )
  )
)

(
  NOT (
    COALESCE(r0_found, 0) = 1
  )
)
AND (
  COALESCE(r1_untagged, 0) = 1
)
