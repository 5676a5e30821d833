-- rows that share a key are drawn each
SELECT
  (
    SELECT
      COUNT(*) AS n
    FROM batch
    WHERE
      LOWER(TRIM("is_synthetic", '{white space}')) IN ('1', '1.0', 'true')
  ) AS n,
  synth_rows.v0,
  synth_rows.v1,
  synth_rows.v2,
  synth_rows.v3
FROM (
  SELECT
    NULLIF(
      CASE
        WHEN SUBSTRING("id", -1) BETWEEN '!' AND '~' AND "id" BETWEEN '!' AND '~'
        THEN "id"
        ELSE TRIM("id", '{white space}')
      END,
      ''
    ) AS v0,
    CASE
      WHEN (
        NOT ISFINITE("spend") AND NOT ISINF("spend")
      )
      THEN NULL
      ELSE CAST("spend" AS DOUBLE)
    END AS v1,
    CAST("visits" AS DOUBLE) AS v2,
    NULLIF(
      LOWER(
        CASE
          WHEN SUBSTRING("segment", -1) BETWEEN '!' AND '~' AND "segment" BETWEEN '!' AND '~'
          THEN "segment"
          ELSE TRIM("segment", '{white space}')
        END
      ),
      ''
    ) AS v3,
    MD5(
      '0:' || NULLIF(
        CASE
          WHEN SUBSTRING("id", -1) BETWEEN '!' AND '~' AND "id" BETWEEN '!' AND '~'
          THEN "id"
          ELSE TRIM("id", '{white space}')
        END,
        ''
      )
    ) AS o0,
    CASE
      WHEN (
        NOT ISFINITE("spend") AND NOT ISINF("spend")
      )
      THEN NULL
      ELSE CAST("spend" AS DOUBLE)
    END AS o1,
    CAST("visits" AS DOUBLE) AS o2,
    MD5(
      '0:' || NULLIF(
        LOWER(
          CASE
            WHEN SUBSTRING("segment", -1) BETWEEN '!' AND '~' AND "segment" BETWEEN '!' AND '~'
            THEN "segment"
            ELSE TRIM("segment", '{white space}')
          END
        ),
        ''
      )
    ) AS o3
  FROM batch
  WHERE
    LOWER(TRIM("is_synthetic", '{white space}')) IN ('1', '1.0', 'true')
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
    FROM reference_1
    WHERE
      TRUE
  ) AS n,
  synth_rows.v0,
  synth_rows.v1,
  synth_rows.v2
FROM (
  SELECT
    CASE
      WHEN (
        NOT ISFINITE("spend") AND NOT ISINF("spend")
      )
      THEN NULL
      ELSE CAST("spend" AS DOUBLE)
    END AS v0,
    CAST("visits" AS DOUBLE) AS v1,
    NULLIF(
      LOWER(
        CASE
          WHEN SUBSTRING("segment", -1) BETWEEN '!' AND '~' AND "segment" BETWEEN '!' AND '~'
          THEN "segment"
          ELSE TRIM("segment", '{white space}')
        END
      ),
      ''
    ) AS v2,
    MD5(
      '0:' || NULLIF(
        CASE
          WHEN SUBSTRING("id", -1) BETWEEN '!' AND '~' AND "id" BETWEEN '!' AND '~'
          THEN "id"
          ELSE TRIM("id", '{white space}')
        END,
        ''
      )
    ) AS o0,
    CASE
      WHEN (
        NOT ISFINITE("spend") AND NOT ISINF("spend")
      )
      THEN NULL
      ELSE CAST("spend" AS DOUBLE)
    END AS o1,
    CAST("visits" AS DOUBLE) AS o2,
    MD5(
      '0:' || NULLIF(
        LOWER(
          CASE
            WHEN SUBSTRING("segment", -1) BETWEEN '!' AND '~' AND "segment" BETWEEN '!' AND '~'
            THEN "segment"
            ELSE TRIM("segment", '{white space}')
          END
        ),
        ''
      )
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
    FROM reference_2
    WHERE
      TRUE
  ) AS n,
  synth_rows.v0,
  synth_rows.v1,
  synth_rows.v2
FROM (
  SELECT
    CASE
      WHEN (
        NOT ISFINITE("spend") AND NOT ISINF("spend")
      )
      THEN NULL
      ELSE CAST("spend" AS DOUBLE)
    END AS v0,
    CAST("visits" AS DOUBLE) AS v1,
    NULLIF(
      LOWER(
        CASE
          WHEN SUBSTRING("segment", -1) BETWEEN '!' AND '~' AND "segment" BETWEEN '!' AND '~'
          THEN "segment"
          ELSE TRIM("segment", '{white space}')
        END
      ),
      ''
    ) AS v2,
    MD5(
      '0:' || NULLIF(
        CASE
          WHEN SUBSTRING("id", -1) BETWEEN '!' AND '~' AND "id" BETWEEN '!' AND '~'
          THEN "id"
          ELSE TRIM("id", '{white space}')
        END,
        ''
      )
    ) AS o0,
    CASE
      WHEN (
        NOT ISFINITE("spend") AND NOT ISINF("spend")
      )
      THEN NULL
      ELSE CAST("spend" AS DOUBLE)
    END AS o1,
    CAST("visits" AS DOUBLE) AS o2,
    MD5(
      '0:' || NULLIF(
        LOWER(
          CASE
            WHEN SUBSTRING("segment", -1) BETWEEN '!' AND '~' AND "segment" BETWEEN '!' AND '~'
            THEN "segment"
            ELSE TRIM("segment", '{white space}')
          END
        ),
        ''
      )
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
