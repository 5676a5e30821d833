-- a synthetic record in production
SELECT
  COUNT(*) AS n,
  COUNT(c0) AS n0,
  COUNT(c1) AS n1,
  COUNT(c2) AS n2,
  COUNT(c0) AS a0
FROM (
  SELECT
    CASE WHEN synth_m0 IN ('1', '1.0', 'true') THEN 1 END AS c0,
    CASE WHEN synth_m0 IN ('0', '0.0', 'false') THEN 1 END AS c1,
    CASE
      WHEN NOT COALESCE(synth_m0 IN ('0', '0.0', '1', '1.0', 'false', 'true'), FALSE)
      THEN 1
    END AS c2
  FROM (
    SELECT
      `id`,
      `is_synthetic`,
      LOWER(TRIM(`is_synthetic`, ' \t\r\n ')) AS `synth_m0`
    FROM `batch`
  ) AS `batch`
) AS `synth_flags`
