-- a dataset that is listed twice, and a use
(
  `use` IS NULL OR TRIM(' \t\r\n ' FROM `use`) = ''
)
OR LOWER(TRIM(' \t\r\n ' FROM `use`)) IN (
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
  `owner` IS NULL OR TRIM(' \t\r\n ' FROM `owner`) = ''
)
OR LOWER(TRIM(' \t\r\n ' FROM `owner`)) IN (
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
  `purpose` IS NULL OR TRIM(' \t\r\n ' FROM `purpose`) = ''
)
OR LOWER(TRIM(' \t\r\n ' FROM `purpose`)) IN (
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
  `basis` IS NULL OR TRIM(' \t\r\n ' FROM `basis`) = ''
)
OR LOWER(TRIM(' \t\r\n ' FROM `basis`)) IN (
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
  `dpia` IS NULL OR TRIM(' \t\r\n ' FROM `dpia`) = ''
)
OR LOWER(TRIM(' \t\r\n ' FROM `dpia`)) IN (
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

NOT COALESCE(
  LOWER(TRIM(' \t\r\n ' FROM `risk`)) IN ('high', 'limited', 'low', 'minimal'),
  FALSE
)

LOWER(TRIM(' \t\r\n ' FROM `risk`)) = 'high'
AND (
  (
    `conformity` IS NULL OR TRIM(' \t\r\n ' FROM `conformity`) = ''
  )
  OR LOWER(TRIM(' \t\r\n ' FROM `conformity`)) IN (
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

CASE
  WHEN `told` RLIKE '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?(?![^a]|a)'
  THEN CAST(CASE
    WHEN LENGTH(`told`) = 10
    THEN `told` || ' 00:00:00Z'
    WHEN `told` RLIKE '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])(?![^a]|a)'
    THEN CASE
      WHEN SUBSTRING(`told`, 17, 1) = ':'
      THEN `told`
      ELSE SUBSTRING(`told`, 1, 16) || ':00' || SUBSTRING(`told`, 17)
    END
    ELSE CASE
      WHEN SUBSTRING(`told`, 17, 1) = ':'
      THEN `told`
      ELSE SUBSTRING(`told`, 1, 16) || ':00' || SUBSTRING(`told`, 17)
    END || 'Z'
  END AS TIMESTAMP_LTZ)
END IS NULL

CASE
  WHEN `started` RLIKE '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?(?![^a]|a)'
  THEN CAST(CASE
    WHEN LENGTH(`started`) = 10
    THEN `started` || ' 00:00:00Z'
    WHEN `started` RLIKE '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])(?![^a]|a)'
    THEN CASE
      WHEN SUBSTRING(`started`, 17, 1) = ':'
      THEN `started`
      ELSE SUBSTRING(`started`, 1, 16) || ':00' || SUBSTRING(`started`, 17)
    END
    ELSE CASE
      WHEN SUBSTRING(`started`, 17, 1) = ':'
      THEN `started`
      ELSE SUBSTRING(`started`, 1, 16) || ':00' || SUBSTRING(`started`, 17)
    END || 'Z'
  END AS TIMESTAMP_LTZ)
END IS NULL

CASE
  WHEN `started` RLIKE '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?(?![^a]|a)'
  THEN CAST(CASE
    WHEN LENGTH(`started`) = 10
    THEN `started` || ' 00:00:00Z'
    WHEN `started` RLIKE '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])(?![^a]|a)'
    THEN CASE
      WHEN SUBSTRING(`started`, 17, 1) = ':'
      THEN `started`
      ELSE SUBSTRING(`started`, 1, 16) || ':00' || SUBSTRING(`started`, 17)
    END
    ELSE CASE
      WHEN SUBSTRING(`started`, 17, 1) = ':'
      THEN `started`
      ELSE SUBSTRING(`started`, 1, 16) || ':00' || SUBSTRING(`started`, 17)
    END || 'Z'
  END AS TIMESTAMP_LTZ)
END < CASE
  WHEN `told` RLIKE '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?(?![^a]|a)'
  THEN CAST(CASE
    WHEN LENGTH(`told`) = 10
    THEN `told` || ' 00:00:00Z'
    WHEN `told` RLIKE '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])(?![^a]|a)'
    THEN CASE
      WHEN SUBSTRING(`told`, 17, 1) = ':'
      THEN `told`
      ELSE SUBSTRING(`told`, 1, 16) || ':00' || SUBSTRING(`told`, 17)
    END
    ELSE CASE
      WHEN SUBSTRING(`told`, 17, 1) = ':'
      THEN `told`
      ELSE SUBSTRING(`told`, 1, 16) || ':00' || SUBSTRING(`told`, 17)
    END || 'Z'
  END AS TIMESTAMP_LTZ)
END

NOT (
  `reviewed` IS NULL OR TRIM(' \t\r\n ' FROM `reviewed`) = ''
)
AND (
  CASE
    WHEN `reviewed` RLIKE '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?(?![^a]|a)'
    THEN CAST(CASE
      WHEN LENGTH(`reviewed`) = 10
      THEN `reviewed` || ' 00:00:00Z'
      WHEN `reviewed` RLIKE '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])(?![^a]|a)'
      THEN CASE
        WHEN SUBSTRING(`reviewed`, 17, 1) = ':'
        THEN `reviewed`
        ELSE SUBSTRING(`reviewed`, 1, 16) || ':00' || SUBSTRING(`reviewed`, 17)
      END
      ELSE CASE
        WHEN SUBSTRING(`reviewed`, 17, 1) = ':'
        THEN `reviewed`
        ELSE SUBSTRING(`reviewed`, 1, 16) || ':00' || SUBSTRING(`reviewed`, 17)
      END || 'Z'
    END AS TIMESTAMP_LTZ)
  END IS NULL
)

CAST('2026-11-22 12:00:00Z' AS TIMESTAMP_LTZ) < CASE
  WHEN `reviewed` RLIKE '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?(?![^a]|a)'
  THEN CAST(CASE
    WHEN LENGTH(`reviewed`) = 10
    THEN `reviewed` || ' 00:00:00Z'
    WHEN `reviewed` RLIKE '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])(?![^a]|a)'
    THEN CASE
      WHEN SUBSTRING(`reviewed`, 17, 1) = ':'
      THEN `reviewed`
      ELSE SUBSTRING(`reviewed`, 1, 16) || ':00' || SUBSTRING(`reviewed`, 17)
    END
    ELSE CASE
      WHEN SUBSTRING(`reviewed`, 17, 1) = ':'
      THEN `reviewed`
      ELSE SUBSTRING(`reviewed`, 1, 16) || ':00' || SUBSTRING(`reviewed`, 17)
    END || 'Z'
  END AS TIMESTAMP_LTZ)
END

(
  CASE
    WHEN `reviewed` RLIKE '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?(?![^a]|a)'
    THEN CAST(CASE
      WHEN LENGTH(`reviewed`) = 10
      THEN `reviewed` || ' 00:00:00Z'
      WHEN `reviewed` RLIKE '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])(?![^a]|a)'
      THEN CASE
        WHEN SUBSTRING(`reviewed`, 17, 1) = ':'
        THEN `reviewed`
        ELSE SUBSTRING(`reviewed`, 1, 16) || ':00' || SUBSTRING(`reviewed`, 17)
      END
      ELSE CASE
        WHEN SUBSTRING(`reviewed`, 17, 1) = ':'
        THEN `reviewed`
        ELSE SUBSTRING(`reviewed`, 1, 16) || ':00' || SUBSTRING(`reviewed`, 17)
      END || 'Z'
    END AS TIMESTAMP_LTZ)
  END < CAST('2025-11-22 12:00:00Z' AS TIMESTAMP_LTZ)
  OR (
    (
      `reviewed` IS NULL OR TRIM(' \t\r\n ' FROM `reviewed`) = ''
    )
    AND CASE
      WHEN `started` RLIKE '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?(?![^a]|a)'
      THEN CAST(CASE
        WHEN LENGTH(`started`) = 10
        THEN `started` || ' 00:00:00Z'
        WHEN `started` RLIKE '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])(?![^a]|a)'
        THEN CASE
          WHEN SUBSTRING(`started`, 17, 1) = ':'
          THEN `started`
          ELSE SUBSTRING(`started`, 1, 16) || ':00' || SUBSTRING(`started`, 17)
        END
        ELSE CASE
          WHEN SUBSTRING(`started`, 17, 1) = ':'
          THEN `started`
          ELSE SUBSTRING(`started`, 1, 16) || ':00' || SUBSTRING(`started`, 17)
        END || 'Z'
      END AS TIMESTAMP_LTZ)
    END < CAST('2025-11-22 12:00:00Z' AS TIMESTAMP_LTZ)
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
