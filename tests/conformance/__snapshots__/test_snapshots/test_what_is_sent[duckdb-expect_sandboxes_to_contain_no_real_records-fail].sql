-- people by their marker, by their id, and by their identifiers
WITH synth_records AS (
  SELECT
    "id" AS record_key,
    NULLIF(
      CASE
        WHEN SUBSTRING("id", -1) BETWEEN '!' AND '~' AND "id" BETWEEN '!' AND '~'
        THEN "id"
        ELSE TRIM("id", '{white space}')
      END,
      ''
    ) AS k1,
    NULLIF(
      LOWER(
        CASE
          WHEN SUBSTRING("email", -1) BETWEEN '!' AND '~' AND "email" BETWEEN '!' AND '~'
          THEN "email"
          ELSE TRIM("email", '{white space}')
        END
      ),
      ''
    ) AS k2,
    CASE WHEN synth_m0 IN ('partial', 'real') THEN 1 ELSE 0 END AS c3,
    CASE
      WHEN NOT COALESCE(synth_m0 IN ('masked', 'partial', 'real', 'synthetic'), FALSE)
      THEN 1
      ELSE 0
    END AS c4
  FROM (
    SELECT
      "email",
      "id",
      "kind",
      LOWER(TRIM("kind", '{white space}')) AS synth_m0
    FROM batch
  ) AS batch
  WHERE
    TRUE
)
SELECT
  COUNT(*) AS n,
  COUNT(c0) AS n0,
  COUNT(c1) AS n1,
  COUNT(c2) AS n2,
  COUNT(c3) AS n3,
  COUNT(c4) AS n4,
  COUNT(COALESCE(c0, c1, c2)) AS a0,
  MIN(CASE WHEN NOT c0 IS NULL THEN k END, 20) AS k0,
  MIN(CASE WHEN NOT c1 IS NULL THEN k END, 20) AS k1,
  MIN(CASE WHEN NOT c2 IS NULL THEN k END, 20) AS k2
FROM (
  SELECT
    record_key AS k,
    CASE WHEN c3 = 1 THEN 1 END AS c0,
    CASE WHEN COALESCE(r0_found, 0) = 1 THEN 1 END AS c1,
    CASE
      WHEN (
        COALESCE(r1_found, 0) = 1
      )
      AND (
        NOT (
          COALESCE(r1_shared, 0) = 1
        )
      )
      THEN 1
    END AS c2,
    CASE
      WHEN (
        COALESCE(r1_shared, 0) = 1
      )
      AND (
        (
          (
            NOT (
              COALESCE(r1_found, 0) = 1
            )
          ) OR (
            COALESCE(r1_shared, 0) = 1
          )
        )
      )
      THEN 1
    END AS c3,
    CASE
      WHEN (
        c4 = 1
      )
      AND (
        NOT (
          (
            (
              COALESCE(r0_found, 0) = 1
            ) OR (
              COALESCE(r1_found, 0) = 1
            )
          )
        )
      )
      THEN 1
    END AS c4
  FROM synth_records
  LEFT OUTER JOIN (
    SELECT
      r0_rows.ref_key AS r0_key,
      1 AS r0_found
    FROM (
      SELECT
        synth_key AS ref_key
      FROM (
        SELECT
          NULLIF(
            CASE
              WHEN SUBSTRING("id", -1) BETWEEN '!' AND '~' AND "id" BETWEEN '!' AND '~'
              THEN "id"
              ELSE TRIM("id", '{white space}')
            END,
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
  LEFT OUTER JOIN (
    SELECT
      r1_rows.ref_key AS r1_key,
      1 AS r1_found,
      CASE WHEN COUNT(*) > 20 THEN 1 ELSE 0 END AS r1_shared
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
      ) AS r1_keyed
      WHERE
        synth_key IN (
          SELECT
            synth_records.k2
          FROM synth_records
        )
    ) AS r1_rows
    GROUP BY
      r1_rows.ref_key
  ) AS r1
    ON synth_records.k2 = r1.r1_key
) AS synth_flags
