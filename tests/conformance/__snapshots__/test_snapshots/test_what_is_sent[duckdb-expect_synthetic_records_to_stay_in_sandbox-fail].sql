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
        LOWER(
          CASE
            WHEN "is_synthetic" BETWEEN '!' AND '~'
            AND RIGHT("is_synthetic", 1) BETWEEN '!' AND '~'
            THEN "is_synthetic"
            ELSE TRIM("is_synthetic", '{white space}')
          END
        ) IN ('1', '1.0', 'true')
      )
      AND (
        (
          "org" IS NULL
          OR CASE
            WHEN "org" BETWEEN '!' AND '~' AND RIGHT("org", 1) BETWEEN '!' AND '~'
            THEN "org"
            ELSE TRIM("org", '{white space}')
          END = ''
        )
      )
      THEN 1
    END AS c0,
    CASE
      WHEN (
        LOWER(
          CASE
            WHEN "is_synthetic" BETWEEN '!' AND '~'
            AND RIGHT("is_synthetic", 1) BETWEEN '!' AND '~'
            THEN "is_synthetic"
            ELSE TRIM("is_synthetic", '{white space}')
          END
        ) IN ('1', '1.0', 'true')
      )
      AND (
        NOT (
          "org" IS NULL
          OR CASE
            WHEN "org" BETWEEN '!' AND '~' AND RIGHT("org", 1) BETWEEN '!' AND '~'
            THEN "org"
            ELSE TRIM("org", '{white space}')
          END = ''
        )
        AND NOT COALESCE(
          LOWER(
            CASE
              WHEN "org" BETWEEN '!' AND '~' AND RIGHT("org", 1) BETWEEN '!' AND '~'
              THEN "org"
              ELSE TRIM("org", '{white space}')
            END
          ) IN ('sandbox', 'uat'),
          FALSE
        )
      )
      THEN 1
    END AS c1,
    CASE
      WHEN LOWER(
        CASE
          WHEN "is_synthetic" BETWEEN '!' AND '~'
          AND RIGHT("is_synthetic", 1) BETWEEN '!' AND '~'
          THEN "is_synthetic"
          ELSE TRIM("is_synthetic", '{white space}')
        END
      ) IN ('1', '1.0', 'true')
      THEN 1
    END AS c2,
    CASE
      WHEN LOWER(
        CASE
          WHEN "is_synthetic" BETWEEN '!' AND '~'
          AND RIGHT("is_synthetic", 1) BETWEEN '!' AND '~'
          THEN "is_synthetic"
          ELSE TRIM("is_synthetic", '{white space}')
        END
      ) IN ('0', '0.0', 'false')
      THEN 1
    END AS c3,
    CASE
      WHEN NOT COALESCE(
        LOWER(
          CASE
            WHEN "is_synthetic" BETWEEN '!' AND '~'
            AND RIGHT("is_synthetic", 1) BETWEEN '!' AND '~'
            THEN "is_synthetic"
            ELSE TRIM("is_synthetic", '{white space}')
          END
        ) IN ('0', '0.0', '1', '1.0', 'false', 'true'),
        FALSE
      )
      THEN 1
    END AS c4
  FROM batch
) AS synth_flags
