-- a value that nobody agreed on
SELECT
  COALESCE(SUM(w), 0) AS n,
  COALESCE(SUM(c0), 0) AS n0,
  COALESCE(SUM(c1), 0) AS n1,
  COALESCE(SUM(c2), 0) AS n2,
  COALESCE(SUM(c3), 0) AS n3,
  COALESCE(SUM(c4), 0) AS n4,
  COALESCE(SUM(COALESCE(c0, c1)), 0) AS a0
FROM (
  SELECT
    synth_n AS w,
    CASE
      WHEN (
        "is_synthetic" IS NULL
        OR CASE
          WHEN SUBSTRING("is_synthetic", -1) BETWEEN '!' AND '~'
          AND "is_synthetic" BETWEEN '!' AND '~'
          THEN "is_synthetic"
          ELSE TRIM("is_synthetic", '{white space}')
        END = ''
      )
      THEN synth_n
    END AS c0,
    CASE
      WHEN NOT (
        "is_synthetic" IS NULL
        OR CASE
          WHEN SUBSTRING("is_synthetic", -1) BETWEEN '!' AND '~'
          AND "is_synthetic" BETWEEN '!' AND '~'
          THEN "is_synthetic"
          ELSE TRIM("is_synthetic", '{white space}')
        END = ''
      )
      AND NOT COALESCE(
        LOWER(TRIM("is_synthetic", '{white space}')) IN ('0', '0.0', '1', '1.0', 'false', 'true'),
        FALSE
      )
      THEN synth_n
    END AS c1,
    CASE
      WHEN LOWER(TRIM("is_synthetic", '{white space}')) IN ('1', '1.0', 'true')
      THEN synth_n
    END AS c2,
    CASE
      WHEN LOWER(TRIM("is_synthetic", '{white space}')) IN ('0', '0.0', 'false')
      THEN synth_n
    END AS c3,
    CASE
      WHEN NOT COALESCE(
        LOWER(TRIM("is_synthetic", '{white space}')) IN ('0', '0.0', '1', '1.0', 'false', 'true'),
        FALSE
      )
      THEN synth_n
    END AS c4
  FROM (
    SELECT
      "is_synthetic",
      COUNT(*) AS synth_n
    FROM batch
    GROUP BY
      "is_synthetic"
  ) AS synth_values
) AS synth_flags
