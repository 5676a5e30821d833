-- runs that cannot have brought the record
WITH synth_records AS (
  SELECT
    "id" AS record_key,
    NULLIF(synth_m1, '') AS k1,
    COALESCE(synth_m0, CAST('0001-01-01 00:00:00' AS TIMESTAMP)) AS t2,
    CASE WHEN (
      "run" IS NULL OR synth_m1 = ''
    ) THEN 1 ELSE 0 END AS c3,
    CASE WHEN NOT (
      "run" IS NULL OR synth_m1 = ''
    ) THEN 1 ELSE 0 END AS c4,
    CASE
      WHEN NOT COALESCE(CAST('2026-11-21 12:00:00' AS TIMESTAMP) < synth_m0, FALSE)
      THEN 1
      ELSE 0
    END AS c5,
    CASE WHEN CAST('2026-11-21 12:00:00' AS TIMESTAMP) < synth_m0 THEN 1 ELSE 0 END AS c6
  FROM (
    SELECT
      "id",
      "is_synthetic",
      "loaded",
      "run",
      CASE
        WHEN REGEXP_MATCHES(
          "loaded",
          '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
        )
        THEN MAKE_TIMESTAMP(
          EPOCH_US(
            CAST(CASE
              WHEN LENGTH("loaded") = 10
              THEN "loaded" || ' 00:00:00Z'
              WHEN REGEXP_MATCHES("loaded", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
              THEN "loaded"
              ELSE "loaded" || 'Z'
            END AS TIMESTAMPTZ)
          )
        )
      END AS synth_m0,
      CASE
        WHEN SUBSTRING("run", -1) BETWEEN '!' AND '~' AND "run" BETWEEN '!' AND '~'
        THEN "run"
        ELSE TRIM("run", '{white space}')
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
  COUNT(c5) AS n5,
  COUNT(COALESCE(c0, c1, c3, c4, c5)) AS a0,
  MIN(CASE WHEN NOT c0 IS NULL THEN k END, 20) AS k0,
  MIN(CASE WHEN NOT c1 IS NULL THEN k END, 20) AS k1,
  MIN(CASE WHEN NOT c3 IS NULL THEN k END, 20) AS k3,
  MIN(CASE WHEN NOT c4 IS NULL THEN k END, 20) AS k4,
  MIN(CASE WHEN NOT c5 IS NULL THEN k END, 20) AS k5
FROM (
  SELECT
    record_key AS k,
    CASE WHEN c3 = 1 THEN 1 END AS c0,
    CASE
      WHEN (
        (
          c4 = 1
        ) AND (
          NOT (
            COALESCE(r0_found, 0) = 1
          )
        )
      )
      AND (
        c5 = 1
      )
      THEN 1
    END AS c1,
    CASE
      WHEN (
        (
          c4 = 1
        ) AND (
          NOT (
            COALESCE(r0_found, 0) = 1
          )
        )
      )
      AND (
        c6 = 1
      )
      THEN 1
    END AS c2,
    CASE
      WHEN (
        COALESCE(r0_found, 0) = 1
      )
      AND (
        NOT (
          COALESCE(r0_succeeded, 0) = 1
        )
      )
      THEN 1
    END AS c3,
    CASE
      WHEN (
        COALESCE(r0_found, 0) = 1
      ) AND (
        NOT (
          COALESCE(r0_meant, 0) = 1
        )
      )
      THEN 1
    END AS c4,
    CASE WHEN COALESCE(r1_late, 0) = 1 THEN 1 END AS c5
  FROM synth_records
  LEFT OUTER JOIN (
    SELECT
      r0_rows.ref_key AS r0_key,
      1 AS r0_found,
      MAX(CASE WHEN is_succeeded = 1 AND 1 = 1 THEN 1 ELSE 0 END) AS r0_succeeded,
      MAX(CASE WHEN is_meant = 1 AND 1 = 1 THEN 1 ELSE 0 END) AS r0_meant
    FROM (
      SELECT
        synth_key AS ref_key,
        CASE
          WHEN LOWER(TRIM("status", '{white space}')) IN ('completed', 'succeeded', 'success')
          THEN 1
          ELSE 0
        END AS is_succeeded,
        CASE
          WHEN NULLIF(
            LOWER(
              CASE
                WHEN SUBSTRING("target", -1) BETWEEN '!' AND '~' AND "target" BETWEEN '!' AND '~'
                THEN "target"
                ELSE TRIM("target", '{white space}')
              END
            ),
            ''
          ) = 'contact'
          THEN 1
          ELSE 0
        END AS is_meant
      FROM (
        SELECT
          NULLIF(
            CASE
              WHEN SUBSTRING("run_id", -1) BETWEEN '!' AND '~' AND "run_id" BETWEEN '!' AND '~'
              THEN "run_id"
              ELSE TRIM("run_id", '{white space}')
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
          WHEN is_late = 1 AND (
            valid_from IS NULL OR valid_from <= asked_at
          )
          THEN 1
          ELSE 0
        END
      ) AS r1_late
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
              "ended",
              '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
            )
            THEN MAKE_TIMESTAMP(
              EPOCH_US(
                CAST(CASE
                  WHEN LENGTH("ended") = 10
                  THEN "ended" || ' 00:00:00Z'
                  WHEN REGEXP_MATCHES("ended", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                  THEN "ended"
                  ELSE "ended" || 'Z'
                END AS TIMESTAMPTZ)
              )
            )
          END IS NULL
          THEN 1
          ELSE 0
        END AS is_late,
        CASE
          WHEN REGEXP_MATCHES(
            "ended",
            '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
          )
          THEN MAKE_TIMESTAMP(
            EPOCH_US(
              CAST(CASE
                WHEN LENGTH("ended") = 10
                THEN "ended" || ' 00:00:00Z'
                WHEN REGEXP_MATCHES("ended", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                THEN "ended"
                ELSE "ended" || 'Z'
              END AS TIMESTAMPTZ)
            )
          )
        END AS valid_from
      FROM (
        SELECT
          NULLIF(
            CASE
              WHEN SUBSTRING("run_id", -1) BETWEEN '!' AND '~' AND "run_id" BETWEEN '!' AND '~'
              THEN "run_id"
              ELSE TRIM("run_id", '{white space}')
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
) AS synth_flags
