-- copies of all training records
SELECT
  (
    SELECT
      COUNT(*) AS n
    FROM batch
    WHERE
      LOWER(TRIM('{white space}' FROM "is_synthetic")) IN ('1', '1.0', 'true')
  ) AS n,
  synth_rows.v0,
  synth_rows.v1,
  synth_rows.v2,
  synth_rows.v3
FROM (
  SELECT
    NULLIF(TRIM('{white space}' FROM "id"), '') AS v0,
    CASE WHEN IS_NAN("spend") THEN NULL ELSE CAST("spend" AS DOUBLE) END AS v1,
    CAST("visits" AS DOUBLE) AS v2,
    NULLIF(LOWER(TRIM('{white space}' FROM "segment")), '') AS v3,
    LOWER(TO_HEX(MD5(TO_UTF8('0:' || NULLIF(TRIM('{white space}' FROM "id"), ''))))) AS o0,
    CASE WHEN IS_NAN("spend") THEN NULL ELSE CAST("spend" AS DOUBLE) END AS o1,
    CAST("visits" AS DOUBLE) AS o2,
    LOWER(
      TO_HEX(MD5(TO_UTF8('0:' || NULLIF(LOWER(TRIM('{white space}' FROM "segment")), ''))))
    ) AS o3
  FROM batch
  WHERE
    LOWER(TRIM('{white space}' FROM "is_synthetic")) IN ('1', '1.0', 'true')
) AS synth_rows
WHERE
  NOT synth_rows.o0 IS NULL
ORDER BY
  synth_rows.o0,
  synth_rows.o1,
  synth_rows.o2,
  synth_rows.o3
LIMIT 5000

SELECT
  (
    SELECT
      COUNT(*) AS n
    FROM batch
    WHERE
      LOWER(TRIM('{white space}' FROM "is_synthetic")) IN ('1', '1.0', 'true')
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
    CASE WHEN IS_NAN("spend") THEN NULL ELSE CAST("spend" AS DOUBLE) END AS v0,
    CAST("visits" AS DOUBLE) AS v1,
    NULLIF(LOWER(TRIM('{white space}' FROM "segment")), '') AS v2,
    LOWER(TO_HEX(MD5(TO_UTF8('0:' || NULLIF(TRIM('{white space}' FROM "id"), ''))))) AS o0,
    CASE WHEN IS_NAN("spend") THEN NULL ELSE CAST("spend" AS DOUBLE) END AS o1,
    CAST("visits" AS DOUBLE) AS o2,
    LOWER(
      TO_HEX(MD5(TO_UTF8('0:' || NULLIF(LOWER(TRIM('{white space}' FROM "segment")), ''))))
    ) AS o3
  FROM reference_1
  WHERE
    TRUE
) AS synth_rows
WHERE
  NOT synth_rows.o0 IS NULL
ORDER BY
  synth_rows.o0,
  synth_rows.o1,
  synth_rows.o2,
  synth_rows.o3
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
    CASE WHEN IS_NAN("spend") THEN NULL ELSE CAST("spend" AS DOUBLE) END AS v0,
    CAST("visits" AS DOUBLE) AS v1,
    NULLIF(LOWER(TRIM('{white space}' FROM "segment")), '') AS v2,
    LOWER(TO_HEX(MD5(TO_UTF8('0:' || NULLIF(TRIM('{white space}' FROM "id"), ''))))) AS o0,
    CASE WHEN IS_NAN("spend") THEN NULL ELSE CAST("spend" AS DOUBLE) END AS o1,
    CAST("visits" AS DOUBLE) AS o2,
    LOWER(
      TO_HEX(MD5(TO_UTF8('0:' || NULLIF(LOWER(TRIM('{white space}' FROM "segment")), ''))))
    ) AS o3
  FROM reference_2
  WHERE
    TRUE
) AS synth_rows
WHERE
  NOT synth_rows.o0 IS NULL
ORDER BY
  synth_rows.o0,
  synth_rows.o1,
  synth_rows.o2,
  synth_rows.o3
LIMIT 20000

SELECT
  (
    SELECT
      COUNT(*) AS n
    FROM reference_2
    WHERE
      TRUE
  ) AS n
