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
        NOT COALESCE(
          LOWER(
            CASE
              WHEN "synthetic" BETWEEN '!' AND '~' AND RIGHT("synthetic", 1) BETWEEN '!' AND '~'
              THEN "synthetic"
              ELSE TRIM("synthetic", '{white space}')
            END
          ) IN ('0', '0.0', 'false'),
          FALSE
        )
      )
      AND (
        (
          "version" IS NULL
          OR CASE
            WHEN "version" BETWEEN '!' AND '~' AND RIGHT("version", 1) BETWEEN '!' AND '~'
            THEN "version"
            ELSE TRIM("version", '{white space}')
          END = ''
        )
      )
      THEN 1
    END AS c0,
    CASE
      WHEN (
        NOT COALESCE(
          LOWER(
            CASE
              WHEN "synthetic" BETWEEN '!' AND '~' AND RIGHT("synthetic", 1) BETWEEN '!' AND '~'
              THEN "synthetic"
              ELSE TRIM("synthetic", '{white space}')
            END
          ) IN ('0', '0.0', 'false'),
          FALSE
        )
      )
      AND (
        NOT COALESCE(
          LOWER(
            CASE
              WHEN "marker_history" BETWEEN '!' AND '~'
              AND RIGHT("marker_history", 1) BETWEEN '!' AND '~'
              THEN "marker_history"
              ELSE TRIM("marker_history", '{white space}')
            END
          ) IN ('1', '1.0', 'true'),
          FALSE
        )
      )
      THEN 1
    END AS c1,
    CASE
      WHEN (
        NOT COALESCE(
          LOWER(
            CASE
              WHEN "synthetic" BETWEEN '!' AND '~' AND RIGHT("synthetic", 1) BETWEEN '!' AND '~'
              THEN "synthetic"
              ELSE TRIM("synthetic", '{white space}')
            END
          ) IN ('0', '0.0', 'false'),
          FALSE
        )
      )
      AND (
        NOT COALESCE(
          LOWER(
            CASE
              WHEN "provenance_history" BETWEEN '!' AND '~'
              AND RIGHT("provenance_history", 1) BETWEEN '!' AND '~'
              THEN "provenance_history"
              ELSE TRIM("provenance_history", '{white space}')
            END
          ) IN ('1', '1.0', 'true'),
          FALSE
        )
      )
      THEN 1
    END AS c2,
    CASE
      WHEN (
        NOT COALESCE(
          LOWER(
            CASE
              WHEN "synthetic" BETWEEN '!' AND '~' AND RIGHT("synthetic", 1) BETWEEN '!' AND '~'
              THEN "synthetic"
              ELSE TRIM("synthetic", '{white space}')
            END
          ) IN ('0', '0.0', 'false'),
          FALSE
        )
      )
      AND (
        (
          "synthetic" IS NULL
          OR CASE
            WHEN "synthetic" BETWEEN '!' AND '~' AND RIGHT("synthetic", 1) BETWEEN '!' AND '~'
            THEN "synthetic"
            ELSE TRIM("synthetic", '{white space}')
          END = ''
        )
      )
      THEN 1
    END AS c3,
    CASE
      WHEN NOT COALESCE(
        LOWER(
          CASE
            WHEN "synthetic" BETWEEN '!' AND '~' AND RIGHT("synthetic", 1) BETWEEN '!' AND '~'
            THEN "synthetic"
            ELSE TRIM("synthetic", '{white space}')
          END
        ) IN ('0', '0.0', 'false'),
        FALSE
      )
      THEN 1
    END AS c4
  FROM batch
) AS synth_flags
