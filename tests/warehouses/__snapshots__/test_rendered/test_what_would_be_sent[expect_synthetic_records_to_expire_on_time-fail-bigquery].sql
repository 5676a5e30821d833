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
  COUNT(COALESCE(c0, c1, c2, c3)) AS a0
FROM (
  SELECT
    CASE
      WHEN (
        synth_m2 IN ('1', '1.0', 'true')
      ) AND (
        synth_m0 IS NULL
      )
      THEN 1
    END AS c0,
    CASE
      WHEN (
        synth_m2 IN ('1', '1.0', 'true')
      )
      AND (
        synth_m1 = 'test' AND synth_m0 < CAST('2026-08-24 12:00:00' AS DATETIME)
      )
      THEN 1
    END AS c1,
    CASE
      WHEN (
        synth_m2 IN ('1', '1.0', 'true')
      )
      AND (
        synth_m1 = 'training' AND synth_m0 < CAST('2024-11-22 12:00:00' AS DATETIME)
      )
      THEN 1
    END AS c2,
    CASE
      WHEN (
        synth_m2 IN ('1', '1.0', 'true')
      )
      AND (
        NOT COALESCE(synth_m1 IN ('test', 'training'), FALSE)
      )
      THEN 1
    END AS c3,
    CASE WHEN synth_m2 IN ('1', '1.0', 'true') THEN 1 END AS c4,
    CASE WHEN synth_m2 IN ('0', '0.0', 'false') THEN 1 END AS c5,
    CASE
      WHEN NOT COALESCE(synth_m2 IN ('0', '0.0', '1', '1.0', 'false', 'true'), FALSE)
      THEN 1
    END AS c6,
    CASE WHEN CAST('2026-11-22 12:00:00' AS DATETIME) < synth_m0 THEN 1 END AS c7
  FROM (
    SELECT
      `class`,
      `generated_at`,
      `id`,
      `is_synthetic`,
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
      LOWER(TRIM(`class`, ' \t\r\n ')) AS `synth_m1`,
      LOWER(TRIM(`is_synthetic`, ' \t\r\n ')) AS `synth_m2`
    FROM `batch`
  ) AS `batch`
) AS `synth_flags`
