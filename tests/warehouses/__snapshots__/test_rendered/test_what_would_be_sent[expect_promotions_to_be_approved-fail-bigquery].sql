-- approvals that are none
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
  COUNT(COALESCE(c0, c1, c2, c3, c4, c5, c7, c8)) AS a0
FROM (
  SELECT
    CASE WHEN (
      `asked` IS NULL OR TRIM(`asked`, ' \t\r\n ') = ''
    ) THEN 1 END AS c0,
    CASE WHEN (
      `approved` IS NULL OR synth_m3 = ''
    ) THEN 1 END AS c1,
    CASE
      WHEN NOT (
        `approved` IS NULL OR synth_m3 = ''
      )
      AND NULLIF(LOWER(TRIM(`asked`, ' \t\r\n ')), '') = NULLIF(LOWER(TRIM(`approved`, ' \t\r\n ')), '')
      THEN 1
    END AS c2,
    CASE WHEN synth_m0 IS NULL THEN 1 END AS c3,
    CASE WHEN synth_m1 IS NULL THEN 1 END AS c4,
    CASE
      WHEN synth_m1 < synth_m0 AND NOT COALESCE(synth_m2 IN ('1', '1.0', 'true'), FALSE)
      THEN 1
    END AS c5,
    CASE WHEN synth_m1 < synth_m0 AND synth_m2 IN ('1', '1.0', 'true') THEN 1 END AS c6,
    CASE WHEN (
      `run` IS NULL OR synth_m4 = ''
    ) THEN 1 END AS c7,
    CASE
      WHEN NOT (
        `run` IS NULL OR synth_m4 = ''
      )
      AND NOT COALESCE(LOWER(TRIM(`status`, ' \t\r\n ')) IN ('passed', 'success'), FALSE)
      THEN 1
    END AS c8
  FROM (
    SELECT
      `approved_at`,
      `approved`,
      `asked`,
      `id`,
      `promoted_at`,
      `run`,
      `status`,
      `urgent`,
      CASE
        WHEN REGEXP_CONTAINS(
          `approved_at`,
          '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
        )
        THEN DATETIME(
          CAST(CASE
            WHEN LENGTH(`approved_at`) = 10
            THEN `approved_at` || ' 00:00:00Z'
            WHEN REGEXP_CONTAINS(`approved_at`, '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
            THEN CASE
              WHEN SUBSTRING(`approved_at`, 17, 1) = ':'
              THEN `approved_at`
              ELSE SUBSTRING(`approved_at`, 1, 16) || ':00' || SUBSTRING(`approved_at`, 17)
            END
            ELSE CASE
              WHEN SUBSTRING(`approved_at`, 17, 1) = ':'
              THEN `approved_at`
              ELSE SUBSTRING(`approved_at`, 1, 16) || ':00' || SUBSTRING(`approved_at`, 17)
            END || 'Z'
          END AS TIMESTAMP),
          'UTC'
        )
      END AS `synth_m0`,
      CASE
        WHEN REGEXP_CONTAINS(
          `promoted_at`,
          '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
        )
        THEN DATETIME(
          CAST(CASE
            WHEN LENGTH(`promoted_at`) = 10
            THEN `promoted_at` || ' 00:00:00Z'
            WHEN REGEXP_CONTAINS(`promoted_at`, '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
            THEN CASE
              WHEN SUBSTRING(`promoted_at`, 17, 1) = ':'
              THEN `promoted_at`
              ELSE SUBSTRING(`promoted_at`, 1, 16) || ':00' || SUBSTRING(`promoted_at`, 17)
            END
            ELSE CASE
              WHEN SUBSTRING(`promoted_at`, 17, 1) = ':'
              THEN `promoted_at`
              ELSE SUBSTRING(`promoted_at`, 1, 16) || ':00' || SUBSTRING(`promoted_at`, 17)
            END || 'Z'
          END AS TIMESTAMP),
          'UTC'
        )
      END AS `synth_m1`,
      LOWER(TRIM(`urgent`, ' \t\r\n ')) AS `synth_m2`,
      TRIM(`approved`, ' \t\r\n ') AS `synth_m3`,
      TRIM(`run`, ' \t\r\n ') AS `synth_m4`
    FROM `batch`
  ) AS `batch`
) AS `synth_flags`
