-- a synthetic record in production
SELECT
  COUNT(*) AS n,
  COUNT(CASE WHEN TRUE THEN 1 END) AS n0,
  COUNT(
    CASE
      WHEN (
        TRUE
      )
      AND (
        LOWER(TRIM('{white space}' FROM "is_synthetic")) IN ('1', '1.0', 'true')
      )
      THEN 1
    END
  ) AS n1,
  COUNT(
    CASE
      WHEN LOWER(TRIM('{white space}' FROM "is_synthetic")) IN ('1', '1.0', 'true')
      THEN 1
    END
  ) AS n2,
  COUNT(
    CASE
      WHEN LOWER(TRIM('{white space}' FROM "is_synthetic")) IN ('0', '0.0', 'false')
      THEN 1
    END
  ) AS n3,
  COUNT(
    CASE
      WHEN NOT COALESCE(
        LOWER(TRIM('{white space}' FROM "is_synthetic")) IN ('0', '0.0', '1', '1.0', 'false', 'true'),
        FALSE
      )
      THEN 1
    END
  ) AS n4
FROM batch
