-- components that keep less
SELECT
  COUNT(*) AS n,
  COUNT(c0) AS n0,
  COUNT(c1) AS n1,
  COUNT(c2) AS n2,
  COUNT(c3) AS n3,
  COUNT(c4) AS n4,
  COUNT(COALESCE(c0, c1, c2)) AS a0
FROM (
  SELECT
    CASE
      WHEN (
        NOT COALESCE(synth_m0 IN ('0', '0.0', 'false'), FALSE)
      )
      AND (
        (
          `version` IS NULL OR TRIM(`version`, ' \t\r\n ') = ''
        )
      )
      THEN 1
    END AS c0,
    CASE
      WHEN (
        NOT COALESCE(synth_m0 IN ('0', '0.0', 'false'), FALSE)
      )
      AND (
        NOT COALESCE(LOWER(TRIM(`marker_history`, ' \t\r\n ')) IN ('1', '1.0', 'true'), FALSE)
      )
      THEN 1
    END AS c1,
    CASE
      WHEN (
        NOT COALESCE(synth_m0 IN ('0', '0.0', 'false'), FALSE)
      )
      AND (
        NOT COALESCE(LOWER(TRIM(`provenance_history`, ' \t\r\n ')) IN ('1', '1.0', 'true'), FALSE)
      )
      THEN 1
    END AS c2,
    CASE
      WHEN (
        NOT COALESCE(synth_m0 IN ('0', '0.0', 'false'), FALSE)
      )
      AND (
        (
          `synthetic` IS NULL OR synth_m0 = ''
        )
      )
      THEN 1
    END AS c3,
    CASE WHEN NOT COALESCE(synth_m0 IN ('0', '0.0', 'false'), FALSE) THEN 1 END AS c4
  FROM (
    SELECT
      `id`,
      `marker_history`,
      `provenance_history`,
      `synthetic`,
      `version`,
      LOWER(TRIM(`synthetic`, ' \t\r\n ')) AS `synth_m0`
    FROM `batch`
  ) AS `batch`
) AS `synth_flags`
