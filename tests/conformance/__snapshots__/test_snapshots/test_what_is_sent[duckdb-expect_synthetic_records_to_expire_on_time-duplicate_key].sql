-- placed, released, and placed again
WITH synth_records AS (
  SELECT
    "id" AS record_key,
    NULLIF(
      CASE
        WHEN SUBSTRING("hold", -1) BETWEEN '!' AND '~' AND "hold" BETWEEN '!' AND '~'
        THEN "hold"
        ELSE TRIM("hold", '{white space}')
      END,
      ''
    ) AS k1,
    CASE WHEN synth_m0 IS NULL THEN 1 ELSE 0 END AS c2,
    CASE
      WHEN synth_m1 = 'test' AND synth_m0 < CAST('2026-08-24 12:00:00' AS TIMESTAMP)
      THEN 1
      ELSE 0
    END AS c3,
    CASE
      WHEN synth_m1 = 'training' AND synth_m0 < CAST('2024-11-22 12:00:00' AS TIMESTAMP)
      THEN 1
      ELSE 0
    END AS c4,
    CASE WHEN NOT COALESCE(synth_m1 IN ('test', 'training'), FALSE) THEN 1 ELSE 0 END AS c5,
    CASE
      WHEN (
        (
          synth_m1 = 'test' AND synth_m0 < CAST('2026-08-24 12:00:00' AS TIMESTAMP)
        )
        OR (
          synth_m1 = 'training' AND synth_m0 < CAST('2024-11-22 12:00:00' AS TIMESTAMP)
        )
      )
      THEN 1
      ELSE 0
    END AS c6
  FROM (
    SELECT
      "class",
      "generated_at",
      "hold",
      "id",
      "is_synthetic",
      CASE
        WHEN REGEXP_MATCHES(
          "generated_at",
          '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
        )
        THEN MAKE_TIMESTAMP(
          EPOCH_US(
            CAST(CASE
              WHEN LENGTH("generated_at") = 10
              THEN "generated_at" || ' 00:00:00Z'
              WHEN REGEXP_MATCHES("generated_at", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
              THEN "generated_at"
              ELSE "generated_at" || 'Z'
            END AS TIMESTAMPTZ)
          )
        )
      END AS synth_m0,
      LOWER(TRIM("class", '{white space}')) AS synth_m1,
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
  COUNT(COALESCE(c0, c1, c2, c3)) AS a0,
  MIN(CASE WHEN NOT c0 IS NULL THEN k END, 20) AS k0,
  MIN(CASE WHEN NOT c1 IS NULL THEN k END, 20) AS k1,
  MIN(CASE WHEN NOT c2 IS NULL THEN k END, 20) AS k2,
  MIN(CASE WHEN NOT c3 IS NULL THEN k END, 20) AS k3
FROM (
  SELECT
    record_key AS k,
    CASE WHEN c2 = 1 THEN 1 END AS c0,
    CASE
      WHEN (
        c3 = 1
      ) AND (
        NOT (
          COALESCE(r0_active, 0) = 1
        )
      )
      THEN 1
    END AS c1,
    CASE
      WHEN (
        c4 = 1
      ) AND (
        NOT (
          COALESCE(r0_active, 0) = 1
        )
      )
      THEN 1
    END AS c2,
    CASE WHEN c5 = 1 THEN 1 END AS c3,
    CASE WHEN (
      c6 = 1
    ) AND (
      COALESCE(r0_active, 0) = 1
    ) THEN 1 END AS c4
  FROM synth_records
  LEFT OUTER JOIN (
    SELECT
      r0_rows.ref_key AS r0_key,
      1 AS r0_found,
      MAX(CASE WHEN is_active = 1 AND 1 = 1 THEN 1 ELSE 0 END) AS r0_active
    FROM (
      SELECT
        synth_key AS ref_key,
        CASE
          WHEN NOT CASE
            WHEN REGEXP_MATCHES(
              "placed_at",
              '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
            )
            THEN MAKE_TIMESTAMP(
              EPOCH_US(
                CAST(CASE
                  WHEN LENGTH("placed_at") = 10
                  THEN "placed_at" || ' 00:00:00Z'
                  WHEN REGEXP_MATCHES("placed_at", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                  THEN "placed_at"
                  ELSE "placed_at" || 'Z'
                END AS TIMESTAMPTZ)
              )
            )
          END IS NULL
          AND NOT COALESCE(
            CAST('2026-11-22 12:00:00' AS TIMESTAMP) < CASE
              WHEN REGEXP_MATCHES(
                "placed_at",
                '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
              )
              THEN MAKE_TIMESTAMP(
                EPOCH_US(
                  CAST(CASE
                    WHEN LENGTH("placed_at") = 10
                    THEN "placed_at" || ' 00:00:00Z'
                    WHEN REGEXP_MATCHES("placed_at", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                    THEN "placed_at"
                    ELSE "placed_at" || 'Z'
                  END AS TIMESTAMPTZ)
                )
              )
            END,
            FALSE
          )
          AND (
            (
              "released_at" IS NULL
              OR CASE
                WHEN SUBSTRING("released_at", -1) BETWEEN '!' AND '~'
                AND "released_at" BETWEEN '!' AND '~'
                THEN "released_at"
                ELSE TRIM("released_at", '{white space}')
              END = ''
            )
            OR CAST('2026-11-22 12:00:00' AS TIMESTAMP) < CASE
              WHEN REGEXP_MATCHES(
                "released_at",
                '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
              )
              THEN MAKE_TIMESTAMP(
                EPOCH_US(
                  CAST(CASE
                    WHEN LENGTH("released_at") = 10
                    THEN "released_at" || ' 00:00:00Z'
                    WHEN REGEXP_MATCHES("released_at", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                    THEN "released_at"
                    ELSE "released_at" || 'Z'
                  END AS TIMESTAMPTZ)
                )
              )
            END
          )
          THEN 1
          ELSE 0
        END AS is_active
      FROM (
        SELECT
          NULLIF(
            CASE
              WHEN SUBSTRING("hold_id", -1) BETWEEN '!' AND '~' AND "hold_id" BETWEEN '!' AND '~'
              THEN "hold_id"
              ELSE TRIM("hold_id", '{white space}')
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
