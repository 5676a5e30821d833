-- SYNTH_TRIM(x)

CASE
  WHEN `x` BETWEEN '!' AND '~' AND SUBSTRING(`x`, -1) BETWEEN '!' AND '~'
  THEN `x`
  ELSE TRIM('{white space}' FROM `x`)
END

-- rows

(
  LOWER(SYNTH_TRIM(`marker`)) IN ('1', '1.0', 'true')
)
AND (
  CASE
    WHEN `email` IS NULL
    THEN TRUE
    WHEN `email` BETWEEN '!' AND '~'
    THEN FALSE
    ELSE `email` RLIKE '^[{white space}]*(?![^a]|a)'
  END
)

(
  LOWER(SYNTH_TRIM(`marker`)) IN ('1', '1.0', 'true')
)
AND (
  CASE
    WHEN `email` RLIKE '(@shop[.]test)[{white space}]*(?![^a]|a)'
    THEN SYNTH_TRIM(`email`) RLIKE '(?s)^(.*@shop[.]test)(?![^a]|a)'
    ELSE FALSE
  END
)

(
  LOWER(SYNTH_TRIM(`marker`)) IN ('1', '1.0', 'true')
) AND (
  `at` IS NULL
)

LOWER(SYNTH_TRIM(`marker`)) IN ('1', '1.0', 'true')

(
  LOWER(SYNTH_TRIM(`marker`)) IN ('1', '1.0', 'true')
)
AND (
  CASE
    WHEN `email` RLIKE '(@shop[.]test)[{white space}]*(?![^a]|a)'
    THEN SYNTH_TRIM(`email`) RLIKE '(?s)^(.*@shop[.]test)(?![^a]|a)'
    ELSE FALSE
  END
)

-- lookups

COALESCE(r0_found, 0) = 1

(
  COALESCE(r0_tester, 0) = 1
) AND (
  c3 = 1
)

COALESCE(r0_lost, 0) = 1

COALESCE(r1_shared, 0) = 1

-- violating records

SELECT
  `id`
FROM `the batch`
WHERE
  (
    (
      LOWER(SYNTH_TRIM(`marker`)) IN ('1', '1.0', 'true')
    )
    AND (
      (
        CASE
          WHEN `email` IS NULL
          THEN TRUE
          WHEN `email` BETWEEN '!' AND '~'
          THEN FALSE
          ELSE `email` RLIKE '^[{white space}]*(?![^a]|a)'
        END
      )
      OR (
        CASE
          WHEN `email` RLIKE '(@shop[.]test)[{white space}]*(?![^a]|a)'
          THEN SYNTH_TRIM(`email`) RLIKE '(?s)^(.*@shop[.]test)(?![^a]|a)'
          ELSE FALSE
        END
      )
    )
  )

-- a sample

1 = 1

email

id
