-- a generator's name on a real record
SELECT
  p0.n AS p0_n,
  p0.n0 AS p0_n0,
  p0.n1 AS p0_n1,
  p0.a0 AS p0_a0,
  p0.k0 AS p0_k0,
  p0.k1 AS p0_k1,
  p1.n AS p1_n,
  p1.n0 AS p1_n0,
  p1.n1 AS p1_n1,
  p1.n2 AS p1_n2
FROM (
  SELECT
    COUNT(*) AS n,
    COUNT(c0) AS n0,
    COUNT(c1) AS n1,
    COUNT(COALESCE(c0, c1)) AS a0,
    MIN(CASE WHEN NOT c0 IS NULL THEN k END, 20) AS k0,
    MIN(CASE WHEN NOT c1 IS NULL THEN k END, 20) AS k1
  FROM (
    SELECT
      "id" AS k,
      CASE
        WHEN (
          LOWER(TRIM("is_synthetic", '{white space}')) IN ('0', '0.0', 'false')
        )
        AND (
          NOT (
            "source" IS NULL
            OR CASE
              WHEN SUBSTRING("source", -1) BETWEEN '!' AND '~' AND "source" BETWEEN '!' AND '~'
              THEN "source"
              ELSE TRIM("source", '{white space}')
            END = ''
          )
        )
        THEN 1
      END AS c0,
      CASE
        WHEN (
          LOWER(TRIM("is_synthetic", '{white space}')) IN ('0', '0.0', 'false')
        )
        AND (
          NOT (
            "dataset" IS NULL
            OR CASE
              WHEN SUBSTRING("dataset", -1) BETWEEN '!' AND '~' AND "dataset" BETWEEN '!' AND '~'
              THEN "dataset"
              ELSE TRIM("dataset", '{white space}')
            END = ''
          )
        )
        THEN 1
      END AS c1
    FROM batch
  ) AS synth_flags
) AS p0
JOIN (
  SELECT
    COALESCE(SUM(w), 0) AS n,
    COALESCE(SUM(c0), 0) AS n0,
    COALESCE(SUM(c1), 0) AS n1,
    COALESCE(SUM(c2), 0) AS n2
  FROM (
    SELECT
      synth_n AS w,
      CASE
        WHEN LOWER(TRIM("is_synthetic", '{white space}')) IN ('1', '1.0', 'true')
        THEN synth_n
      END AS c0,
      CASE
        WHEN LOWER(TRIM("is_synthetic", '{white space}')) IN ('0', '0.0', 'false')
        THEN synth_n
      END AS c1,
      CASE
        WHEN NOT COALESCE(
          LOWER(TRIM("is_synthetic", '{white space}')) IN ('0', '0.0', '1', '1.0', 'false', 'true'),
          FALSE
        )
        THEN synth_n
      END AS c2
    FROM (
      SELECT
        "is_synthetic",
        COUNT(*) AS synth_n
      FROM batch
      GROUP BY
        "is_synthetic"
    ) AS synth_values
  ) AS synth_flags
) AS p1
  ON 1 = 1
