-- influence that was not disclosed
WITH synth_records AS (
  SELECT
    "id" AS record_key,
    NULLIF(synth_m1, '') AS k1,
    COALESCE(synth_m0, CAST('0001-01-01 00:00:00' AS TIMESTAMP)) AS t2,
    NULLIF(synth_m2, '') AS k3,
    CASE WHEN synth_m0 IS NULL THEN 1 ELSE 0 END AS c4,
    CASE
      WHEN NOT COALESCE(synth_m3 IN ('0', '0.0', '1', '1.0', 'false', 'true'), FALSE)
      THEN 1
      ELSE 0
    END AS c5,
    CASE WHEN NOT (
      "model" IS NULL OR synth_m2 = ''
    ) THEN 1 ELSE 0 END AS c6,
    CASE WHEN synth_m3 IN ('1', '1.0', 'true') THEN 1 ELSE 0 END AS c7,
    CASE WHEN (
      "disclosure" IS NULL OR synth_m1 = ''
    ) THEN 1 ELSE 0 END AS c8,
    CASE WHEN NOT (
      "disclosure" IS NULL OR synth_m1 = ''
    ) THEN 1 ELSE 0 END AS c9,
    CASE WHEN NOT synth_m0 IS NULL THEN 1 ELSE 0 END AS c10
  FROM (
    SELECT
      "disclosure",
      "id",
      "influenced",
      "model",
      "shown",
      CASE
        WHEN REGEXP_MATCHES(
          "shown",
          '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
        )
        THEN MAKE_TIMESTAMP(
          EPOCH_US(
            CAST(CASE
              WHEN LENGTH("shown") = 10
              THEN "shown" || ' 00:00:00Z'
              WHEN REGEXP_MATCHES("shown", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
              THEN "shown"
              ELSE "shown" || 'Z'
            END AS TIMESTAMPTZ)
          )
        )
      END AS synth_m0,
      CASE
        WHEN SUBSTRING("disclosure", -1) BETWEEN '!' AND '~'
        AND "disclosure" BETWEEN '!' AND '~'
        THEN "disclosure"
        ELSE TRIM("disclosure", '{white space}')
      END AS synth_m1,
      CASE
        WHEN SUBSTRING("model", -1) BETWEEN '!' AND '~' AND "model" BETWEEN '!' AND '~'
        THEN "model"
        ELSE TRIM("model", '{white space}')
      END AS synth_m2,
      LOWER(TRIM("influenced", '{white space}')) AS synth_m3
    FROM batch
    WHERE
      NOT (
        "shown" IS NULL
        OR CASE
          WHEN SUBSTRING("shown", -1) BETWEEN '!' AND '~' AND "shown" BETWEEN '!' AND '~'
          THEN "shown"
          ELSE TRIM("shown", '{white space}')
        END = ''
      )
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
  COUNT(c6) AS n6,
  COUNT(c7) AS n7,
  COUNT(c8) AS n8,
  COUNT(c9) AS n9,
  COUNT(COALESCE(c0, c1, c2, c3, c4, c5, c6, c7, c8)) AS a0,
  MIN(CASE WHEN NOT c0 IS NULL THEN k END, 20) AS k0,
  MIN(CASE WHEN NOT c1 IS NULL THEN k END, 20) AS k1,
  MIN(CASE WHEN NOT c2 IS NULL THEN k END, 20) AS k2,
  MIN(CASE WHEN NOT c3 IS NULL THEN k END, 20) AS k3,
  MIN(CASE WHEN NOT c4 IS NULL THEN k END, 20) AS k4,
  MIN(CASE WHEN NOT c5 IS NULL THEN k END, 20) AS k5,
  MIN(CASE WHEN NOT c6 IS NULL THEN k END, 20) AS k6,
  MIN(CASE WHEN NOT c7 IS NULL THEN k END, 20) AS k7,
  MIN(CASE WHEN NOT c8 IS NULL THEN k END, 20) AS k8
FROM (
  SELECT
    record_key AS k,
    CASE WHEN c4 = 1 THEN 1 END AS c0,
    CASE WHEN c5 = 1 THEN 1 END AS c1,
    CASE WHEN (
      c6 = 1
    ) AND (
      NOT (
        COALESCE(r2_found, 0) = 1
      )
    ) THEN 1 END AS c2,
    CASE
      WHEN (
        COALESCE(r2_found, 0) = 1
      ) AND (
        NOT (
          COALESCE(r3_found, 0) = 1
        )
      )
      THEN 1
    END AS c3,
    CASE
      WHEN (
        COALESCE(r2_found, 0) = 1
      ) AND (
        COALESCE(r3_lost, 0) = 1
      )
      THEN 1
    END AS c4,
    CASE
      WHEN (
        COALESCE(r2_found, 0) = 1
      ) AND (
        COALESCE(r3_untagged, 0) = 1
      )
      THEN 1
    END AS c5,
    CASE
      WHEN (
        (
          (
            c7 = 1
          ) OR (
            COALESCE(r3_influenced, 0) = 1
          )
        )
      )
      AND (
        c8 = 1
      )
      THEN 1
    END AS c6,
    CASE
      WHEN (
        (
          (
            (
              c7 = 1
            ) OR (
              COALESCE(r3_influenced, 0) = 1
            )
          )
        )
        AND (
          c9 = 1
        )
      )
      AND (
        NOT (
          COALESCE(r0_found, 0) = 1
        )
      )
      THEN 1
    END AS c7,
    CASE
      WHEN (
        (
          (
            (
              (
                c7 = 1
              ) OR (
                COALESCE(r3_influenced, 0) = 1
              )
            )
          )
          AND (
            c10 = 1
          )
        )
        AND (
          COALESCE(r0_found, 0) = 1
        )
      )
      AND (
        NOT (
          COALESCE(r1_then, 0) = 1
        )
      )
      THEN 1
    END AS c8,
    CASE
      WHEN (
        (
          (
            (
              c7 = 1
            ) OR (
              COALESCE(r3_influenced, 0) = 1
            )
          )
        )
        AND (
          c10 = 1
        )
      )
      AND (
        COALESCE(r1_then, 0) = 1
      )
      THEN 1
    END AS c9
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
              WHEN SUBSTRING("code", -1) BETWEEN '!' AND '~' AND "code" BETWEEN '!' AND '~'
              THEN "code"
              ELSE TRIM("code", '{white space}')
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
      r1_asked.asked_at AS r1_at,
      1 AS r1_found,
      MAX(
        CASE
          WHEN is_then = 1
          AND (
            valid_from IS NULL OR valid_from <= asked_at
          )
          AND (
            valid_until IS NULL OR asked_at < valid_until
          )
          THEN 1
          ELSE 0
        END
      ) AS r1_then
    FROM (
      SELECT DISTINCT
        synth_records.k1 AS asked_key,
        synth_records.t2 AS asked_at
      FROM synth_records
    ) AS r1_asked
    JOIN (
      SELECT
        synth_key AS ref_key,
        CASE
          WHEN NOT CASE
            WHEN REGEXP_MATCHES(
              "approved",
              '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
            )
            THEN MAKE_TIMESTAMP(
              EPOCH_US(
                CAST(CASE
                  WHEN LENGTH("approved") = 10
                  THEN "approved" || ' 00:00:00Z'
                  WHEN REGEXP_MATCHES("approved", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                  THEN "approved"
                  ELSE "approved" || 'Z'
                END AS TIMESTAMPTZ)
              )
            )
          END IS NULL
          THEN 1
          ELSE 0
        END AS is_then,
        CASE
          WHEN REGEXP_MATCHES(
            "approved",
            '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
          )
          THEN MAKE_TIMESTAMP(
            EPOCH_US(
              CAST(CASE
                WHEN LENGTH("approved") = 10
                THEN "approved" || ' 00:00:00Z'
                WHEN REGEXP_MATCHES("approved", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                THEN "approved"
                ELSE "approved" || 'Z'
              END AS TIMESTAMPTZ)
            )
          )
        END AS valid_from,
        CASE
          WHEN REGEXP_MATCHES(
            "withdrawn",
            '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
          )
          THEN MAKE_TIMESTAMP(
            EPOCH_US(
              CAST(CASE
                WHEN LENGTH("withdrawn") = 10
                THEN "withdrawn" || ' 00:00:00Z'
                WHEN REGEXP_MATCHES("withdrawn", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                THEN "withdrawn"
                ELSE "withdrawn" || 'Z'
              END AS TIMESTAMPTZ)
            )
          )
        END AS valid_until
      FROM (
        SELECT
          NULLIF(
            CASE
              WHEN SUBSTRING("code", -1) BETWEEN '!' AND '~' AND "code" BETWEEN '!' AND '~'
              THEN "code"
              ELSE TRIM("code", '{white space}')
            END,
            ''
          ) AS synth_key,
          *
        FROM reference_1
      ) AS r1_keyed
      WHERE
        synth_key IN (
          SELECT
            synth_records.k1
          FROM synth_records
        )
    ) AS r1_rows
      ON r1_asked.asked_key = r1_rows.ref_key
    GROUP BY
      r1_rows.ref_key,
      r1_asked.asked_at
  ) AS r1
    ON synth_records.k1 = r1.r1_key AND synth_records.t2 = r1.r1_at
  LEFT OUTER JOIN (
    SELECT
      r2_rows.ref_key AS r2_key,
      1 AS r2_found
    FROM (
      SELECT
        synth_key AS ref_key
      FROM (
        SELECT
          NULLIF(
            CASE
              WHEN SUBSTRING("model_id", -1) BETWEEN '!' AND '~' AND "model_id" BETWEEN '!' AND '~'
              THEN "model_id"
              ELSE TRIM("model_id", '{white space}')
            END,
            ''
          ) AS synth_key,
          *
        FROM reference_2
      ) AS r2_keyed
      WHERE
        synth_key IN (
          SELECT
            synth_records.k3
          FROM synth_records
        )
    ) AS r2_rows
    GROUP BY
      r2_rows.ref_key
  ) AS r2
    ON synth_records.k3 = r2.r2_key
  LEFT OUTER JOIN (
    SELECT
      r3_rows.ref_key AS r3_key,
      1 AS r3_found,
      MAX(CASE WHEN is_influenced = 1 AND 1 = 1 THEN 1 ELSE 0 END) AS r3_influenced,
      MAX(CASE WHEN is_untagged = 1 AND 1 = 1 THEN 1 ELSE 0 END) AS r3_untagged,
      MAX(CASE WHEN is_lost = 1 AND 1 = 1 THEN 1 ELSE 0 END) AS r3_lost
    FROM (
      SELECT
        r3_between.ref_key AS ref_key,
        CASE WHEN (
          r3_end.ref_key IS NULL
        ) THEN 1 ELSE 0 END AS is_lost,
        r3_end.is_influenced AS is_influenced,
        r3_end.is_untagged AS is_untagged
      FROM (
        SELECT
          r3_all.ref_key AS ref_key,
          r3_all.leads_to AS leads_to
        FROM (
          SELECT
            NULLIF(
              CASE
                WHEN SUBSTRING("trained", -1) BETWEEN '!' AND '~' AND "trained" BETWEEN '!' AND '~'
                THEN "trained"
                ELSE TRIM("trained", '{white space}')
              END,
              ''
            ) AS ref_key,
            NULLIF(
              CASE
                WHEN SUBSTRING("data", -1) BETWEEN '!' AND '~' AND "data" BETWEEN '!' AND '~'
                THEN "data"
                ELSE TRIM("data", '{white space}')
              END,
              ''
            ) AS leads_to
          FROM reference_3
        ) AS r3_all
        WHERE
          r3_all.ref_key IN (
            SELECT
              synth_records.k3
            FROM synth_records
          )
      ) AS r3_between
      LEFT OUTER JOIN (
        SELECT
          NULLIF(
            CASE
              WHEN SUBSTRING("dataset_id", -1) BETWEEN '!' AND '~'
              AND "dataset_id" BETWEEN '!' AND '~'
              THEN "dataset_id"
              ELSE TRIM("dataset_id", '{white space}')
            END,
            ''
          ) AS ref_key,
          CASE
            WHEN LOWER(TRIM("kind", '{white space}')) IN ('augmented', 'synthetic')
            THEN 1
            ELSE 0
          END AS is_influenced,
          CASE
            WHEN NOT COALESCE(LOWER(TRIM("kind", '{white space}')) IN ('augmented', 'synthetic'), FALSE)
            AND NOT COALESCE(LOWER(TRIM("kind", '{white space}')) = 'real', FALSE)
            THEN 1
            ELSE 0
          END AS is_untagged
        FROM reference_4
      ) AS r3_end
        ON r3_between.leads_to = r3_end.ref_key
    ) AS r3_rows
    GROUP BY
      r3_rows.ref_key
  ) AS r3
    ON synth_records.k3 = r3.r3_key
) AS synth_flags
