-- a synthetic record in production
SELECT
  COUNT(*) AS n,
  COUNT(c0) AS n0,
  COUNT(c1) AS n1,
  COUNT(c2) AS n2,
  COUNT(c3) AS n3,
  COUNT(c4) AS n4,
  COUNT(COALESCE(c0, c1)) AS a0
FROM (
  SELECT
    CASE
      WHEN (
        synth_m0 IN ('1', '1.0', 'true')
      )
      AND (
        (
          `org` IS NULL OR synth_m1 = ''
        )
      )
      THEN 1
    END AS c0,
    CASE
      WHEN (
        synth_m0 IN ('1', '1.0', 'true')
      )
      AND (
        NOT (
          `org` IS NULL OR synth_m1 = ''
        )
        AND NOT COALESCE(synth_m1 IN ('sandbox', 'uat'), FALSE)
      )
      THEN 1
    END AS c1,
    CASE WHEN synth_m0 IN ('1', '1.0', 'true') THEN 1 END AS c2,
    CASE WHEN synth_m0 IN ('0', '0.0', 'false') THEN 1 END AS c3,
    CASE
      WHEN NOT COALESCE(synth_m0 IN ('0', '0.0', '1', '1.0', 'false', 'true'), FALSE)
      THEN 1
    END AS c4
  FROM (
    SELECT
      `id`,
      `is_synthetic`,
      `org`,
      LOWER(TRIM(`is_synthetic`, ' \t\r\n ')) AS `synth_m0`,
      LOWER(TRIM(`org`, ' \t\r\n ')) AS `synth_m1`
    FROM `batch`
  ) AS `batch`
) AS `synth_flags`
