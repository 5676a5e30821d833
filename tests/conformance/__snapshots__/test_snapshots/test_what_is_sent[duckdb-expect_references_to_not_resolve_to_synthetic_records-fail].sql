-- keys of people who do not exist, or of whom nobody knows
WITH synth_records AS (
  SELECT
    "id" AS record_key,
    NULLIF(synth_m1, '') AS k1,
    NULLIF(synth_m0, '') AS k2,
    CASE WHEN NOT (
      "who" IS NULL OR synth_m1 = ''
    ) THEN 1 ELSE 0 END AS c3,
    CASE WHEN NOT (
      "account" IS NULL OR synth_m0 = ''
    ) THEN 1 ELSE 0 END AS c4
  FROM (
    SELECT
      "account",
      "id",
      "who",
      CASE
        WHEN SUBSTRING("account", -1) BETWEEN '!' AND '~' AND "account" BETWEEN '!' AND '~'
        THEN "account"
        ELSE TRIM("account", '{white space}')
      END AS synth_m0,
      CASE
        WHEN SUBSTRING("who", -1) BETWEEN '!' AND '~' AND "who" BETWEEN '!' AND '~'
        THEN "who"
        ELSE TRIM("who", '{white space}')
      END AS synth_m1
    FROM batch
    WHERE
      (
        NOT (
          "who" IS NULL
          OR CASE
            WHEN SUBSTRING("who", -1) BETWEEN '!' AND '~' AND "who" BETWEEN '!' AND '~'
            THEN "who"
            ELSE TRIM("who", '{white space}')
          END = ''
        )
        OR NOT (
          "account" IS NULL
          OR CASE
            WHEN SUBSTRING("account", -1) BETWEEN '!' AND '~' AND "account" BETWEEN '!' AND '~'
            THEN "account"
            ELSE TRIM("account", '{white space}')
          END = ''
        )
      )
      AND NOT FALSE
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
  COUNT(COALESCE(c0, c1, c2, c3, c4, c5)) AS a0,
  MIN(CASE WHEN NOT c0 IS NULL THEN k END, 20) AS k0,
  MIN(CASE WHEN NOT c1 IS NULL THEN k END, 20) AS k1,
  MIN(CASE WHEN NOT c2 IS NULL THEN k END, 20) AS k2,
  MIN(CASE WHEN NOT c3 IS NULL THEN k END, 20) AS k3,
  MIN(CASE WHEN NOT c4 IS NULL THEN k END, 20) AS k4,
  MIN(CASE WHEN NOT c5 IS NULL THEN k END, 20) AS k5
FROM (
  SELECT
    record_key AS k,
    CASE
      WHEN (
        COALESCE(r0_influenced, 0) = 1
      ) OR (
        COALESCE(r1_influenced, 0) = 1
      )
      THEN 1
    END AS c0,
    CASE
      WHEN (
        (
          (
            (
              COALESCE(r0_found, 0) = 1
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
        )
      )
      OR (
        (
          (
            (
              COALESCE(r1_found, 0) = 1
            )
            AND (
              NOT (
                COALESCE(r1_influenced, 0) = 1
              )
            )
          )
          AND (
            NOT (
              COALESCE(r1_real, 0) = 1
            )
          )
        )
      )
      THEN 1
    END AS c1,
    CASE
      WHEN (
        c3 = 1
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
    END AS c2,
    CASE WHEN COALESCE(r2_influenced, 0) = 1 THEN 1 END AS c3,
    CASE
      WHEN (
        (
          COALESCE(r2_found, 0) = 1
        )
        AND (
          NOT (
            COALESCE(r2_influenced, 0) = 1
          )
        )
      )
      AND (
        NOT (
          COALESCE(r2_real, 0) = 1
        )
      )
      THEN 1
    END AS c4,
    CASE WHEN (
      c4 = 1
    ) AND (
      NOT (
        COALESCE(r2_found, 0) = 1
      )
    ) THEN 1 END AS c5
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
  LEFT OUTER JOIN (
    SELECT
      r1_rows.ref_key AS r1_key,
      1 AS r1_found,
      MAX(CASE WHEN is_influenced = 1 AND 1 = 1 THEN 1 ELSE 0 END) AS r1_influenced,
      MAX(CASE WHEN is_real = 1 AND 1 = 1 THEN 1 ELSE 0 END) AS r1_real
    FROM (
      SELECT
        synth_key AS ref_key,
        CASE WHEN "is_synthetic" = TRUE THEN 1 ELSE 0 END AS is_influenced,
        CASE WHEN "is_synthetic" = FALSE THEN 1 ELSE 0 END AS is_real
      FROM (
        SELECT
          NULLIF(
            CASE
              WHEN SUBSTRING("lead_id", -1) BETWEEN '!' AND '~' AND "lead_id" BETWEEN '!' AND '~'
              THEN "lead_id"
              ELSE TRIM("lead_id", '{white space}')
            END,
            ''
          ) AS synth_key,
          *
        FROM reference_2
      ) AS r1_keyed
      WHERE
        synth_key IN (
          SELECT
            synth_records.k1
          FROM synth_records
        )
    ) AS r1_rows
    GROUP BY
      r1_rows.ref_key
  ) AS r1
    ON synth_records.k1 = r1.r1_key
  LEFT OUTER JOIN (
    SELECT
      r2_rows.ref_key AS r2_key,
      1 AS r2_found,
      MAX(CASE WHEN is_influenced = 1 AND 1 = 1 THEN 1 ELSE 0 END) AS r2_influenced,
      MAX(CASE WHEN is_real = 1 AND 1 = 1 THEN 1 ELSE 0 END) AS r2_real
    FROM (
      SELECT
        synth_key AS ref_key,
        CASE WHEN FALSE THEN 1 ELSE 0 END AS is_influenced,
        CASE WHEN TRUE THEN 1 ELSE 0 END AS is_real
      FROM (
        SELECT
          NULLIF(
            CASE
              WHEN SUBSTRING("account_id", -1) BETWEEN '!' AND '~'
              AND "account_id" BETWEEN '!' AND '~'
              THEN "account_id"
              ELSE TRIM("account_id", '{white space}')
            END,
            ''
          ) AS synth_key,
          *
        FROM reference_3
      ) AS r2_keyed
      WHERE
        synth_key IN (
          SELECT
            synth_records.k2
          FROM synth_records
        )
    ) AS r2_rows
    GROUP BY
      r2_rows.ref_key
  ) AS r2
    ON synth_records.k2 = r2.r2_key
) AS synth_flags
