-- copies of all training records
SELECT
  (
    SELECT
      COUNT(*) AS n
    FROM batch
    WHERE
      LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('1', '1.0', 'true')
  ) AS n,
  synth_rows.v0,
  synth_rows.v1,
  synth_rows.v2,
  synth_rows.v3
FROM (
  SELECT
    NULLIF(TRIM(' \t\r\n ' FROM `id`), '') AS v0,
    CASE WHEN ISNAN(`spend`) THEN NULL ELSE CAST(`spend` AS DOUBLE) END AS v1,
    CAST(`visits` AS DOUBLE) AS v2,
    NULLIF(LOWER(TRIM(' \t\r\n ' FROM `segment`)), '') AS v3,
    MD5('0:' || NULLIF(TRIM(' \t\r\n ' FROM `id`), '')) AS o0,
    CASE WHEN ISNAN(`spend`) THEN NULL ELSE CAST(`spend` AS DOUBLE) END AS o1,
    CAST(`visits` AS DOUBLE) AS o2,
    MD5('0:' || NULLIF(LOWER(TRIM(' \t\r\n ' FROM `segment`)), '')) AS o3
  FROM batch
  WHERE
    LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('1', '1.0', 'true')
) AS synth_rows
WHERE
  NOT synth_rows.o0 IS NULL
ORDER BY
  synth_rows.o0 NULLS LAST,
  synth_rows.o1 NULLS LAST,
  synth_rows.o2 NULLS LAST,
  synth_rows.o3 NULLS LAST
LIMIT 5000

SELECT
  (
    SELECT
      COUNT(*) AS n
    FROM batch
    WHERE
      LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('1', '1.0', 'true')
  ) AS n

SELECT
  (
    SELECT
      COUNT(*) AS n
    FROM reference_1
    WHERE
      TRUE
  ) AS n,
  synth_rows.v0,
  synth_rows.v1,
  synth_rows.v2
FROM (
  SELECT
    CASE WHEN ISNAN(`spend`) THEN NULL ELSE CAST(`spend` AS DOUBLE) END AS v0,
    CAST(`visits` AS DOUBLE) AS v1,
    NULLIF(LOWER(TRIM(' \t\r\n ' FROM `segment`)), '') AS v2,
    MD5('0:' || NULLIF(TRIM(' \t\r\n ' FROM `id`), '')) AS o0,
    CASE WHEN ISNAN(`spend`) THEN NULL ELSE CAST(`spend` AS DOUBLE) END AS o1,
    CAST(`visits` AS DOUBLE) AS o2,
    MD5('0:' || NULLIF(LOWER(TRIM(' \t\r\n ' FROM `segment`)), '')) AS o3
  FROM reference_1
  WHERE
    TRUE
) AS synth_rows
WHERE
  NOT synth_rows.o0 IS NULL
ORDER BY
  synth_rows.o0 NULLS LAST,
  synth_rows.o1 NULLS LAST,
  synth_rows.o2 NULLS LAST,
  synth_rows.o3 NULLS LAST
LIMIT 20000

SELECT
  (
    SELECT
      COUNT(*) AS n
    FROM reference_1
    WHERE
      TRUE
  ) AS n

SELECT
  (
    SELECT
      COUNT(*) AS n
    FROM reference_2
    WHERE
      TRUE
  ) AS n,
  synth_rows.v0,
  synth_rows.v1,
  synth_rows.v2
FROM (
  SELECT
    CASE WHEN ISNAN(`spend`) THEN NULL ELSE CAST(`spend` AS DOUBLE) END AS v0,
    CAST(`visits` AS DOUBLE) AS v1,
    NULLIF(LOWER(TRIM(' \t\r\n ' FROM `segment`)), '') AS v2,
    MD5('0:' || NULLIF(TRIM(' \t\r\n ' FROM `id`), '')) AS o0,
    CASE WHEN ISNAN(`spend`) THEN NULL ELSE CAST(`spend` AS DOUBLE) END AS o1,
    CAST(`visits` AS DOUBLE) AS o2,
    MD5('0:' || NULLIF(LOWER(TRIM(' \t\r\n ' FROM `segment`)), '')) AS o3
  FROM reference_2
  WHERE
    TRUE
) AS synth_rows
WHERE
  NOT synth_rows.o0 IS NULL
ORDER BY
  synth_rows.o0 NULLS LAST,
  synth_rows.o1 NULLS LAST,
  synth_rows.o2 NULLS LAST,
  synth_rows.o3 NULLS LAST
LIMIT 20000

SELECT
  (
    SELECT
      COUNT(*) AS n
    FROM reference_2
    WHERE
      TRUE
  ) AS n
