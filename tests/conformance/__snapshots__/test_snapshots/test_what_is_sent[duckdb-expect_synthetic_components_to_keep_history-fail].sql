-- components that keep less
SELECT
  p0.n AS p0_n,
  p1.n AS p1_n,
  p1.n0 AS p1_n0,
  p1.n1 AS p1_n1,
  p1.n2 AS p1_n2,
  p1.n3 AS p1_n3,
  p1.a0 AS p1_a0,
  p1.k0 AS p1_k0,
  p1.k1 AS p1_k1,
  p1.k2 AS p1_k2
FROM (
  SELECT
    COUNT(*) AS n
  FROM batch
) AS p0
JOIN (
  SELECT
    COUNT(*) AS n,
    COUNT(c0) AS n0,
    COUNT(c1) AS n1,
    COUNT(c2) AS n2,
    COUNT(c3) AS n3,
    COUNT(COALESCE(c0, c1, c2)) AS a0,
    MIN(CASE WHEN NOT c0 IS NULL THEN k END, 20) AS k0,
    MIN(CASE WHEN NOT c1 IS NULL THEN k END, 20) AS k1,
    MIN(CASE WHEN NOT c2 IS NULL THEN k END, 20) AS k2
  FROM (
    SELECT
      "id" AS k,
      CASE
        WHEN (
          "version" IS NULL
          OR CASE
            WHEN SUBSTRING("version", -1) BETWEEN '!' AND '~' AND "version" BETWEEN '!' AND '~'
            THEN "version"
            ELSE TRIM("version", '{white space}')
          END = ''
        )
        THEN 1
      END AS c0,
      CASE
        WHEN NOT COALESCE(LOWER(TRIM("marker_history", '{white space}')) IN ('1', '1.0', 'true'), FALSE)
        THEN 1
      END AS c1,
      CASE
        WHEN NOT COALESCE(LOWER(TRIM("provenance_history", '{white space}')) IN ('1', '1.0', 'true'), FALSE)
        THEN 1
      END AS c2,
      CASE
        WHEN (
          "synthetic" IS NULL
          OR CASE
            WHEN SUBSTRING("synthetic", -1) BETWEEN '!' AND '~'
            AND "synthetic" BETWEEN '!' AND '~'
            THEN "synthetic"
            ELSE TRIM("synthetic", '{white space}')
          END = ''
        )
        THEN 1
      END AS c3
    FROM (
      SELECT
        "id",
        "marker_history",
        "provenance_history",
        "synthetic",
        "version"
      FROM batch
      WHERE
        NOT COALESCE(LOWER(TRIM("synthetic", '{white space}')) IN ('0', '0.0', 'false'), FALSE)
    ) AS batch
  ) AS synth_flags
) AS p1
  ON 1 = 1
