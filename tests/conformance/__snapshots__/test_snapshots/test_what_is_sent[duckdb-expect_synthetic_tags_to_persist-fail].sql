-- a lost tag, synthetic people made real, and a retention clock set back
WITH synth_records AS (
  SELECT
    "id" AS record_key,
    NULLIF(synth_m0, '') AS k1,
    NULLIF(synth_m0, '') || '' || CAST(DATE_TRUNC(
      'SECOND',
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
      END
    ) AS TEXT) AS k2,
    NULLIF(synth_m0, '') || '' || NULLIF(
      CASE
        WHEN SUBSTRING("ver", -1) BETWEEN '!' AND '~' AND "ver" BETWEEN '!' AND '~'
        THEN "ver"
        ELSE TRIM("ver", '{white space}')
      END,
      ''
    ) AS k3,
    NULLIF(synth_m0, '') || '' || NULLIF(
      CASE
        WHEN SUBSTRING("dataset", -1) BETWEEN '!' AND '~' AND "dataset" BETWEEN '!' AND '~'
        THEN "dataset"
        ELSE TRIM("dataset", '{white space}')
      END,
      ''
    ) AS k4,
    CASE
      WHEN NOT COALESCE(synth_m1 IN ('masked', 'partial', 'real', 'synthetic'), FALSE)
      THEN 1
      ELSE 0
    END AS c5,
    CASE
      WHEN synth_m1 IN ('masked', 'partial', 'real', 'synthetic')
      AND NOT COALESCE(synth_m1 IN ('partial', 'synthetic'), FALSE)
      THEN 1
      ELSE 0
    END AS c6
  FROM (
    SELECT
      "dataset",
      "id",
      "kind",
      "made",
      "ver",
      CASE
        WHEN SUBSTRING("id", -1) BETWEEN '!' AND '~' AND "id" BETWEEN '!' AND '~'
        THEN "id"
        ELSE TRIM("id", '{white space}')
      END AS synth_m0,
      LOWER(TRIM("kind", '{white space}')) AS synth_m1
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
    CASE WHEN (
      COALESCE(r0_found, 0) = 1
    ) AND (
      c5 = 1
    ) THEN 1 END AS c0,
    CASE WHEN (
      COALESCE(r0_found, 0) = 1
    ) AND (
      c6 = 1
    ) THEN 1 END AS c1,
    CASE
      WHEN (
        COALESCE(r0_found, 0) = 1
      )
      AND (
        (
          COALESCE(r0_generated_at, 0) = 1
        )
        AND (
          NOT (
            COALESCE(r1_found, 0) = 1
          )
        )
      )
      THEN 1
    END AS c2,
    CASE
      WHEN (
        COALESCE(r0_found, 0) = 1
      )
      AND (
        (
          COALESCE(r0_algorithm_version, 0) = 1
        )
        AND (
          NOT (
            COALESCE(r2_found, 0) = 1
          )
        )
      )
      THEN 1
    END AS c3,
    CASE
      WHEN (
        COALESCE(r0_found, 0) = 1
      )
      AND (
        (
          COALESCE(r0_dataset_id, 0) = 1
        )
        AND (
          NOT (
            COALESCE(r3_found, 0) = 1
          )
        )
      )
      THEN 1
    END AS c4,
    CASE WHEN COALESCE(r0_found, 0) = 1 THEN 1 END AS c5
  FROM synth_records
  LEFT OUTER JOIN (
    SELECT
      r0_rows.ref_key AS r0_key,
      1 AS r0_found,
      MAX(CASE WHEN is_generated_at = 1 AND 1 = 1 THEN 1 ELSE 0 END) AS r0_generated_at,
      MAX(CASE WHEN is_algorithm_version = 1 AND 1 = 1 THEN 1 ELSE 0 END) AS r0_algorithm_version,
      MAX(CASE WHEN is_dataset_id = 1 AND 1 = 1 THEN 1 ELSE 0 END) AS r0_dataset_id
    FROM (
      SELECT
        synth_key AS ref_key,
        CASE
          WHEN NOT CASE
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
          END IS NULL
          THEN 1
          ELSE 0
        END AS is_generated_at,
        CASE
          WHEN NOT (
            "ver" IS NULL
            OR CASE
              WHEN SUBSTRING("ver", -1) BETWEEN '!' AND '~' AND "ver" BETWEEN '!' AND '~'
              THEN "ver"
              ELSE TRIM("ver", '{white space}')
            END = ''
          )
          THEN 1
          ELSE 0
        END AS is_algorithm_version,
        CASE
          WHEN NOT (
            "dataset" IS NULL
            OR CASE
              WHEN SUBSTRING("dataset", -1) BETWEEN '!' AND '~' AND "dataset" BETWEEN '!' AND '~'
              THEN "dataset"
              ELSE TRIM("dataset", '{white space}')
            END = ''
          )
          THEN 1
          ELSE 0
        END AS is_dataset_id
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
        WHERE
          LOWER(TRIM("kind", '{white space}')) IN ('partial', 'synthetic')
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
      1 AS r1_found
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
          ) || '' || CAST(DATE_TRUNC(
            'SECOND',
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
            END
          ) AS TEXT) AS synth_key,
          *
        FROM reference_1
        WHERE
          LOWER(TRIM("kind", '{white space}')) IN ('partial', 'synthetic')
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
              WHEN SUBSTRING("id", -1) BETWEEN '!' AND '~' AND "id" BETWEEN '!' AND '~'
              THEN "id"
              ELSE TRIM("id", '{white space}')
            END,
            ''
          ) || '' || NULLIF(
            CASE
              WHEN SUBSTRING("ver", -1) BETWEEN '!' AND '~' AND "ver" BETWEEN '!' AND '~'
              THEN "ver"
              ELSE TRIM("ver", '{white space}')
            END,
            ''
          ) AS synth_key,
          *
        FROM reference_1
        WHERE
          LOWER(TRIM("kind", '{white space}')) IN ('partial', 'synthetic')
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
      1 AS r3_found
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
          ) || '' || NULLIF(
            CASE
              WHEN SUBSTRING("dataset", -1) BETWEEN '!' AND '~' AND "dataset" BETWEEN '!' AND '~'
              THEN "dataset"
              ELSE TRIM("dataset", '{white space}')
            END,
            ''
          ) AS synth_key,
          *
        FROM reference_1
        WHERE
          LOWER(TRIM("kind", '{white space}')) IN ('partial', 'synthetic')
      ) AS r3_keyed
      WHERE
        synth_key IN (
          SELECT
            synth_records.k4
          FROM synth_records
        )
    ) AS r3_rows
    GROUP BY
      r3_rows.ref_key
  ) AS r3
    ON synth_records.k4 = r3.r3_key
) AS synth_flags
