-- one violation of each kind
(
  synth_m1 IN ('1', '1.0', 'true')
)
AND (
  NOT (
    `generated_at` IS NULL OR TRIM(' \t\r\n ' FROM `generated_at`) = ''
  )
  AND (
    synth_m0 IS NULL
  )
)

(
  synth_m1 IN ('1', '1.0', 'true')
)
AND (
  CAST('2026-11-22 12:05:00Z' AS TIMESTAMP_LTZ) < synth_m0
)

(
  synth_m1 IN ('1', '1.0', 'true')
)
AND (
  synth_m0 < CAST('2024-01-01 00:00:00Z' AS TIMESTAMP_LTZ)
)

(
  synth_m1 IN ('1', '1.0', 'true')
)
AND (
  CASE
    WHEN `loaded_at` RLIKE '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?(?![^a]|a)'
    THEN CAST(CASE
      WHEN LENGTH(`loaded_at`) = 10
      THEN `loaded_at` || ' 00:00:00Z'
      WHEN `loaded_at` RLIKE '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])(?![^a]|a)'
      THEN CASE
        WHEN SUBSTRING(`loaded_at`, 17, 1) = ':'
        THEN `loaded_at`
        ELSE SUBSTRING(`loaded_at`, 1, 16) || ':00' || SUBSTRING(`loaded_at`, 17)
      END
      ELSE CASE
        WHEN SUBSTRING(`loaded_at`, 17, 1) = ':'
        THEN `loaded_at`
        ELSE SUBSTRING(`loaded_at`, 1, 16) || ':00' || SUBSTRING(`loaded_at`, 17)
      END || 'Z'
    END AS TIMESTAMP_LTZ)
  END < synth_m0
)

(
  synth_m1 IN ('1', '1.0', 'true')
)
AND (
  NOT (
    `version` IS NULL OR synth_m4 = ''
  )
  AND NOT COALESCE(
    synth_m4 RLIKE '^(v?(0|[1-9][0-9]*)[.](0|[1-9][0-9]*)[.](0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?([+][0-9A-Za-z.-]+)?)(?![^a]|a)',
    FALSE
  )
)

(
  synth_m1 IN ('1', '1.0', 'true')
)
AND (
  NOT (
    `method` IS NULL OR synth_m2 = ''
  )
  AND NOT COALESCE(synth_m2 = 'ctgan', FALSE)
)

(
  synth_m1 IN ('1', '1.0', 'true')
)
AND (
  NOT (
    `purpose` IS NULL OR synth_m3 = ''
  )
  AND NOT COALESCE(synth_m3 = 'testing', FALSE)
)

synth_m1 IN ('1', '1.0', 'true')

synth_m1 IN ('0', '0.0', 'false')

NOT COALESCE(synth_m1 IN ('0', '0.0', '1', '1.0', 'false', 'true'), FALSE)
