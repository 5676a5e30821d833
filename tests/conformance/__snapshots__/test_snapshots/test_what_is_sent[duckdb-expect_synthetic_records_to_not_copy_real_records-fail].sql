-- a real customer's address in a synthetic record
WITH synth_records AS (
  SELECT
    "id" AS record_key,
    NULLIF(
      LOWER(
        CASE
          WHEN SUBSTRING("email", -1) BETWEEN '!' AND '~' AND "email" BETWEEN '!' AND '~'
          THEN "email"
          ELSE TRIM("email", '{white space}')
        END
      ),
      ''
    ) AS k1
  FROM (
    SELECT
      "email",
      "id",
      "is_synthetic",
      LOWER(TRIM("is_synthetic", '{white space}')) AS synth_m0
    FROM batch
    WHERE
      LOWER(TRIM("is_synthetic", '{white space}')) IN ('1', '1.0', 'true')
  ) AS batch
  WHERE
    TRUE
)
SELECT
  COUNT(*) AS n,
  COUNT(c0) AS n0,
  COUNT(c1) AS n1,
  COUNT(c0) AS a0,
  MIN(CASE WHEN NOT c0 IS NULL THEN k END, 20) AS k0
FROM (
  SELECT
    record_key AS k,
    CASE
      WHEN (
        COALESCE(r0_found, 0) = 1
      )
      AND (
        NOT (
          COALESCE(r0_shared, 0) = 1
        )
      )
      THEN 1
    END AS c0,
    CASE
      WHEN (
        COALESCE(r0_shared, 0) = 1
      )
      AND (
        (
          (
            NOT (
              COALESCE(r0_found, 0) = 1
            )
          ) OR (
            COALESCE(r0_shared, 0) = 1
          )
        )
      )
      THEN 1
    END AS c1
  FROM synth_records
  LEFT OUTER JOIN (
    SELECT
      r0_rows.ref_key AS r0_key,
      1 AS r0_found,
      CASE WHEN COUNT(*) > 20 THEN 1 ELSE 0 END AS r0_shared
    FROM (
      SELECT
        synth_key AS ref_key
      FROM (
        SELECT
          NULLIF(
            LOWER(
              CASE
                WHEN SUBSTRING("email", -1) BETWEEN '!' AND '~' AND "email" BETWEEN '!' AND '~'
                THEN "email"
                ELSE TRIM("email", '{white space}')
              END
            ),
            ''
          ) AS synth_key,
          *
        FROM reference_1
      ) AS r0_keyed
      WHERE
        synth_key IN (
          SELECT
            synth_records.k1
          FROM synth_records
        )
    ) AS r0_rows
    GROUP BY
      r0_rows.ref_key
  ) AS r0
    ON synth_records.k1 = r0.r0_key
) AS synth_flags
