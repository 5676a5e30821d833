-- held records that are gone
WITH synth_records AS (
  SELECT
    "id" AS record_key,
    NULLIF(synth_m0, '') AS k1,
    CASE WHEN (
      "record" IS NULL OR synth_m0 = ''
    ) THEN 1 ELSE 0 END AS c2,
    CASE WHEN NOT (
      "record" IS NULL OR synth_m0 = ''
    ) THEN 1 ELSE 0 END AS c3,
    CASE
      WHEN CASE
        WHEN REGEXP_MATCHES(
          "placed",
          '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
        )
        THEN MAKE_TIMESTAMP(
          EPOCH_US(
            CAST(CASE
              WHEN LENGTH("placed") = 10
              THEN "placed" || ' 00:00:00Z'
              WHEN REGEXP_MATCHES("placed", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
              THEN "placed"
              ELSE "placed" || 'Z'
            END AS TIMESTAMPTZ)
          )
        )
      END IS NULL
      THEN 1
      ELSE 0
    END AS c4,
    CASE
      WHEN NOT (
        "released" IS NULL
        OR CASE
          WHEN SUBSTRING("released", -1) BETWEEN '!' AND '~' AND "released" BETWEEN '!' AND '~'
          THEN "released"
          ELSE TRIM("released", '{white space}')
        END = ''
      )
      AND CASE
        WHEN REGEXP_MATCHES(
          "released",
          '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
        )
        THEN MAKE_TIMESTAMP(
          EPOCH_US(
            CAST(CASE
              WHEN LENGTH("released") = 10
              THEN "released" || ' 00:00:00Z'
              WHEN REGEXP_MATCHES("released", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
              THEN "released"
              ELSE "released" || 'Z'
            END AS TIMESTAMPTZ)
          )
        )
      END IS NULL
      THEN 1
      ELSE 0
    END AS c5
  FROM (
    SELECT
      "id",
      "placed",
      "record",
      "released",
      CASE
        WHEN SUBSTRING("record", -1) BETWEEN '!' AND '~' AND "record" BETWEEN '!' AND '~'
        THEN "record"
        ELSE TRIM("record", '{white space}')
      END AS synth_m0
    FROM batch
    WHERE
      (
        (
          "released" IS NULL
          OR CASE
            WHEN SUBSTRING("released", -1) BETWEEN '!' AND '~' AND "released" BETWEEN '!' AND '~'
            THEN "released"
            ELSE TRIM("released", '{white space}')
          END = ''
        )
        OR CASE
          WHEN REGEXP_MATCHES(
            "released",
            '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
          )
          THEN MAKE_TIMESTAMP(
            EPOCH_US(
              CAST(CASE
                WHEN LENGTH("released") = 10
                THEN "released" || ' 00:00:00Z'
                WHEN REGEXP_MATCHES("released", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                THEN "released"
                ELSE "released" || 'Z'
              END AS TIMESTAMPTZ)
            )
          )
        END IS NULL
        OR CAST('2026-11-22 12:00:00' AS TIMESTAMP) < CASE
          WHEN REGEXP_MATCHES(
            "released",
            '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
          )
          THEN MAKE_TIMESTAMP(
            EPOCH_US(
              CAST(CASE
                WHEN LENGTH("released") = 10
                THEN "released" || ' 00:00:00Z'
                WHEN REGEXP_MATCHES("released", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                THEN "released"
                ELSE "released" || 'Z'
              END AS TIMESTAMPTZ)
            )
          )
        END
      )
      AND NOT COALESCE(
        CAST('2026-11-22 12:00:00' AS TIMESTAMP) < CASE
          WHEN REGEXP_MATCHES(
            "placed",
            '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
          )
          THEN MAKE_TIMESTAMP(
            EPOCH_US(
              CAST(CASE
                WHEN LENGTH("placed") = 10
                THEN "placed" || ' 00:00:00Z'
                WHEN REGEXP_MATCHES("placed", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                THEN "placed"
                ELSE "placed" || 'Z'
              END AS TIMESTAMPTZ)
            )
          )
        END,
        FALSE
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
    CASE WHEN (
      c3 = 1
    ) AND (
      NOT (
        COALESCE(r0_found, 0) = 1
      )
    ) THEN 1 END AS c1,
    CASE WHEN COALESCE(r0_deleted, 0) = 1 THEN 1 END AS c2,
    CASE WHEN c4 = 1 THEN 1 END AS c3,
    CASE WHEN c5 = 1 THEN 1 END AS c4
  FROM synth_records
  LEFT OUTER JOIN (
    SELECT
      r0_rows.ref_key AS r0_key,
      1 AS r0_found,
      MAX(CASE WHEN is_deleted = 1 AND 1 = 1 THEN 1 ELSE 0 END) AS r0_deleted
    FROM (
      SELECT
        synth_key AS ref_key,
        CASE
          WHEN LOWER(TRIM("IsDeleted", '{white space}')) IN ('1', '1.0', 'true')
          THEN 1
          ELSE 0
        END AS is_deleted
      FROM (
        SELECT
          NULLIF(
            CASE
              WHEN SUBSTRING("Id", -1) BETWEEN '!' AND '~' AND "Id" BETWEEN '!' AND '~'
              THEN "Id"
              ELSE TRIM("Id", '{white space}')
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
