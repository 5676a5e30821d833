-- one violation of each kind
SELECT
  COUNT(*) AS n,
  COUNT(c0) AS n0,
  COUNT(c1) AS n1,
  COUNT(c2) AS n2,
  COUNT(c3) AS n3,
  COUNT(c4) AS n4,
  COUNT(c5) AS n5,
  COUNT(c6) AS n6,
  COUNT(c7) AS n7,
  COUNT(c8) AS n8,
  COUNT(c9) AS n9,
  COUNT(COALESCE(c0, c1, c2, c3, c4, c5, c6)) AS a0
FROM (
  SELECT
    CASE
      WHEN (
        synth_m1 IN ('1', '1.0', 'true')
      )
      AND (
        NOT (
          `generated_at` IS NULL OR TRIM(`generated_at`, ' \t\r\n ') = ''
        )
        AND (
          synth_m0 IS NULL
        )
      )
      THEN 1
    END AS c0,
    CASE
      WHEN (
        synth_m1 IN ('1', '1.0', 'true')
      )
      AND (
        CAST('2026-11-22 12:05:00' AS DATETIME) < synth_m0
      )
      THEN 1
    END AS c1,
    CASE
      WHEN (
        synth_m1 IN ('1', '1.0', 'true')
      )
      AND (
        synth_m0 < CAST('2024-01-01 00:00:00' AS DATETIME)
      )
      THEN 1
    END AS c2,
    CASE
      WHEN (
        synth_m1 IN ('1', '1.0', 'true')
      )
      AND (
        CASE
          WHEN REGEXP_CONTAINS(
            `loaded_at`,
            '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
          )
          THEN DATETIME(
            CAST(CASE
              WHEN LENGTH(`loaded_at`) = 10
              THEN `loaded_at` || ' 00:00:00Z'
              WHEN REGEXP_CONTAINS(`loaded_at`, '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
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
            END AS TIMESTAMP),
            'UTC'
          )
        END < synth_m0
      )
      THEN 1
    END AS c3,
    CASE
      WHEN (
        synth_m1 IN ('1', '1.0', 'true')
      )
      AND (
        NOT (
          `version` IS NULL OR synth_m4 = ''
        )
        AND NOT COALESCE(
          REGEXP_CONTAINS(
            synth_m4,
            '^(v?(0|[1-9][0-9]*)[.](0|[1-9][0-9]*)[.](0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?([+][0-9A-Za-z.-]+)?)$'
          ),
          FALSE
        )
      )
      THEN 1
    END AS c4,
    CASE
      WHEN (
        synth_m1 IN ('1', '1.0', 'true')
      )
      AND (
        NOT (
          `method` IS NULL OR synth_m2 = ''
        )
        AND NOT COALESCE(synth_m2 = 'ctgan', FALSE)
      )
      THEN 1
    END AS c5,
    CASE
      WHEN (
        synth_m1 IN ('1', '1.0', 'true')
      )
      AND (
        NOT (
          `purpose` IS NULL OR synth_m3 = ''
        )
        AND NOT COALESCE(synth_m3 = 'testing', FALSE)
      )
      THEN 1
    END AS c6,
    CASE WHEN synth_m1 IN ('1', '1.0', 'true') THEN 1 END AS c7,
    CASE WHEN synth_m1 IN ('0', '0.0', 'false') THEN 1 END AS c8,
    CASE
      WHEN NOT COALESCE(synth_m1 IN ('0', '0.0', '1', '1.0', 'false', 'true'), FALSE)
      THEN 1
    END AS c9
  FROM (
    SELECT
      `generated_at`,
      `id`,
      `is_synthetic`,
      `loaded_at`,
      `method`,
      `purpose`,
      `version`,
      CASE
        WHEN REGEXP_CONTAINS(
          `generated_at`,
          '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
        )
        THEN DATETIME(
          CAST(CASE
            WHEN LENGTH(`generated_at`) = 10
            THEN `generated_at` || ' 00:00:00Z'
            WHEN REGEXP_CONTAINS(`generated_at`, '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
            THEN CASE
              WHEN SUBSTRING(`generated_at`, 17, 1) = ':'
              THEN `generated_at`
              ELSE SUBSTRING(`generated_at`, 1, 16) || ':00' || SUBSTRING(`generated_at`, 17)
            END
            ELSE CASE
              WHEN SUBSTRING(`generated_at`, 17, 1) = ':'
              THEN `generated_at`
              ELSE SUBSTRING(`generated_at`, 1, 16) || ':00' || SUBSTRING(`generated_at`, 17)
            END || 'Z'
          END AS TIMESTAMP),
          'UTC'
        )
      END AS `synth_m0`,
      LOWER(TRIM(`is_synthetic`, ' \t\r\n ')) AS `synth_m1`,
      LOWER(TRIM(`method`, ' \t\r\n ')) AS `synth_m2`,
      LOWER(TRIM(`purpose`, ' \t\r\n ')) AS `synth_m3`,
      TRIM(`version`, ' \t\r\n ') AS `synth_m4`
    FROM `batch`
  ) AS `batch`
) AS `synth_flags`
