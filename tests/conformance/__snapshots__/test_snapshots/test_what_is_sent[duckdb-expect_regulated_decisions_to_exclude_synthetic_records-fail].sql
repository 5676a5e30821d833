-- one violation of each kind
WITH synth_records AS (
  SELECT
    "id" AS record_key,
    NULLIF(synth_m0, '') AS k1,
    CASE
      WHEN NOT COALESCE(synth_m1 IN ('credit_scoring', 'eligibility'), FALSE)
      THEN 1
      ELSE 0
    END AS c2,
    CASE
      WHEN synth_m1 IN ('credit_scoring', 'eligibility')
      AND (
        "subject" IS NULL OR synth_m0 = ''
      )
      THEN 1
      ELSE 0
    END AS c3,
    CASE
      WHEN synth_m1 IN ('credit_scoring', 'eligibility')
      AND NOT (
        "subject" IS NULL OR synth_m0 = ''
      )
      THEN 1
      ELSE 0
    END AS c4,
    CASE WHEN synth_m1 IN ('credit_scoring', 'eligibility') THEN 1 ELSE 0 END AS c5,
    CASE WHEN NOT FALSE THEN 1 ELSE 0 END AS c6,
    CASE WHEN FALSE THEN 1 ELSE 0 END AS c7
  FROM (
    SELECT
      "id",
      "subject",
      "type",
      CASE
        WHEN SUBSTRING("subject", -1) BETWEEN '!' AND '~' AND "subject" BETWEEN '!' AND '~'
        THEN "subject"
        ELSE TRIM("subject", '{white space}')
      END AS synth_m0,
      LOWER(TRIM("type", '{white space}')) AS synth_m1
    FROM batch
    WHERE
      NOT COALESCE(LOWER(TRIM("type", '{white space}')) = 'newsletter', FALSE)
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
  COUNT(c5) AS n5,
  COUNT(COALESCE(c0, c1, c2, c3, c4)) AS a0,
  MIN(CASE WHEN NOT c0 IS NULL THEN k END, 20) AS k0,
  MIN(CASE WHEN NOT c1 IS NULL THEN k END, 20) AS k1,
  MIN(CASE WHEN NOT c2 IS NULL THEN k END, 20) AS k2,
  MIN(CASE WHEN NOT c3 IS NULL THEN k END, 20) AS k3,
  MIN(CASE WHEN NOT c4 IS NULL THEN k END, 20) AS k4
FROM (
  SELECT
    record_key AS k,
    CASE WHEN c2 = 1 THEN 1 END AS c0,
    CASE WHEN c3 = 1 THEN 1 END AS c1,
    CASE WHEN (
      c4 = 1
    ) AND (
      NOT (
        COALESCE(r0_found, 0) = 1
      )
    ) THEN 1 END AS c2,
    CASE
      WHEN (
        (
          (
            c5 = 1
          ) AND (
            COALESCE(r0_found, 0) = 1
          )
        )
        AND (
          NOT (
            COALESCE(r0_influenced, 0) = 1
          )
        )
      )
      AND (
        NOT (
          COALESCE(r0_real, 0) = 1
        )
      )
      THEN 1
    END AS c3,
    CASE
      WHEN (
        (
          c5 = 1
        ) AND (
          COALESCE(r0_influenced, 0) = 1
        )
      )
      AND (
        c6 = 1
      )
      THEN 1
    END AS c4,
    CASE
      WHEN (
        (
          c5 = 1
        ) AND (
          COALESCE(r0_influenced, 0) = 1
        )
      )
      AND (
        c7 = 1
      )
      THEN 1
    END AS c5
  FROM synth_records
  LEFT OUTER JOIN (
    SELECT
      r0_rows.ref_key AS r0_key,
      1 AS r0_found,
      MAX(CASE WHEN is_influenced = 1 AND 1 = 1 THEN 1 ELSE 0 END) AS r0_influenced,
      MAX(CASE WHEN is_real = 1 AND 1 = 1 THEN 1 ELSE 0 END) AS r0_real
    FROM (
      SELECT
        synth_key AS ref_key,
        CASE
          WHEN LOWER(TRIM("kind", '{white space}')) IN ('partial', 'synthetic')
          THEN 1
          ELSE 0
        END AS is_influenced,
        CASE
          WHEN LOWER(TRIM("kind", '{white space}')) IN ('masked', 'real')
          THEN 1
          ELSE 0
        END AS is_real
      FROM (
        SELECT
          NULLIF(
            CASE
              WHEN SUBSTRING("contact_id", -1) BETWEEN '!' AND '~'
              AND "contact_id" BETWEEN '!' AND '~'
              THEN "contact_id"
              ELSE TRIM("contact_id", '{white space}')
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
) AS synth_flags
