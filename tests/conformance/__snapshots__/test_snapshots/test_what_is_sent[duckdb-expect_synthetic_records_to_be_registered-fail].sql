-- datasets that the registry does not vouch for
WITH synth_records AS (
  SELECT
    "id" AS record_key,
    NULLIF(synth_m1, '') AS k1,
    COALESCE(synth_m0, CAST('0001-01-01 00:00:00' AS TIMESTAMP)) AS t2,
    NULLIF(synth_m1, '') || '' || NULLIF(
      LOWER(
        CASE
          WHEN SUBSTRING("purpose", -1) BETWEEN '!' AND '~' AND "purpose" BETWEEN '!' AND '~'
          THEN "purpose"
          ELSE TRIM("purpose", '{white space}')
        END
      ),
      ''
    ) AS k3,
    CASE WHEN (
      "dataset" IS NULL OR synth_m1 = ''
    ) THEN 1 ELSE 0 END AS c4,
    CASE WHEN NOT (
      "dataset" IS NULL OR synth_m1 = ''
    ) THEN 1 ELSE 0 END AS c5,
    CASE WHEN NOT synth_m0 IS NULL THEN 1 ELSE 0 END AS c6,
    CASE
      WHEN NOT (
        "purpose" IS NULL
        OR CASE
          WHEN SUBSTRING("purpose", -1) BETWEEN '!' AND '~' AND "purpose" BETWEEN '!' AND '~'
          THEN "purpose"
          ELSE TRIM("purpose", '{white space}')
        END = ''
      )
      THEN 1
      ELSE 0
    END AS c7
  FROM (
    SELECT
      "dataset",
      "id",
      "is_synthetic",
      "made",
      "purpose",
      CASE
        WHEN REGEXP_MATCHES(
          "made",
          '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
        )
        THEN MAKE_TIMESTAMP(
          EPOCH_US(
            CAST(CASE
              WHEN LENGTH("made") = 10
              THEN "made" || ' 00:00:00Z'
              WHEN REGEXP_MATCHES("made", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
              THEN "made"
              ELSE "made" || 'Z'
            END AS TIMESTAMPTZ)
          )
        )
      END AS synth_m0,
      CASE
        WHEN SUBSTRING("dataset", -1) BETWEEN '!' AND '~' AND "dataset" BETWEEN '!' AND '~'
        THEN "dataset"
        ELSE TRIM("dataset", '{white space}')
      END AS synth_m1,
      LOWER(TRIM("is_synthetic", '{white space}')) AS synth_m2
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
  COUNT(c2) AS n2,
  COUNT(c3) AS n3,
  COUNT(c4) AS n4,
  COUNT(COALESCE(c0, c1, c2, c3, c4)) AS a0,
  MIN(CASE WHEN NOT c0 IS NULL THEN k END, 20) AS k0,
  MIN(CASE WHEN NOT c1 IS NULL THEN k END, 20) AS k1,
  MIN(CASE WHEN NOT c2 IS NULL THEN k END, 20) AS k2,
  MIN(CASE WHEN NOT c3 IS NULL THEN k END, 20) AS k3,
  MIN(CASE WHEN NOT c4 IS NULL THEN k END, 20) AS k4
FROM (
  SELECT
    record_key AS k,
    CASE WHEN c4 = 1 THEN 1 END AS c0,
    CASE WHEN (
      c5 = 1
    ) AND (
      NOT (
        COALESCE(r0_found, 0) = 1
      )
    ) THEN 1 END AS c1,
    CASE
      WHEN (
        (
          COALESCE(r0_found, 0) = 1
        ) AND (
          c6 = 1
        )
      )
      AND (
        NOT (
          COALESCE(r1_then, 0) = 1
        )
      )
      THEN 1
    END AS c2,
    CASE
      WHEN (
        (
          COALESCE(r0_found, 0) = 1
        ) AND (
          c6 = 1
        )
      )
      AND (
        NOT (
          COALESCE(r2_then, 0) = 1
        )
      )
      THEN 1
    END AS c3,
    CASE
      WHEN (
        (
          COALESCE(r0_found, 0) = 1
        ) AND (
          c7 = 1
        )
      )
      AND (
        NOT (
          COALESCE(r3_found, 0) = 1
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
              WHEN SUBSTRING("dataset_id", -1) BETWEEN '!' AND '~'
              AND "dataset_id" BETWEEN '!' AND '~'
              THEN "dataset_id"
              ELSE TRIM("dataset_id", '{white space}')
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
          WHEN is_then = 1 AND (
            valid_from IS NULL OR valid_from <= asked_at
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
              "registered",
              '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
            )
            THEN MAKE_TIMESTAMP(
              EPOCH_US(
                CAST(CASE
                  WHEN LENGTH("registered") = 10
                  THEN "registered" || ' 00:00:00Z'
                  WHEN REGEXP_MATCHES("registered", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                  THEN "registered"
                  ELSE "registered" || 'Z'
                END AS TIMESTAMPTZ)
              )
            )
          END IS NULL
          THEN 1
          ELSE 0
        END AS is_then,
        CASE
          WHEN REGEXP_MATCHES(
            "registered",
            '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
          )
          THEN MAKE_TIMESTAMP(
            EPOCH_US(
              CAST(CASE
                WHEN LENGTH("registered") = 10
                THEN "registered" || ' 00:00:00Z'
                WHEN REGEXP_MATCHES("registered", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                THEN "registered"
                ELSE "registered" || 'Z'
              END AS TIMESTAMPTZ)
            )
          )
        END AS valid_from
      FROM (
        SELECT
          NULLIF(
            CASE
              WHEN SUBSTRING("dataset_id", -1) BETWEEN '!' AND '~'
              AND "dataset_id" BETWEEN '!' AND '~'
              THEN "dataset_id"
              ELSE TRIM("dataset_id", '{white space}')
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
      r2_asked.asked_at AS r2_at,
      1 AS r2_found,
      MAX(
        CASE
          WHEN is_then = 1 AND (
            valid_until IS NULL OR asked_at < valid_until
          )
          THEN 1
          ELSE 0
        END
      ) AS r2_then
    FROM (
      SELECT DISTINCT
        synth_records.k1 AS asked_key,
        synth_records.t2 AS asked_at
      FROM synth_records
    ) AS r2_asked
    JOIN (
      SELECT
        synth_key AS ref_key,
        CASE
          WHEN NOT (
            "dataset_id" IS NULL
            OR CASE
              WHEN SUBSTRING("dataset_id", -1) BETWEEN '!' AND '~'
              AND "dataset_id" BETWEEN '!' AND '~'
              THEN "dataset_id"
              ELSE TRIM("dataset_id", '{white space}')
            END = ''
          )
          THEN 1
          ELSE 0
        END AS is_then,
        CASE
          WHEN REGEXP_MATCHES(
            "retired",
            '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
          )
          THEN MAKE_TIMESTAMP(
            EPOCH_US(
              CAST(CASE
                WHEN LENGTH("retired") = 10
                THEN "retired" || ' 00:00:00Z'
                WHEN REGEXP_MATCHES("retired", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                THEN "retired"
                ELSE "retired" || 'Z'
              END AS TIMESTAMPTZ)
            )
          )
        END AS valid_until
      FROM (
        SELECT
          NULLIF(
            CASE
              WHEN SUBSTRING("dataset_id", -1) BETWEEN '!' AND '~'
              AND "dataset_id" BETWEEN '!' AND '~'
              THEN "dataset_id"
              ELSE TRIM("dataset_id", '{white space}')
            END,
            ''
          ) AS synth_key,
          *
        FROM reference_1
      ) AS r2_keyed
      WHERE
        synth_key IN (
          SELECT
            synth_records.k1
          FROM synth_records
        )
    ) AS r2_rows
      ON r2_asked.asked_key = r2_rows.ref_key
    GROUP BY
      r2_rows.ref_key,
      r2_asked.asked_at
  ) AS r2
    ON synth_records.k1 = r2.r2_key AND synth_records.t2 = r2.r2_at
  LEFT OUTER JOIN (
    SELECT
      r3_rows.ref_key AS r3_key,
      1 AS r3_found
    FROM (
      SELECT
        synth_key AS ref_key
      FROM (
        SELECT
          NULLIF(
            CASE
              WHEN SUBSTRING("dataset_id", -1) BETWEEN '!' AND '~'
              AND "dataset_id" BETWEEN '!' AND '~'
              THEN "dataset_id"
              ELSE TRIM("dataset_id", '{white space}')
            END,
            ''
          ) || '' || NULLIF(
            LOWER(
              CASE
                WHEN SUBSTRING("purpose", -1) BETWEEN '!' AND '~' AND "purpose" BETWEEN '!' AND '~'
                THEN "purpose"
                ELSE TRIM("purpose", '{white space}')
              END
            ),
            ''
          ) AS synth_key,
          *
        FROM reference_1
      ) AS r3_keyed
      WHERE
        synth_key IN (
          SELECT
            synth_records.k3
          FROM synth_records
        )
    ) AS r3_rows
    GROUP BY
      r3_rows.ref_key
  ) AS r3
    ON synth_records.k3 = r3.r3_key
) AS synth_flags
